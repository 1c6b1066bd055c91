import type { Interval } from '#libs/time';

/** What a calendar and its service say about a visit; all in elapsed minutes. */
export interface VisitRules {
  readonly minutes: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly buffersMayLeaveOpening: boolean;
  /** Visits start on multiples of it, counted from the start of the opening. */
  readonly grid: number;
}

export function visitAt(start: Temporal.Instant, { minutes }: VisitRules): Interval {
  return { start, end: start.add({ minutes }) };
}

/** The time a visit takes from everyone: the visit with its buffers. */
export function takenBy(start: Temporal.Instant, { minutes, bufferBefore, bufferAfter }: VisitRules): Interval {
  return { start: start.subtract({ minutes: bufferBefore }), end: start.add({ minutes: minutes + bufferAfter }) };
}

/** The part of it that has to lie in one opening. */
export function inOpening(start: Temporal.Instant, rules: VisitRules): Interval {
  return rules.buffersMayLeaveOpening ? visitAt(start, rules) : takenBy(start, rules);
}
