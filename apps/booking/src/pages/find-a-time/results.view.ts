import type { Found } from '#libs/calendars';
import { type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import { spokenLanguages } from './search-choices.js';

/** One result, as the practitioner card shows it. */
export interface ResultModel {
  name: string;
  href: string;
  initials: string;
  isRoom: boolean;
  picture: string | null;
  specialty: string;
  clinic: string;
  place: string;
  payer: 'state' | 'paid';
  /** Whose policies pay here; only where the visit is paid. */
  insurers: string;
  service: string;
  price: number | null;
  languages: string;
  zone: string;
  slots: { start: string }[];
  action: string;
  fields: Record<string, string>;
  moreHref: string;
  note: string;
}

export const initialsOf = (givenName: string, familyName: string): string =>
  [givenName, familyName].map((name) => [...name][0] ?? '').join('');

/** The practitioner's page with the calendar of this result: its payer goes along and stays. */
const doctorPath = (language: Language, found: Found, serviceId: string | undefined): string => {
  const query = new URLSearchParams({ payer: found.payer, calendar: found.calendarId });
  if (serviceId) query.set('service', serviceId);
  const place = found.kind === 'practitioner' ? 'doctors' : 'rooms';
  return pathTo(language, `/${place}/${encodeURIComponent(found.slug)}?${query}`);
};

/** @param pictures hashes by practitioner */
export function resultModel(language: Language, found: Found, pictures: ReadonlyMap<string, string>): ResultModel {
  const serviceId = found.nextTimes[0]?.serviceId ?? found.services[0]?.id;
  const service = found.services.find((each) => each.id === serviceId);
  const href = doctorPath(language, found, serviceId);
  const facts = [
    service && wordsIn(language, service.name),
    service && translate(language, 'booking.min', { n: service.minutes }),
    found.confirmation === 'manual' && translate(language, 'booking.confirmation.manual'),
  ];
  return {
    name: [wordsIn(language, found.title), found.givenName, found.familyName].filter(Boolean).join(' '),
    href,
    initials: initialsOf(found.givenName, found.familyName),
    isRoom: found.kind !== 'practitioner',
    picture: pictures.get(found.practitionerId) ?? null,
    specialty: found.specialties.map(({ name }) => wordsIn(language, name)).join(', '),
    clinic: found.clinic.name,
    place: [found.branch.city, found.branch.address].join(', '),
    payer: found.payer,
    insurers: found.payer === 'paid' ? found.clinic.insurers.map(({ name }) => name).join(', ') : '',
    service: facts.filter(Boolean).join(' · '),
    price: service?.priceCents || null,
    languages: spokenLanguages(language, found.languages),
    zone: found.branch.timeZone,
    slots: found.nextTimes.map(({ start }) => ({ start })),
    action: pathTo(language, '/holds'),
    fields: { calendarId: found.calendarId, serviceId: serviceId ?? '', payer: found.payer },
    moreHref: href,
    note: translate(language, 'booking.results.noTimes'),
  };
}
