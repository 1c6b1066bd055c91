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
 * The first reason why a visit cannot start at `start`, or null: it can. Reasons that no other visitor could change come
 * first. It is null for exactly the starts of `slotsOf` that are not past.
 */
export function whyNotBookable(wish: Wish): WhyNotBookable | null {
  const { start, now, earliest, latest, openings, drafts, busy, grid } = wish;
  const { compare } = Temporal.Instant;
  if (compare(start, now) < 0) return 'in-the-past';
  if (compare(start, earliest) < 0) return 'too-soon';
  if (compare(start, latest) >= 0) return 'too-far';
  const opening = openings.find((each) => contains(each, start));
  if (opening === undefined) return drafts.some((each) => contains(each, start)) ? 'not-published' : 'outside-hours';
  if (!covers(opening, inOpening(start, wish))) return 'outside-hours';
  if (opening.start.until(start).total('minutes') % grid !== 0) return 'off-grid';
  const wanted = takenBy(start, wish);
  return busy.some((each) => overlaps(each, wanted)) ? 'taken' : null;
}
