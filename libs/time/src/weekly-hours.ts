import type { WallTime } from './wall-clock.js';

/** Hours that come back every week, or every n-th, in the wall clock of whoever keeps them. */
export interface WeeklyHours {
  /** ISO: 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  readonly starts: WallTime;
  /** After `starts`; '24:00' is the end of the day. */
  readonly ends: WallTime;
  readonly validFrom: Temporal.PlainDate;
  /** The last day, or null: until further notice. */
  readonly validTo: Temporal.PlainDate | null;
  /** 1 is every week, 2 every other, counted from the week of `weekAnchor`. */
  readonly everyNthWeek: number;
  readonly weekAnchor: Temporal.PlainDate;
  /**
   * Only weeks whose ISO number is odd or even, as printed in calendars. That is not every other week: a year of 53 weeks
   * ends with an odd one, and the next begins with another.
   */
  readonly weekParity?: WeekParity;
}

export type WeekParity = 'odd' | 'even';

/**
 * Whether the pattern has hours on that day. Weeks are counted from Monday to Monday, before the anchor too.
 * @param weekday the weekday that the day is worked as, another than its own where a working day was moved
 */
export function occursOn(hours: WeeklyHours, day: Temporal.PlainDate, weekday: number = day.dayOfWeek): boolean {
  if (weekday !== hours.weekday) return false;
  if (Temporal.PlainDate.compare(day, hours.validFrom) < 0) return false;
  if (hours.validTo !== null && Temporal.PlainDate.compare(day, hours.validTo) > 0) return false;
  if (hours.weekParity !== undefined && hours.weekParity !== weekParityOf(day)) return false;
  if (hours.everyNthWeek === 1) return true;
  return (mondayOf(hours.weekAnchor).until(mondayOf(day)).days / 7) % hours.everyNthWeek === 0;
}

/** Whether the day's ISO week has an odd number (ISO 8601 section 3.1.1.23: week 1 holds the year's first Thursday). */
export function weekParityOf(day: Temporal.PlainDate): WeekParity {
  // The ISO calendar always has weeks; other calendars might not.
  return (day.weekOfYear ?? 0) % 2 === 1 ? 'odd' : 'even';
}

/** The Monday of the day's ISO week. */
export function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}
