import type { Found } from '#libs/calendars';
import { type Language, translate, wordsIn } from '#libs/platform';
import type { PractitionerProfile } from '#libs/profiles';
import { pathTo } from '#libs/web';
import { familyPath } from '../family/family.form.js';
import { initialsOf } from '../find-a-time/results.view.js';
import { spokenLanguages } from '../find-a-time/search-choices.js';
import { type DoctorForm, doctorPath } from './doctor.form.js';
import { type Offer, payersOf } from './offer.js';
import { type PayerChoice, payerChoices } from './payer-choices.js';

interface Link {
  href: string;
  label: string;
  isCurrent: boolean;
  icon?: string;
}

/** Everything on a practitioner's page besides the free times. */
export interface DoctorModel {
  name: string;
  initials: string;
  isRoom: boolean;
  picture: string | null;
  specialties: { label: string; href: string }[];
  about: string;
  languages: string;
  clinics: { name: string; href: string; phone: string; restrictions: string }[];
  payers: PayerChoice[];
  noPayer: string | undefined;
  places: Link[];
  /** With what limits the times there, in the clinic's words. */
  place: { clinic: string; href: string; branch: string; address: string; restrictions: string } | undefined;
  payer: Offer['payer'];
  confirmation: string | undefined;
  services: { name: string; length: string; price: number; href: string; isCurrent: boolean }[];
  service: { name: string; length: string; price: number } | undefined;
  views: Link[];
  isList: boolean;
  /** Where several people are booked at one go. */
  familyHref: string | undefined;
  action: string;
  fields: Record<string, string>;
}

/** `form` is the choice as it was resolved: links change one thing and keep the rest. */
export function doctorModel(
  language: Language,
  profile: PractitionerProfile,
  calendars: readonly Found[],
  offer: Offer,
  form: DoctorForm,
): DoctorModel {
  const link = (changes: Parameters<typeof doctorPath>[2]): string =>
    pathTo(language, doctorPath(profile.slug, form, changes));
  const { calendar, service } = offer;
  const kept = offer.payer === 'unclear' ? '' : `payer=${offer.payer}`;
  const clinicHref = (slug: string): string => pathTo(language, '/clinics/', slug, kept && `?${kept}`);
  const restrictionsAt = (slug: string): string =>
    wordsIn(language, profile.clinics.find((each) => each.slug === slug)?.restrictions ?? {});
  const length = (minutes: number): string => translate(language, 'booking.minutes', { n: minutes });
  const known = payersOf(calendars);
  const shown = offer.payer === 'unclear' || known.includes(offer.payer) ? known : [...known, offer.payer];
  return {
    name: [wordsIn(language, profile.title), profile.name].filter(Boolean).join(' '),
    initials: initialsOf(profile.givenName, profile.familyName),
    isRoom: calendars.some(({ kind }) => kind !== 'practitioner'),
    picture: profile.picture ?? null,
    specialties: profile.specialties.map(({ id, name }) => ({
      label: wordsIn(language, name),
      href: pathTo(language, `/find?specialty=${encodeURIComponent(id)}${kept && `&${kept}`}`),
    })),
    about: wordsIn(language, profile.about),
    languages: spokenLanguages(language, profile.languages),
    clinics: profile.clinics.map(({ slug, name, phone }) => ({
      name,
      phone,
      restrictions: restrictionsAt(slug),
      href: clinicHref(slug),
    })),
    payers: payerChoices(language, calendars, {
      known: shown,
      current: offer.payer,
      hrefOf: (payer) => link({ payer, calendar: undefined, service: undefined, day: undefined }),
    }),
    noPayer:
      calendar || calendars.length === 0
        ? undefined
        : translate(
            language,
            offer.payer === 'unclear' ? 'together.payer.unclear' : `booking.doctor.noPayer.${offer.payer}`,
          ),
    places:
      offer.calendars.length < 2
        ? []
        : offer.calendars.map((each) => ({
            href: link({ calendar: each.calendarId, service: undefined, day: undefined }),
            label: `${each.branch.city}, ${each.branch.name}`,
            isCurrent: each.calendarId === calendar?.calendarId,
          })),
    place: calendar && {
      clinic: calendar.clinic.name,
      href: clinicHref(calendar.clinic.slug),
      branch: calendar.branch.name,
      address: `${calendar.branch.address}, ${calendar.branch.city}`,
      restrictions: restrictionsAt(calendar.clinic.slug),
    },
    payer: offer.payer,
    confirmation: calendar && translate(language, `booking.confirmation.${calendar.confirmation}`),
    services: (calendar?.services ?? []).map(({ id, name, minutes, priceCents }) => ({
      name: wordsIn(language, name),
      length: length(minutes),
      price: priceCents,
      href: link({ service: id, day: undefined }),
      isCurrent: id === service?.id,
    })),
    service: service && {
      name: wordsIn(language, service.name),
      length: length(service.minutes),
      price: service.priceCents,
    },
    views: (['week', 'list'] as const).map((view) => ({
      href: link({ view: view === 'list' ? 'list' : undefined }),
      label: translate(language, view === 'list' ? 'booking.doctor.list' : 'booking.doctor.grid'),
      icon: view === 'list' ? 'list' : 'layout-grid',
      isCurrent: (form.view ?? 'week') === view,
    })),
    isList: form.view === 'list',
    familyHref:
      calendar && service && !service.needsReferral
        ? pathTo(language, familyPath({ calendar: calendar.calendarId, service: service.id, payer: calendar.payer }))
        : undefined,
    action: pathTo(language, '/holds'),
    fields: { calendarId: calendar?.calendarId ?? '', serviceId: service?.id ?? '', payer: offer.payer },
  };
}
