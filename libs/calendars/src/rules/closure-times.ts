import { dayBounds, hasAmbiguousWallTime, instantReaching, type Interval, merge, type WallTime } from '#libs/time';

/** How far a repeated closure may reach. */
export const yearsOfClosures = 2;

/** A closure as people enter it, on the branch's wall clock. */
export interface ClosureWish {
  readonly first: Temporal.PlainDate;
  /** The last day of one occurrence, itself included. */
  readonly last: Temporal.PlainDate;
  /** Null: whole days. Otherwise from `starts` on the first day until `ends` on the last, '24:00' included. */
  readonly hours: { readonly starts: WallTime; readonly ends: WallTime } | null;
  /** Null: once. Otherwise again and again, as long as an occurrence begins on the day `until` or before. */
  readonly repeat: { readonly everyDays: number; readonly until: Temporal.PlainDate } | null;
}

/**
 * The times that a closure closes, in order, those that adjoin or overlap as one. On days when clocks change it closes
 * whatever they show: an hour that is skipped closes nothing, one that is shown twice is closed both times.
 * @throws RangeError for a repetition of no days or beyond `yearsOfClosures`; times of day that no clock shows
 */
export function closureTimes({ first, last, hours, repeat }: ClosureWish, zone: string): Interval[] {
  const { compare } = Temporal.PlainDate;
  if (repeat && (repeat.everyDays < 1 || compare(repeat.until, latestRepeat(first)) > 0))
    throw new RangeError(`not a repetition of a closure: ${repeat.everyDays} days until ${repeat.until.toString()}`);
  const length = first.until(last).days;
  const times: Interval[] = [];
  for (
    let day = first;
    day === first || (repeat !== null && compare(day, repeat.until) <= 0);
    day = day.add({ days: repeat?.everyDays ?? 1 })
  ) {
    const end = day.add({ days: length });
    times.push(
      hours
        ? { start: instantReaching(day, hours.starts, zone), end: instantLeaving(end, hours.ends, zone) }
        : { start: dayBounds(day, zone).start, end: dayBounds(end, zone).end },
    );
  }
  return merge(times);
}

/** The last day on which a closure that begins on `first` may begin again. */
export const latestRepeat = (first: Temporal.PlainDate): Temporal.PlainDate => first.add({ years: yearsOfClosures });

/** The last instant of `day` at which its clocks begin to show `time`: whoever closes until 03:30 means the second one, too. */
function instantLeaving(day: Temporal.PlainDate, time: WallTime, zone: string): Temporal.Instant {
  const reached = instantReaching(day, time, zone);
  return hasAmbiguousWallTime(reached, zone)
    ? reached.toZonedDateTimeISO(zone).toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'later' }).toInstant()
    : reached;
}
