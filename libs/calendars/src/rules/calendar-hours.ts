import { occursOn, type WallTime, type WeeklyHours } from '#libs/time';
import type { DayRule } from './day-rule.js';

/** A range of wall-clock time on one day. */
export interface DayRange {
  readonly starts: WallTime;
  /** '24:00' is the end of the day. */
  readonly ends: WallTime;
  /** The only services that can be booked in it; absent: all of the calendar's. */
  readonly serviceIds?: readonly string[];
}

/** A range that comes back with the week. */
export type WeeklyRange = WeeklyHours & DayRange;

/** All hours of a single day, instead of the week's; none: it is not worked. They hold on public holidays, too. */
export interface DayHours {
  readonly day: Temporal.PlainDate;
  readonly ranges: readonly DayRange[];
}

/** When a calendar is worked: a weekly pattern, and days that differ from it. */
export interface CalendarHours {
  readonly weekly: readonly WeeklyRange[];
  readonly days: readonly DayHours[];
}

/** Days that differ, by YYYY-MM-DD. */
export type SingleDays = ReadonlyMap<string, readonly DayRange[]>;

export const singleDays = (days: readonly DayHours[]): SingleDays =>
  new Map(days.map(({ day, ranges }) => [day.toString(), ranges]));

/** The ranges that are worked on a day, in no order. A single day's hold as they are, whatever the day's rule says. */
export function rangesOn(
  weekly: readonly WeeklyRange[],
  single: SingleDays,
  day: Temporal.PlainDate,
  { isOpen, worksAs, shorterBy }: DayRule,
): readonly DayRange[] {
  const own = single.get(day.toString());
  if (own !== undefined) return own;
  if (!isOpen) return [];
  return shortened(
    weekly.filter((each) => occursOn(each, day, worksAs)),
    shorterBy,
  );
}

/** The ranges of one day without what lies after its end, which comes `minutes` before the last of them ends. */
function shortened(ranges: readonly DayRange[], minutes: number): readonly DayRange[] {
  if (minutes === 0) return ranges;
  const end = wallTime(Math.max(0, ...ranges.map(({ ends }) => minutesOf(ends))) - minutes);
  return ranges.filter(({ starts }) => starts < end).map((each) => (each.ends > end ? { ...each, ends: end } : each));
}

const minutesOf = (time: WallTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const wallTime = (minutes: number): WallTime => {
  const all = Math.max(0, minutes);
  return `${String(Math.trunc(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
};
