import { type Actor, requireStaff } from '#libs/access';
import {
  allChanged,
  calendarTerms,
  type CalendarTerms,
  type Claim,
  claimAt,
  dropExpiredHolds,
  findHold,
  forgetHold,
  freeTime,
  type HeldTime,
  overridingClaim,
  resourcesOf,
  resourcesOfOwner,
  visitOf,
  whyNot,
  type WhyNotBookable,
  whysNot,
} from '#libs/calendars';
import { rangeOf, Refusal, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { type HoldProof, requireLiveHold } from './hold-proof.js';
import type { StepTaken } from './record-step.js';
import { kindsOf, type Override, type OverrideKind, permissionOf, unseen } from './rules/override.js';

/** Where someone wants to go: a slot that they hold, or a start in a calendar. */
export type WantedSlot =
  { holdId: string; proof: HoldProof } | { calendarId: string; serviceId: string; start: Temporal.Instant };

/** A wanted slot with its offer and the visit there. */
export interface TargetSlot {
  terms: CalendarTerms;
  visit: Interval;
  hold: HeldTime | null;
  /** The length that staff chose, where it is not the service's. */
  minutes?: number | null;
  /** All that has to be locked before it is claimed. */
  resources: readonly string[];
}

/**
 * Reads what is wanted, without a lock.
 * @param length in minutes, where staff chose another than the service's; a seat in a session has the session's
 * @throws Refusal `hold-expired`, `not-found`
 */
export async function peekTarget(
  tx: Tx,
  wanted: WantedSlot,
  now: Temporal.Instant,
  length: number | null = null,
): Promise<TargetSlot> {
  const hold = 'holdId' in wanted ? requireLiveHold(await findHold(tx, wanted.holdId), wanted.proof, now) : null;
  const { calendarId, serviceId, start } =
    'holdId' in wanted
      ? { calendarId: hold?.calendarId ?? '', serviceId: hold?.serviceId ?? '', start: hold?.visit.start ?? now }
      : wanted;
  const offered = await calendarTerms(tx, calendarId, serviceId);
  // What is held for several is booked for all of them at one go.
  if (!offered || (hold && hold.people > 1)) throw new Refusal('not-found');
  const minutes = offered.bySession ? null : length;
  const terms = ofLength(offered, minutes);
  const resources = [
    ...(await resourcesOf(tx, terms)),
    ...(hold && terms.needs.length > 0 ? await resourcesOfOwner(tx, hold.id) : []),
  ];
  return { terms, visit: minutes === null && hold ? hold.visit : visitOf(terms, start), hold, minutes, resources };
}

const ofLength = (terms: CalendarTerms, minutes: number | null): CalendarTerms =>
  minutes === null ? terms : { ...terms, minutes };

/**
 * Checks the target again under the locks of its resources and decides what the visit takes. A hold that lives keeps its
 * slot even if the minimum notice has passed meanwhile, but not if the hours were withdrawn.
 * @param options `ignored` is the hold that becomes the visit, or the appointment that is moved: its own time counts as
 *   free. `override`: staff book it although it is not free or not open (F089, R4-10); each kind of reason against it takes
 *   a right of its own, and one of which they were not warned is refused as if they had not asked. Only the past and the
 *   patient's own other visits stand against it then. `keepsStart`: a visit that has begun only becomes longer or shorter.
 * @returns what it takes, and what was overridden
 * @throws Refusal `hold-expired`, `slot-taken`, `not-bookable` with why, `not-allowed` to override, `not-found` the service
 *   ended meanwhile, `state-changed` what it is and costs did
 */
export async function claimTarget(
  tx: Tx,
  { terms: peeked, visit, resources, minutes = null }: TargetSlot,
  options: {
    actor: Actor;
    now: Temporal.Instant;
    ignored: string | null;
    isHeld: boolean;
    override?: Override | null;
    keepsStart?: boolean;
  },
): Promise<Claim & Overridden> {
  const { actor, ignored } = options;
  // What has begun and stays where it is may still become longer or shorter.
  const isKept = options.keepsStart === true && Temporal.Instant.compare(visit.start, options.now) < 0;
  const now = isKept ? visit.start : options.now;
  for (const resourceId of new Set(resources)) await dropExpiredHolds(tx, resourceId, options.now);
  const terms = ofLength(await stillOffered(tx, peeked, minutes), minutes);
  if (options.isHeld && ignored) await requireOpenRooms(tx, ignored, visit);
  const byStaff = actor.kind === 'staff' || options.isHeld;
  const why = await whyNot(tx, terms, visit.start, now, { ignored, byStaff });
  if (why && options.override && !terms.bySession) {
    const { override } = options;
    const overrides = await requireOverride(tx, terms, visit.start, { actor, now, ignored, override });
    return { ...(await overridingClaim(tx, terms, visit.start, now, { ignored, reason: override.reason })), overrides };
  }
  if (why) throw refusalOf(why);
  const claim = await claimAt(tx, terms, visit.start, now, ignored);
  if (!claim) throw new Refusal('slot-taken');
  return { ...claim, overrides: [] };
}

/** Against what a time was claimed; nothing where it was free and open. */
export interface Overridden {
  overrides: readonly OverrideKind[];
}

/** What history keeps of an override: against what, why, and the note. */
export const toldOverride = (
  { overrides }: Overridden,
  override: Override | null | undefined,
): Pick<StepTaken, 'overrides' | 'overrideWhy' | 'reasonNote'> =>
  override && overrides.length > 0
    ? { overrides, overrideWhy: override.reason, reasonNote: override.note }
    : { reasonNote: null };

const refusalOf = (why: WhyNotBookable): Refusal =>
  why === 'taken' || why === 'no-room' ? new Refusal('slot-taken') : new Refusal('not-bookable', { why });

/**
 * Under the locks: all that stands against the time is what staff were warned of and may override, so that two who override
 * the same hours at once never book beside each other without knowing.
 */
async function requireOverride(
  tx: Tx,
  terms: CalendarTerms,
  start: Temporal.Instant,
  asked: { actor: Actor; now: Temporal.Instant; ignored: string | null; override: Override },
): Promise<OverrideKind[]> {
  const { actor, now, ignored, override } = asked;
  const whys = await whysNot(tx, terms, start, now, { ignored });
  const notSeen = unseen(whys, override.kinds);
  if (notSeen) throw refusalOf(notSeen);
  const kinds = kindsOf(whys) ?? [];
  const record = { practitionerId: terms.resourceId, branchId: terms.branchId };
  for (const kind of kinds) requireStaff(actor, terms.clinicId, permissionOf[kind], record);
  return kinds;
}

/** The terms under the locks; what was looked at before must still be what is claimed. */
async function stillOffered(tx: Tx, peeked: CalendarTerms, length: number | null): Promise<CalendarTerms> {
  const terms = await calendarTerms(tx, peeked.calendarId, peeked.serviceId);
  if (!terms) throw new Refusal('not-found');
  const agreed = ({ minutes, bufferBefore, bufferAfter, priceCents, bySession, confirmation, needs }: CalendarTerms) =>
    [minutes, bufferBefore, bufferAfter, priceCents, bySession, confirmation, ...needs].join();
  if (agreed(ofLength(terms, length)) !== agreed(peeked)) throw new Refusal('state-changed');
  return terms;
}

/** A hold keeps its slot, but no room that was closed meanwhile. @throws Refusal `slot-taken` */
async function requireOpenRooms(tx: Tx, holdId: string, visit: Interval): Promise<void> {
  const closed = await tx.query(
    `select from occupation o join closure k on k.clinic_id = o.clinic_id and k.resource_id = o.resource_id and k.during && o.during
      where o.owner_id = $1 and o.owner_kind = 'hold' and o.visit is null and o.during && $2::tstzrange
      limit 1`,
    [holdId, rangeOf(visit)],
  );
  if (closed.length > 0) throw new Refusal('slot-taken');
}

/** Ends a hold whose time goes over to something else or is not needed any more. */
export async function endHold(tx: Tx, hold: HeldTime, now: Temporal.Instant): Promise<void> {
  const freed = await freeTime(tx, hold.id, 'hold');
  await forgetHold(tx, hold.id);
  await allChanged(tx, freed, now);
}
