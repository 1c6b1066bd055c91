import { instantReaching, occursOn, subtract, type Interval, type WallTime, type WeeklyHours } from '#libs/time';
import type { DayRule } from './day-rule.js';

export interface WorkingTime {
  readonly hours: readonly WeeklyHours[];
  readonly closures: readonly Interval[];
  /** What each day is: whether it is worked at all, as which weekday, and by how much shorter. */
  readonly dayRule: (day: Temporal.PlainDate) => DayRule;
  /** The branch's IANA zone. */
  readonly zone: string;
  readonly from: Temporal.PlainDate;
  /** The first day that is not expanded. */
  readonly to: Temporal.PlainDate;
}

/**
 * The openings that weekly hours yield on the days from `from` until `to`: sorted and maximal, so that hours until 24:00
 * and from 00:00 are one, with closures cut out. Hours begin and end when the zone's clocks reach their times. A shortened
 * day ends that much before its last hours would.
 */
export function expandOpenings({ hours, closures, dayRule, zone, from, to }: WorkingTime): Interval[] {
  const open: Interval[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
    const { isOpen, worksAs, shorterBy } = dayRule(day);
    if (!isOpen) continue;
    const today = hours.filter((each) => occursOn(each, day, worksAs));
    for (const { starts, ends } of shortened(today, shorterBy))
      open.push({ start: instantReaching(day, starts, zone), end: instantReaching(day, ends, zone) });
  }
  return subtract(open, closures);
}

interface WallRange {
  readonly starts: WallTime;
  readonly ends: WallTime;
}

/** The ranges of one day without what lies after its end, which comes `minutes` before the last of them ends. */
function shortened<Range extends WallRange>(ranges: readonly Range[], minutes: number): readonly Range[] {
  if (minutes === 0) return ranges;
  const end = wallTime(Math.max(0, ...ranges.map(({ ends }) => minutesOf(ends))) - minutes);
  return ranges.filter(({ starts }) => starts < end).map((each) => (each.ends > end ? { ...each, ends: end } : each));
}

const minutesOf = (time: WallTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const wallTime = (minutes: number): WallTime => {
  const all = Math.max(0, minutes);
  return `${String(Math.trunc(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
};
