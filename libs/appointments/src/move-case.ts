import type { Actor } from '#libs/access';
import { allChanged, type Claim, freeTime, keepSeat, take, timeOf } from '#libs/calendars';
import { type Jobs, Refusal, type Tx } from '#libs/platform';
import { type AppointmentRow, patientIsBusy, promisedStart } from './appointment-rows.js';
import type { Former } from './appointment.entity.js';
import { meetConditionsOfMove } from './booking-conditions.js';
import { freeOffers, settleAffected } from './offers.js';
import { nextStepOf, recordStep } from './record-step.js';
import { answerDue } from './rules/deadlines.js';
import type { Override } from './rules/override.js';
import type { ReasonCode } from './rules/reason-codes.js';
import { after, type Status } from './rules/status.js';
import type { UntoldCode } from './rules/untold-codes.js';
import { keepBeside, noteForUndo, standOf } from './stand.js';
import { claimTarget, type TargetSlot, toldOverride } from './target-slot.js';

/** A move of an appointment whose case is open: everything that it touches is locked. */
export interface OpenMove {
  actor: Actor;
  appointment: AppointmentRow;
  target: TargetSlot;
  /** The target was kept for them: the minimum notice may have passed meanwhile. */
  isHeld: boolean;
  /** The clinic itself offered the time, so that nobody waits for its answer. */
  isOffered?: boolean;
  now: Temporal.Instant;
  reason?: ReasonCode | null;
  note?: string | null;
  /** Staff move it to a time that is not free or not open, knowing what stands against it (F089). */
  override?: Override | null;
  /** Why staff chose that the portal does not tell the patient. */
  untold?: UntoldCode | null;
  /** Staff may undo it for ten seconds. */
  isUndoable?: boolean;
}

/**
 * Moves an appointment inside the caller's transaction, which has opened its case with the target's resources.
 * Refusals: `not-found` and `other-payer` of the target, `not-cancellable`, `wrong-state` it stands there, `slot-taken`,
 * `not-bookable` with why, `patient-busy`, those of `meetConditionsOfMove`.
 */
export async function moveCase(
  tx: Tx,
  jobs: Jobs,
  { actor, appointment, target, isHeld, isOffered = false, now, reason, note, override, ...how }: OpenMove,
): Promise<void> {
  const { id } = appointment;
  requireMovable(actor, appointment, target, now);
  await freeOffers(tx, appointment, now);
  const keepsStart = actor.kind === 'staff' && startsThere(appointment, target);
  const claim = await claimTarget(tx, target, {
    actor,
    now,
    ignored: id,
    isHeld,
    override: override ?? null,
    keepsStart,
  });
  if (await patientIsBusy(tx, appointment.patientId, target.visit, id)) throw new Refusal('patient-busy');
  if (!isOffered) await meetConditionsOfMove(tx, actor, appointment, target, now);
  const waits =
    appointment.status === 'pending' ||
    (actor.kind !== 'staff' && !isOffered && target.terms.confirmation === 'manual');
  if (how.isUndoable) await noteForUndo(tx, appointment);
  const former = waits ? await takeBeside(tx, appointment, claim, now) : await takeInstead(tx, appointment, claim, now);
  const status: Status = waits ? 'pending' : 'booked';
  const told = toldOverride(claim, override);
  await write(tx, appointment, target, { status, former, now });
  await settleAffected(tx, id, 'other-time', { actor, now });
  await recordStep(tx, jobs, {
    ...nextStepOf(appointment),
    at: now,
    kind: waits ? 'move-requested' : 'moved',
    actor,
    to: { status, visit: target.visit, resourceId: target.terms.resourceId },
    reasonCode: reason ?? null,
    ...told,
    reasonNote: note ?? told.reasonNote ?? null,
    untoldWhy: how.untold ?? null,
    isHeld: how.isUndoable ?? false,
  });
}

/** Whether at most the length changes. */
const startsThere = ({ calendarId, visit }: AppointmentRow, { terms, visit: wanted }: TargetSlot): boolean =>
  calendarId === terms.calendarId && Temporal.Instant.compare(visit.start, wanted.start) === 0;

/** Whether nothing would change. One that lost its opening may stand where it is again. */
const standsThere = (appointment: AppointmentRow, target: TargetSlot): boolean =>
  startsThere(appointment, target) &&
  appointment.serviceId === target.terms.serviceId &&
  Temporal.Instant.compare(appointment.visit.end, target.visit.end) === 0 &&
  !appointment.isOrphaned;

