import { covers, later, merge, overlaps, type Interval } from '#libs/time';
import { inOpening, takenBy, visitAt, type VisitRules } from './visit.js';

export interface SlotSearch extends VisitRules {
  /** Sorted and maximal, as `expandOpenings` gives them: the grid is counted from their starts. */
  readonly openings: readonly Interval[];
  /** What is taken of the resource, buffers of others included. */
  readonly busy: readonly Interval[];
  /** The first instant at which a visit may start. */
  readonly earliest: Temporal.Instant;
  /** The first at which it may no longer. */
  readonly latest: Temporal.Instant;
}

/** All slots at which the visit can be booked, by start; they overlap where the grid is finer than the visit is long. */
export function slotsOf({ openings, busy, earliest, latest, ...rules }: SlotSearch): Interval[] {
  const slots: Interval[] = [];
  const taken = merge(busy);
  let next = 0;
  for (const opening of openings) {
    const from = later(opening.start, earliest);
    const skipped = Math.ceil(opening.start.until(from).total('minutes') / rules.grid);
    let start = opening.start.add({ minutes: skipped * rules.grid });
    for (; isBefore(start, latest) && isBefore(start, opening.end); start = start.add({ minutes: rules.grid })) {
      if (!covers(opening, inOpening(start, rules))) continue;
      const wanted = takenBy(start, rules);
      while (next < taken.length && !isBefore(wanted.start, taken[next]?.end ?? wanted.start)) next++;
      const nearest = taken[next];
      if (nearest === undefined || !overlaps(nearest, wanted)) slots.push(visitAt(start, rules));
    }
  }
  return slots;
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;
