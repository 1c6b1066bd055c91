import { contains, covers, overlaps, type Interval } from '#libs/time';
import type { SlotSearch } from './slots.js';
import { inOpening, takenBy } from './visit.js';

export type WhyNotBookable =
  | 'in-the-past'
  /** Nearer than the calendar's minimum notice. */
  | 'too-soon'
  /** Beyond the calendar's horizon. */
  | 'too-far'
  /** The calendar has hours there that are still a draft. */
  | 'not-published'
  /** The practitioner's own calendar cannot be read, so that nobody knows whether they are free. */
  | 'paused'
  | 'outside-hours'
  | 'off-grid'
  | 'taken'
  /** In these hours the calendar offers other services. */
  | 'other-services'
  /** The calendar's most visits of a day are reached. */
  | 'day-full'
  /** What the state pays for in that month or day is used up. */
  | 'quota-used'
  /** No room or device that the service needs is free. */
  | 'no-room';

export interface Wish extends SlotSearch {
  readonly start: Temporal.Instant;
  readonly now: Temporal.Instant;
  /** Openings that are not published yet. */
  readonly drafts: readonly Interval[];
}

/**
 * The first reason why a visit cannot start at `start`, or null: it can. It is null for exactly the starts of `slotsOf`
 * that are not past.
 */
export const whyNotBookable = (wish: Wish): WhyNotBookable | null => whysNotBookable(wish)[0] ?? null;

/** All reasons that stand against a start, so that whoever overrides sees each. Those that nobody could change come first. */
export function whysNotBookable(wish: Wish): WhyNotBookable[] {
  const { start, now, earliest, latest, busy } = wish;
  const { compare } = Temporal.Instant;
  const wanted = takenBy(start, wish);
  return [
    ...(compare(start, now) < 0 ? (['in-the-past'] as const) : []),
    ...(compare(start, earliest) < 0 ? (['too-soon'] as const) : []),
    ...(compare(start, latest) >= 0 ? (['too-far'] as const) : []),
    ...outOfHours(wish),
    ...(busy.some((each) => overlaps(each, wanted)) ? (['taken'] as const) : []),
  ];
}

/** What the working hours have against a start: one reason at most, as without an opening there is no grid. */
function outOfHours(wish: Wish): WhyNotBookable[] {
  const { start, openings, drafts, grid } = wish;
  const opening = openings.find((each) => contains(each, start));
  if (opening === undefined) return [drafts.some((each) => contains(each, start)) ? 'not-published' : 'outside-hours'];
  if (!covers(opening, inOpening(start, wish))) return ['outside-hours'];
  return opening.start.until(start).total('minutes') % grid === 0 ? [] : ['off-grid'];
}
