import { describe, expect, it } from '@jest/globals';
import type { ClinicCalendar } from '#libs/calendars';
import { wantedOffers } from './wanted-offers.js';

const calendar = (resourceId: string, name: string, services: Record<string, string>): ClinicCalendar => ({
  id: `calendar-of-${resourceId}`,
  resourceId,
  practitionerId: resourceId,
  name,
  branch: { id: 'b', name: 'Centrs', zone: 'Europe/Riga' },
  payer: 'paid',
  confirmation: 'automatic',
  published: true,
  publishedUntil: null,
  hasDraft: false,
  services: Object.entries(services).map(([id, lv]) => ({ id, name: { lv, en: lv }, minutes: 20, priceCents: 0 })),
});

const calendars = [
  calendar('anna', 'Anna Bērziņa', { sight: 'Redzes pārbaude', lens: 'Kontaktlēcu piemeklēšana' }),
  calendar('janis', 'Jānis Ozols', { sight: 'Redzes pārbaude' }),
];

describe('what a registrar types', () => {
  it('is a service, without accents and in any order of words', () => {
    expect(wantedOffers('parb redz', calendars)).toEqual({ serviceIds: ['sight'], resourceIds: null });
  });

  it('is whoever is called so when no service is', () => {
    expect(wantedOffers('berz', calendars)).toEqual({ serviceIds: null, resourceIds: ['anna'] });
  });

  it('finds nothing rather than everything', () => {
    expect(wantedOffers('zobi', calendars)).toEqual({ serviceIds: [], resourceIds: null });
  });

  it('asks for everything while nothing is typed', () => {
    expect(wantedOffers('  ', calendars)).toEqual({ serviceIds: null, resourceIds: null });
  });
});
