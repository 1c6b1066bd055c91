import { instantReaching, subtract, type Interval } from '#libs/time';
import { type DayHours, rangesOn, singleDays, type WeeklyRange } from './calendar-hours.js';
import type { DayRule } from './day-rule.js';

export interface WorkingTime {
  readonly hours: readonly WeeklyRange[];
  /** Days that differ from the week's hours. */
  readonly days?: readonly DayHours[];
  readonly closures: readonly Interval[];
  /** What each day is: whether it is worked at all, as which weekday, and by how much shorter. */
  readonly dayRule: (day: Temporal.PlainDate) => DayRule;
  /** The branch's IANA zone. */
  readonly zone: string;
  readonly from: Temporal.PlainDate;
  /** The first day that is not expanded. */
  readonly to: Temporal.PlainDate;
}

/** A part of the openings in which only some services can be booked. */
export interface LimitedTime extends Interval {
  readonly serviceIds: readonly string[];
}

export interface OpenTime {
  /** Sorted and maximal. */
  readonly openings: Interval[];
  /** Disjoint, each inside an opening. */
  readonly limits: LimitedTime[];
}

/**
 * What hours yield on the days from `from` until `to`: openings, sorted and maximal, so that hours until 24:00 and from
 * 00:00 are one, with closures cut out; and the parts of them that are for some services only. Hours begin and end when
 * the zone's clocks reach their times. A shortened day ends that much before its last hours would.
 */
export function openTime({ hours, days = [], closures, dayRule, zone, from, to }: WorkingTime): OpenTime {
  const open: Interval[] = [];
  const limited = new Map<string, { serviceIds: readonly string[]; intervals: Interval[] }>();
  const single = singleDays(days);
  for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
    for (const { starts, ends, serviceIds } of rangesOn(hours, single, day, dayRule(day))) {
      const interval = { start: instantReaching(day, starts, zone), end: instantReaching(day, ends, zone) };
      open.push(interval);
      if (serviceIds === undefined) continue;
      const key = serviceIds.toSorted().join();
      const known = limited.get(key);
      if (known) known.intervals.push(interval);
      else limited.set(key, { serviceIds, intervals: [interval] });
    }
  }
  return {
    openings: subtract(open, closures),
    limits: [...limited.values()].flatMap(({ serviceIds, intervals }) =>
      subtract(intervals, closures).map((each) => ({ ...each, serviceIds })),
    ),
  };
}

/** Only the openings of `openTime`. */
export const expandOpenings = (time: WorkingTime): Interval[] => openTime(time).openings;
