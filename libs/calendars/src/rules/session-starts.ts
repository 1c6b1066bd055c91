import { instantAt, type WallTime } from '#libs/time';

/** Sessions as a clinic plans them: on these weekdays of these days, one after the other between two times of the day. */
export interface SessionPlan {
  readonly from: Temporal.PlainDate;
  /** The last day, itself included. */
  readonly to: Temporal.PlainDate;
  /** ISO weekdays, 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly starts: WallTime;
  /** Until when sessions may last; the same as `starts`, or earlier: one session a day. */
  readonly ends: WallTime;
  /** Minutes from one start to the next. */
  readonly every: number;
}

const compare = Temporal.Instant.compare;

/**
 * When the sessions of a plan start, each of `minutes`. The clock is the branch's: on the days when it changes, sessions
 * still follow each other by elapsed minutes, and none begins twice.
 * @param most no more than so many are counted out
 */
export function sessionStarts(plan: SessionPlan, minutes: number, zone: string, most = 1000): Temporal.Instant[] {
  const starts: Temporal.Instant[] = [];
  for (let day = plan.from; Temporal.PlainDate.compare(day, plan.to) <= 0; day = day.add({ days: 1 })) {
    if (!plan.weekdays.includes(day.dayOfWeek)) continue;
    const first = instantAt(day, plan.starts, zone);
    const end = instantAt(day, plan.ends, zone);
    starts.push(first);
    for (
      let next = first.add({ minutes: plan.every });
      compare(next.add({ minutes }), end) <= 0 && starts.length < most;
      next = next.add({ minutes: plan.every })
    ) {
      starts.push(next);
    }
    if (starts.length >= most) return starts.slice(0, most);
  }
  return starts;
}
