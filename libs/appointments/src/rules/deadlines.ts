/**
 * The last moment at which cancelling is not late. Counted in elapsed hours, not calendar days: over a clock change the wall
 * clock shows an hour more or less (S-3.7).
 */
export const cancelDeadline = (start: Temporal.Instant, lateCancelHours: number): Temporal.Instant =>
  start.subtract({ hours: lateCancelHours });

/** Exactly at the deadline is in time, a second later is late (R3-36: 24 h 00 min is not late, 23 h 59 min is). */
export const isLateCancel = (start: Temporal.Instant, lateCancelHours: number, now: Temporal.Instant): boolean =>
  lateCancelHours > 0 && Temporal.Instant.compare(now, cancelDeadline(start, lateCancelHours)) > 0;

/** By when the clinic answers a request: within its hours, and before the visit would begin. */
export function answerDue(now: Temporal.Instant, start: Temporal.Instant, answerWithinHours: number): Temporal.Instant {
  const due = now.add({ hours: answerWithinHours });
  return Temporal.Instant.compare(due, start) < 0 ? due : start;
}

/** A hold lasts ten minutes and can be extended to an hour in all (interfaces.md). */
export const holdMinutes = 10;
export const holdMinutesInAll = 60;

/** Until when a hold lasts that is taken or extended at `now`. */
export function holdEnds(heldAt: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const end = now.add({ minutes: holdMinutes });
  const last = heldAt.add({ minutes: holdMinutesInAll });
  return Temporal.Instant.compare(end, last) < 0 ? end : last;
}
