import { mondayOf, occursOn, type WeeklyHours } from '#libs/time';
import type { DayHours, DayRange } from './calendar-hours.js';

export interface HoursMistake {
  /** Its place in the list that was given. */
  readonly index: number;
  readonly code: 'order' | 'overlap' | 'twice';
}

const { compare } = Temporal.PlainDate;

/** Long enough to meet a year of 53 weeks, after which odd weeks and every other week change places. */
const weeksToWalk = 53 * 12;

/** Whether two ranges of hours can ever fall on the same day. */
function shareADay(a: WeeklyHours, b: WeeklyHours): boolean {
  if (a.weekday !== b.weekday) return false;
  const from = compare(a.validFrom, b.validFrom) < 0 ? b.validFrom : a.validFrom;
  let day = mondayOf(from).add({ days: a.weekday - 1 });
  for (let week = 0; week < weeksToWalk; week++, day = day.add({ weeks: 1 })) {
    if (a.validTo && compare(day, a.validTo) > 0) return false;
    if (b.validTo && compare(day, b.validTo) > 0) return false;
    if (occursOn(a, day) && occursOn(b, day)) return true;
  }
  return false;
}

const isBackward = ({ starts, ends }: DayRange): boolean => ends <= starts;
const overlap = (a: DayRange, b: DayRange): boolean => a.starts < b.ends && b.starts < a.ends;

/** What is wrong with weekly hours before they are kept: an end before its start, or two ranges of one day that overlap. */
export function hoursMistakes(hours: readonly WeeklyHours[]): HoursMistake[] {
  const mistakes: HoursMistake[] = [];
  for (const [index, each] of hours.entries()) {
    if (isBackward(each) || (each.validTo !== null && compare(each.validTo, each.validFrom) < 0))
      mistakes.push({ index, code: 'order' });
    if (hours.slice(0, index).some((other) => overlap(each, other) && shareADay(each, other)))
      mistakes.push({ index, code: 'overlap' });
  }
  return mistakes;
}

/** What is wrong with single days: a range that ends before it starts, two that overlap, or a day that is named twice. */
export function dayMistakes(days: readonly DayHours[]): HoursMistake[] {
  const mistakes: HoursMistake[] = [];
  for (const [index, { day, ranges }] of days.entries()) {
    if (days.slice(0, index).some((other) => other.day.equals(day))) mistakes.push({ index, code: 'twice' });
    if (ranges.some(isBackward)) mistakes.push({ index, code: 'order' });
    if (ranges.some((each, n) => ranges.slice(0, n).some((other) => overlap(each, other))))
      mistakes.push({ index, code: 'overlap' });
  }
  return mistakes;
}
