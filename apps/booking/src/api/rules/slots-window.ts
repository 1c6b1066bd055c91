import { parseDate, parseInstant } from '#libs/time';

/** Both countries share the offset of their zones, so a day begins for both at this one's midnight. */
const zone = 'Europe/Riga';
const mostDays = 62;
const usualDays = 31;

const read = (text: string): { instant: Temporal.Instant; isDay: boolean } | null => {
  const day = parseDate(text);
  if (day) return { instant: day.toZonedDateTime(zone).toInstant(), isDay: true };
  const instant = parseInstant(text);
  return instant && { instant, isDay: false };
};

export type SlotsWindow =
  | { ok: true; from: Temporal.Instant; to: Temporal.Instant }
  | { ok: false; path: 'from' | 'to'; code: 'date' | 'order' | 'max' };

/**
 * From when to when free times are asked for. Days count whole, both included; of instants the second is excluded.
 * Without `from` it is now, without `to` it is 31 days later; 62 days at most.
 */
export function slotsWindow(from: string | undefined, to: string | undefined, now: Temporal.Instant): SlotsWindow {
  const begin = from === undefined ? { instant: thisMinute(now), isDay: false } : read(from);
  if (begin === null) return { ok: false, path: 'from', code: 'date' };
  const end = to === undefined ? { instant: daysAfter(begin.instant, usualDays), isDay: false } : read(to);
  if (end === null) return { ok: false, path: 'to', code: 'date' };
  if (Temporal.Instant.compare(end.instant, daysAfter(begin.instant, mostDays)) > 0)
    return { ok: false, path: 'to', code: 'max' };
  const last = end.isDay ? daysAfter(end.instant, 1) : end.instant;
  if (Temporal.Instant.compare(last, begin.instant) <= 0) return { ok: false, path: 'to', code: 'order' };
  return { ok: true, from: begin.instant, to: last };
}

const daysAfter = (instant: Temporal.Instant, days: number): Temporal.Instant =>
  instant.toZonedDateTimeISO(zone).add({ days }).toInstant();

/** Askers of the same minute share an answer. */
const thisMinute = (now: Temporal.Instant): Temporal.Instant =>
  now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
