import type { ClinicCalendar, FirstTimes } from '#libs/calendars';
import { type PatientCard, type PatientLine, personCodeCountries } from '#libs/people';
import { formatDate, formatPlainDate, formatTime, type Language, languages, translate, wordsIn } from '#libs/platform';
import { localDate } from '#libs/time';
import type { NewPatient, TimesForm } from './book.form.js';

export interface PatientChoice {
  id: string;
  name: string;
  detail: string;
}

/** A found person as one line: enough to tell two of the same name apart, the code masked. */
export const patientChoice = (line: PatientLine, language: Language): PatientChoice => ({
  id: line.id,
  name: `${line.givenName} ${line.familyName}`,
  detail: [
    line.maskedCode,
    line.birthDate
      ? translate(language, 'clinic.book.born', { date: formatPlainDate(language, line.birthDate, 'long') })
      : null,
    line.phone,
  ]
    .filter(Boolean)
    .join(' · '),
});

/** The offer that a group of times belongs to. */
export interface OfferModel {
  practitioner: string;
  service: string;
  minutes: number;
  branch: string;
  zone: string;
  payer: 'state' | 'paid';
  priceCents: number;
  times: { value: string; day: string; time: string; spoken: string }[];
}

const serviceOf = (calendar: ClinicCalendar, serviceId: string): ClinicCalendar['services'][number] | undefined =>
  calendar.services.find(({ id }) => id === serviceId);

/** Which calendar and service, and when, as a button's value. */
export const slotValue = (calendarId: string, serviceId: string, start: Temporal.Instant): string =>
  `${calendarId}|${serviceId}|${start.round({ smallestUnit: 'second' }).toString()}`;

/** The first free times by offer, earliest first. */
export function offers(
  found: readonly FirstTimes[],
  calendars: readonly ClinicCalendar[],
  language: Language,
): OfferModel[] {
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  return found.flatMap(({ calendarId, serviceId, starts }) => {
    const calendar = byId.get(calendarId);
    const service = calendar && serviceOf(calendar, serviceId);
    if (!calendar || !service) return [];
    const { zone } = calendar.branch;
    return [
      {
        practitioner: calendar.name,
        service: wordsIn(language, service.name),
        minutes: service.minutes,
        branch: calendar.branch.name,
        zone,
        payer: calendar.payer,
        priceCents: service.priceCents,
        times: starts.map((start) => ({
          value: slotValue(calendarId, serviceId, start),
          day: formatDate(language, start, zone, 'weekday'),
          time: formatTime(language, start, zone),
          spoken: `${formatDate(language, start, zone, 'full')}, ${formatTime(language, start, zone)}`,
        })),
      },
    ];
  });
}

/** Every service of every calendar, for a time that is not listed. */
export const allOffers = (
  calendars: readonly ClinicCalendar[],
  language: Language,
  only: { resource?: string | undefined; branch?: string | undefined } = {},
): { value: string; label: string }[] =>
  calendars
    .filter(
      (calendar) =>
        only.resource === undefined ||
        (calendar.resourceId === only.resource && calendar.branch.id === (only.branch ?? calendar.branch.id)),
    )
    .flatMap((calendar) =>
      calendar.services.map((service) => ({
        value: `${calendar.id}|${service.id}`,
        label: [
          calendar.name,
          wordsIn(language, service.name),
          translate(language, `clinic.payer-short.${calendar.payer}`),
          calendar.branch.name,
        ].join(' · '),
      })),
    );

/** Who it is for, at the top of the page of times. */
export function personModel(
  person: PatientCard | NewPatient,
  language: Language,
): { name: string; detail: string; isNew: boolean } {
  const name = `${person.givenName} ${person.familyName}`;
  if (!('id' in person)) {
    const detail = [
      person.personCode?.code,
      person.birthDate && formatPlainDate(language, Temporal.PlainDate.from(person.birthDate), 'long'),
    ];
    return { name, detail: detail.filter(Boolean).join(' · '), isNew: true };
  }
  const detail = [person.personCode, person.birthDate && formatPlainDate(language, person.birthDate, 'long')];
  return { name, detail: detail.filter(Boolean).join(' · '), isNew: false };
}

/** What the pages hand on to each other in their forms. */
export function carried({ patientId, patient, branch, day, resource, time }: TimesForm): Record<string, string> {
  const fields: Record<string, string | undefined> = {
    patientId,
    branch,
    day,
    resource,
    time,
    'patient.givenName': patient?.givenName,
    'patient.familyName': patient?.familyName,
    'patient.personCode.country': patient?.personCode?.country,
    'patient.personCode.code': patient?.personCode?.code,
    'patient.birthDate': patient?.birthDate,
    'patient.language': patient?.language,
  };
  return Object.fromEntries(Object.entries(fields).filter((each): each is [string, string] => Boolean(each[1])));
}

/** The day that times are looked for from. */
export const dayOfWish = (now: Temporal.Instant, zone: string, text: string | undefined): Temporal.PlainDate => {
  const today = localDate(now, zone);
  if (text === undefined) return today;
  const day = Temporal.PlainDate.from(text);
  return Temporal.PlainDate.compare(day, today) < 0 ? today : day;
};

/** The lists of the form for a new patient. */
export const newPatientLists = (language: Language): { countries: Choice[]; languages: Choice[] } => ({
  countries: personCodeCountries.map((value) => ({ value, label: translate(language, `clinic.countries.${value}`) })),
  languages: languages.map((value) => ({ value, label: translate(language, `clinic.languages.${value}`) })),
});

interface Choice {
  value: string;
  label: string;
}
