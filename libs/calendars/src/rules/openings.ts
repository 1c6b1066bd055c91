import { instantReaching, occursOn, subtract, type Interval, type WeeklyHours } from '#libs/time';

export interface WorkingTime {
  readonly hours: readonly WeeklyHours[];
  readonly closures: readonly Interval[];
  /** Days that yield nothing: public holidays and the clinic's days off. */
  readonly closedDays: (day: Temporal.PlainDate) => boolean;
  /** The branch's IANA zone. */
  readonly zone: string;
  readonly from: Temporal.PlainDate;
  /** The first day that is not expanded. */
  readonly to: Temporal.PlainDate;
}

/**
 * The openings that weekly hours yield on the days from `from` until `to`: sorted and maximal, so that hours until 24:00
 * and from 00:00 are one, with closures cut out. Hours begin and end when the zone's clocks reach their times.
 */
export function expandOpenings({ hours, closures, closedDays, zone, from, to }: WorkingTime): Interval[] {
  const open: Interval[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
    const today = hours.filter((each) => occursOn(each, day));
    if (today.length === 0 || closedDays(day)) continue;
    for (const { starts, ends } of today)
      open.push({ start: instantReaching(day, starts, zone), end: instantReaching(day, ends, zone) });
  }
  return subtract(open, closures);
}
