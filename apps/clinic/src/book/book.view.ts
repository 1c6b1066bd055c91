import type { ClinicCalendar, FirstTimes } from '#libs/calendars';
import type { FoundPatient } from '#libs/appointments';
import { type PatientCard, type PatientDetails, personCodeCountries, printedCode } from '#libs/people';
import {
  formatDate,
  formatDateTime,
  formatPlainDate,
  formatTime,
  type Language,
  languages,
  translate,
  wordsIn,
} from '#libs/platform';
import { localDate } from '#libs/time';
import { filled } from '#libs/web';
import type { TimesForm } from './book.form.js';

export interface PatientChoice {
  id: string;
  name: string;
  detail: string;
  /** When they were here last and come next. */
  visits: string;
}

/**
 * A found person as two lines: enough to tell two of the same name apart, and no more: the code masked, the end of the
 * telephone number.
 */
export const patientChoice = (line: FoundPatient, language: Language): PatientChoice => ({
  id: line.id,
  name: `${line.givenName} ${line.familyName}`,
  detail: [
    line.birthDate
      ? translate(language, 'clinic.book.born', { date: formatPlainDate(language, line.birthDate, 'long') })
      : null,
    line.maskedCode,
    line.phone && translate(language, 'caller.phone-end', { digits: line.phone.slice(-3) }),
  ]
    .filter(Boolean)
    .join(' · '),
  visits: [
    line.next &&
      translate(language, 'caller.next', { at: formatDateTime(language, line.next.start, line.next.zone, 'weekday') }),
    line.last &&
      translate(language, 'caller.last', { date: formatDate(language, line.last.start, line.last.zone, 'medium') }),
  ]
    .filter(Boolean)
    .join(' · '),
});

/** Who gives what, and who pays. */
interface Given {
  practitioner: string;
  service: string;
  payer: 'state' | 'paid';
  priceCents: number;
}

/** What a button that books a free time sends and says. */
interface TimeModel {
  value: string;
  day: string;
  time: string;
  spoken: string;
}

/** The offer that a group of times belongs to. */
export interface OfferModel extends Given {
  minutes: number;
  branch: string;
  zone: string;
  times: TimeModel[];
}

/** One free time of all that were found, whoever gives it. */
export interface FirstTime extends Given, TimeModel {}

const serviceOf = (calendar: ClinicCalendar, serviceId: string): ClinicCalendar['services'][number] | undefined =>
  calendar.services.find(({ id }) => id === serviceId);

/** Which calendar and service, and when, as a button's value. */
export const slotValue = (calendarId: string, serviceId: string, start: Temporal.Instant): string =>
  `${calendarId}|${serviceId}|${start.round({ smallestUnit: 'second' }).toString()}`;

const givenOf = (
  { name, payer }: ClinicCalendar,
  service: ClinicCalendar['services'][number],
  language: Language,
): Given => ({
  practitioner: name,
  service: wordsIn(language, service.name),
  payer,
  priceCents: service.priceCents,
});

const timeModel = (
  { calendarId, serviceId, start }: FreeStart,
  { branch: { zone } }: ClinicCalendar,
  language: Language,
): TimeModel => ({
  value: slotValue(calendarId, serviceId, start),
  day: formatDate(language, start, zone, 'weekday'),
  time: formatTime(language, start, zone),
  spoken: `${formatDate(language, start, zone, 'full')}, ${formatTime(language, start, zone)}`,
});

/** A free time of one calendar and service. */
export interface FreeStart {
  calendarId: string;
  serviceId: string;
  start: Temporal.Instant;
}

/** Every free time that was found, whoever gives it, earliest first. */
export const earliest = (found: readonly FirstTimes[]): FreeStart[] =>
  found
    .flatMap(({ calendarId, serviceId, starts }) => starts.map((start) => ({ calendarId, serviceId, start })))
    .sort((a, b) => Temporal.Instant.compare(a.start, b.start));

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
    return [
      {
        ...givenOf(calendar, service, language),
        minutes: service.minutes,
        branch: calendar.branch.name,
        zone: calendar.branch.zone,
        times: starts.map((start) => timeModel({ calendarId, serviceId, start }, calendar, language)),
      },
    ];
  });
}

const longestFirst = 12;

/** The first free times of all offers as one row, earliest first: what is read to a caller who takes whoever is free. */
export const firstTimes = (
  found: readonly FirstTimes[],
  calendars: readonly ClinicCalendar[],
  language: Language,
): FirstTime[] => {
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  return earliest(found)
    .slice(0, longestFirst)
    .flatMap((free) => {
      const calendar = byId.get(free.calendarId);
      const service = calendar && serviceOf(calendar, free.serviceId);
      if (!calendar || !service) return [];
      return [{ ...givenOf(calendar, service, language), ...timeModel(free, calendar, language) }];
    });
};

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
  person: PatientCard | PatientDetails,
  language: Language,
): { name: string; detail: string; isNew: boolean } {
  const isNew = !('id' in person);
  const code = isNew ? person.personCode && printedCode(person.personCode) : person.personCode;
  const detail = [code, person.birthDate && formatPlainDate(language, person.birthDate, 'long')];
  return { name: `${person.givenName} ${person.familyName}`, detail: detail.filter(Boolean).join(' · '), isNew };
}

/** What the pages hand on to each other in their forms. */
export function carried(value: TimesForm): Record<string, string> {
  const { patientId, patient, branch, day, resource, time, waiting, isNew } = value;
  return filled({
    patientId,
    branch,
    day,
    resource,
    time,
    waiting,
    isNew: isNew ? 'on' : undefined,
    'patient.givenName': patient?.givenName,
    'patient.familyName': patient?.familyName,
    'patient.identity': patient?.identity,
    'patient.personCode.country': patient?.personCode?.country,
    'patient.personCode.code': patient?.personCode?.code,
    'patient.birthDate': patient?.birthDate,
    'patient.language': patient?.language,
  });
}

/** The day that times are looked for from; none: from now on. */
export const dayOfWish = (
  now: Temporal.Instant,
  zone: string,
  text: string | undefined,
): Temporal.PlainDate | undefined => {
  const day = text === undefined ? undefined : Temporal.PlainDate.from(text);
  return day && Temporal.PlainDate.compare(day, localDate(now, zone)) > 0 ? day : undefined;
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
