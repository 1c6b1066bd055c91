import type { Interval } from './interval.js';

/** A time of day as people write it, 'HH:MM' from '00:00' to '24:00'; '24:00' is the next day's midnight. */
export type WallTime = string;

/** The time of day if it is one ('24:00' included), else null. */
export function parseWallTime(text: string): WallTime | null {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text) ? text : null;
}

/**
 * The instant at which the zone's clocks show `time` on `day`.
 *
 * Where the clocks go back and show the time twice, the first; where they go forward and skip it, the time as far after
 * the skip as it lies in it (03:30 becomes 04:30). Source: RFC 5545 section 3.3.5, Temporal's 'compatible'.
 * @throws RangeError for a time that `parseWallTime` refuses or an unknown zone
 */
export function instantAt(day: Temporal.PlainDate, time: WallTime, zone: string): Temporal.Instant {
  const [date, clock] = dateAndClock(day, time);
  return date.toPlainDateTime(clock).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant();
}

/**
 * The first instant of `day` at which the zone's clocks show `time` or later: the boundary of working hours.
 *
 * It differs from `instantAt` only where clocks go forward: every skipped time is reached at the skip itself. So hours
 * never end before they start, a break keeps its two sides apart, and hours until 03:30 do not run until 04:30.
 */
export function instantReaching(day: Temporal.PlainDate, time: WallTime, zone: string): Temporal.Instant {
  const [date, clock] = dateAndClock(day, time);
  const wanted = date.toPlainDateTime(clock);
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (found.toPlainDateTime().equals(wanted)) return found.toInstant();
  const skip = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  return (skip ?? found).toInstant();
}

/** From the first instant of the zone's `day` to the first of the next: 23, 24 or 25 hours. */
export function dayBounds(day: Temporal.PlainDate, zone: string): Interval {
  return {
    start: day.toZonedDateTime(zone).toInstant(),
    end: day.add({ days: 1 }).toZonedDateTime(zone).toInstant(),
  };
}

export function localDate(instant: Temporal.Instant, zone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

/** The time of day the zone's clocks show, 'HH:MM'. */
export function localTime(instant: Temporal.Instant, zone: string): WallTime {
  return instant.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** How far the zone is from UTC at that instant, '+03:00': what tells two times apart that clocks show alike. */
export function offsetLabel(instant: Temporal.Instant, zone: string): string {
  return instant.toZonedDateTimeISO(zone).offset;
}

/** Whether the zone's clocks show the same date and time at another instant too, so that it needs its offset said. */
export function hasAmbiguousWallTime(instant: Temporal.Instant, zone: string): boolean {
  const local = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return first.epochMilliseconds !== local.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
}

function dateAndClock(day: Temporal.PlainDate, time: WallTime): [Temporal.PlainDate, Temporal.PlainTime] {
  if (parseWallTime(time) === null) throw new RangeError(`not a time of day: ${time}`);
  const hour = Number(time.slice(0, 2));
  if (hour === 24) return [day.add({ days: 1 }), new Temporal.PlainTime()];
  return [day, new Temporal.PlainTime(hour, Number(time.slice(3)))];
}
