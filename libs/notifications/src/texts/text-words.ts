import { environment, formatDate, formatTime, type Language, translate } from '#libs/platform';
import type { Visit } from '../letters/visit.js';

type Say = (key: string, args?: Record<string, string | number>) => string;

export const sayIn =
  (language: Language): Say =>
  (key, args = {}) =>
    translate(language, `sms.${key}`, args);

/** Weekday, day and time in the clinic's zone, as short as they can be read. */
export const whenOf = ({ language, zone }: Pick<Visit, 'language' | 'zone'>, at: Temporal.Instant): string =>
  `${formatDate(language, at, zone, 'weekday')}, ${formatTime(language, at, zone)}`;

/** Day and time in the clinic's zone as numbers, which need no grammar; in English, where day and month change places, in words. */
export function shortWhenOf({ language, zone }: Pick<Visit, 'language' | 'zone'>, at: Temporal.Instant): string {
  const { day, month } = at.toZonedDateTimeISO(zone);
  const date = language === 'en' ? formatDate(language, at, zone, 'weekday') : `${day}.${month}.`;
  return `${date} ${formatTime(language, at, zone)}`;
}

/**
 * Where, from the fullest to nothing: a message takes the first that leaves it one segment long. What the visit does not
 * name (S-2.40) is in none of them.
 */
export function wheresOf({ clinic, place, mode }: Pick<Visit, 'clinic' | 'place' | 'mode'>): readonly string[] {
  const street = place && mode === 'in-person' ? place.address : null;
  const fullest = [clinic?.name, street].filter((part) => part !== null && part !== undefined);
  return [fullest, fullest.slice(0, 1), []]
    .map((parts) => parts.map((part) => `, ${part}`).join(''))
    .filter((where, n, all) => all.indexOf(where) === n);
}

/** The appointment's page by its reference, at our own address and short; it leads to where one signs in. */
export const shortPage = (reference: string): string =>
  new URL(`/a/${encodeURIComponent(reference)}`, environment().bookingUrl).toString();

/** All coming visits of whoever signs in. */
export const appointmentsPage = (language: Language): string =>
  new URL(`/${language}/my-appointments`, environment().bookingUrl).toString();
