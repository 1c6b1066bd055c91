import { type Interval, overlaps } from '#libs/time';
import type { OpenTime } from './openings.js';
import { slotsOf } from './slots.js';
import type { VisitRules } from './visit.js';

const ever = {
  earliest: Temporal.Instant.fromEpochMilliseconds(0),
  latest: Temporal.Instant.from('9999-01-01T00:00Z'),
};

/** The slots of a service in open time of which nothing is taken yet; a limit keeps out visits of other services. */
export function offeredSlots({ openings, limits }: OpenTime, serviceId: string, rules: VisitRules): Interval[] {
  const others = limits.filter(({ serviceIds }) => !serviceIds.includes(serviceId));
  const slots = slotsOf({ ...rules, ...ever, openings, busy: [] });
  return others.length === 0 ? slots : slots.filter((slot) => !others.some((limit) => overlaps(limit, slot)));
}
