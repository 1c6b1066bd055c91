import type { Actor } from '#libs/access';
import {
  calendarTerms,
  type CalendarTerms,
  dropExpiredHolds,
  findHold,
  forgetHold,
  freeTime,
  type HeldTime,
  takenBy,
  timeChanged,
  whyNot,
} from '#libs/calendars';
import { Refusal, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { type HoldProof, requireLiveHold } from './hold-proof.js';

/** Where someone wants to go: a slot that they hold, or a start in a calendar. */
export type WantedSlot =
  { holdId: string; proof: HoldProof } | { calendarId: string; serviceId: string; start: Temporal.Instant };

/** A wanted slot with its offer: the visit, and the time it takes with its buffers. */
export interface TargetSlot {
  terms: CalendarTerms;
  visit: Interval;
  taken: Interval;
  hold: HeldTime | null;
}

/** Reads what is wanted, without a lock. @throws Refusal `hold-expired`, `not-found` */
export async function peekTarget(tx: Tx, wanted: WantedSlot, now: Temporal.Instant): Promise<TargetSlot> {
  const hold = 'holdId' in wanted ? requireLiveHold(await findHold(tx, wanted.holdId), wanted.proof, now) : null;
  const { calendarId, serviceId, start } =
    'holdId' in wanted
      ? { calendarId: hold?.calendarId ?? '', serviceId: hold?.serviceId ?? '', start: hold?.visit.start ?? now }
      : wanted;
  const terms = await calendarTerms(tx, calendarId, serviceId);
  if (!terms) throw new Refusal('not-found');
  const visit = { start, end: start.add({ minutes: terms.minutes }) };
  const taken = takenBy(start, {
    minutes: terms.minutes,
    bufferBefore: terms.bufferBefore,
    bufferAfter: terms.bufferAfter,
    buffersMayLeaveOpening: terms.buffersMayLeaveOpening,
    grid: terms.grid,
  });
  return { terms, visit, taken, hold };
}

/**
 * Checks the target again under its resource's lock. A hold that lives keeps its slot even if the minimum notice has passed
 * meanwhile, but not if the hours were withdrawn. `ignored` is the appointment that is moved: its own time counts as free.
 * @throws Refusal `hold-expired`, `slot-taken`, `not-bookable` with why
 */
export async function claimTarget(
  tx: Tx,
  target: TargetSlot,
  wanted: WantedSlot,
  options: { actor: Actor; now: Temporal.Instant; ignored: string | null },
): Promise<void> {
  const { actor, now } = options;
  await dropExpiredHolds(tx, target.terms.resourceId, now);
  const byStaff = actor.kind === 'staff' || 'holdId' in wanted;
  if ('holdId' in wanted) requireLiveHold(await findHold(tx, wanted.holdId), wanted.proof, now);
  const why = await whyNot(tx, target.terms, target.visit.start, now, {
    ignored: 'holdId' in wanted ? wanted.holdId : options.ignored,
    byStaff,
  });
  if (why === 'taken') throw new Refusal('slot-taken');
  if (why) throw new Refusal('not-bookable', { why });
}

/** Ends a hold whose time goes over to something else or is not needed any more. */
export async function endHold(tx: Tx, hold: HeldTime, now: Temporal.Instant): Promise<void> {
  const freed = await freeTime(tx, hold.id, 'hold');
  await forgetHold(tx, hold.id);
  for (const { resourceId, during } of freed) await timeChanged(tx, resourceId, [during], now);
}