function requireMovable(actor: Actor, appointment: AppointmentRow, target: TargetSlot, now: Temporal.Instant): void {
  if (target.terms.clinicId !== appointment.clinicId) throw new Refusal('not-found');
  if (target.terms.payer !== appointment.payer) throw new Refusal('other-payer');
  const hasBegun = Temporal.Instant.compare(promisedStart(appointment), now) <= 0;
  if (after(appointment.status, 'move') === null || (actor.kind !== 'staff' && hasBegun))
    throw new Refusal('not-cancellable');
  // Nobody is told of a new time that is the old one, and no visit waits for its own time to be confirmed again.
  if (standsThere(appointment, target)) throw new Refusal('wrong-state', { why: 'already-there' });
}

/** The new time instead of the old one. */
async function takeInstead(tx: Tx, appointment: AppointmentRow, claim: Claim, now: Temporal.Instant): Promise<null> {
  const { id, clinicId } = appointment;
  const freed = await freeTime(tx, id, 'appointment');
  if (!(await take(tx, { kind: 'appointment', id, clinicId }, claim))) throw new Refusal('slot-taken');
  await allChanged(tx, [...freed, ...claim.touched], now);
  return null;
}

/**
 * The new time beside the old one, which stays taken until the clinic answers. Where the two overlap, only the rest of the
 * old one is kept in rows of its own, so that together they are exactly both times. A request that was never confirmed has
 * no old time to keep.
 */
async function takeBeside(
  tx: Tx,
  appointment: AppointmentRow,
  claim: Claim,
  now: Temporal.Instant,
): Promise<Former | null> {
  const { id, clinicId } = appointment;
  const former = appointment.status === 'pending' ? appointment.former : await formerOf(tx, appointment);
  const oldTime = await timeOf(tx, id, 'former');
  const freed = await freeTime(tx, id, 'appointment');
  if (oldTime.length > 0) freed.push(...(await freeTime(tx, id, 'former')));
  if (!(await take(tx, { kind: 'appointment', id, clinicId }, claim))) throw new Refusal('slot-taken');
  if (former && !(await keepBeside(tx, appointment, former, claim.takes))) throw new Refusal('slot-taken');
  // A seat that is only kept counts no more against quotas and full days.
  if (appointment.status !== 'pending' && former?.sessionId)
    freed.push({ resourceId: appointment.resourceId, during: appointment.visit });
  await allChanged(tx, [...freed, ...claim.touched], now);
  return former;
}

/** Where the appointment stands, so that a rejection can bring it back. A seat is kept as it is. */
async function formerOf(tx: Tx, appointment: AppointmentRow): Promise<Former> {
  const stand = await standOf(tx, appointment);
  const times = await timeOf(tx, appointment.id, 'appointment');
  const isSeated = (await keepSeat(tx, appointment.id, 'appointment', 'former')) !== null;
  if (!isSeated && times.length === 0) throw new Refusal('state-changed');
  return stand;
}

async function write(
  tx: Tx,
  appointment: AppointmentRow,
  { terms, visit, minutes = null }: TargetSlot,
  { status, former, now }: { status: Status; former: Former | null; now: Temporal.Instant },
): Promise<void> {
  // Nobody waits in vain for the old time: whatever comes first, it or the new one, bounds the wait for the answer.
  const old = promisedStart({ visit, former });
  const { compare } = Temporal.Instant;
  const soonest = compare(old, now) > 0 && compare(old, visit.start) < 0 ? old : visit.start;
  await tx.query(
    `update appointment
        set status = $2, branch_id = $3, calendar_id = $4, service_id = $5, resource_id = $6, starts_at = $7, ends_at = $8,
            promised_wall_time = $7::timestamptz at time zone $9, zone = $9, price_cents = $10, answer_due_at = $11,
            former = $12, minutes = $13, room = $14, orphaned_at = null, orphaned_why = null, orphan_kept_at = null, orphan_kept_by = null,
            version = version + 1, sequence = sequence + 1
      where id = $1`,
    [
      appointment.id,
      status,
      terms.branchId,
      terms.calendarId,
      terms.serviceId,
      terms.resourceId,
      visit.start.toString(),
      visit.end.toString(),
      terms.zone,
      terms.priceCents,
      status === 'pending' ? answerDue(now, soonest, terms.answerWithinHours).toString() : null,
      former ? JSON.stringify(former) : null,
      minutes,
      // The room that staff chose is the practitioner's of that place.
      terms.resourceId === appointment.resourceId && terms.branchId === appointment.branchId ? appointment.room : null,
    ],
  );
}
