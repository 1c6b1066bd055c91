import type { Actor } from '#libs/access';
import { type Jobs, Refusal, type Tx } from '#libs/platform';
import type { AppointmentRow } from './appointment-rows.js';
import { releaseAppointment } from './give-time-back.js';
import { freeOffers, settleAffected } from './offers.js';
import { nextStepOf, recordStep } from './record-step.js';
import type { ReasonCode } from './rules/reason-codes.js';
import { after } from './rules/status.js';
import type { UntoldCode } from './rules/untold-codes.js';
import { noteForUndo } from './stand.js';

/**
 * Cancels an appointment inside the caller's transaction, which has opened its case.
 * Refusals: `not-cancellable`.
 */
export async function cancelCase(
  tx: Tx,
  jobs: Jobs,
  {
    actor,
    appointment,
    now,
    reason,
    note,
    late,
    untold = null,
    isUndoable = false,
  }: {
    actor: Actor;
    appointment: AppointmentRow;
    now: Temporal.Instant;
    reason: ReasonCode;
    note: string | null;
    late: boolean;
    untold?: UntoldCode | null;
    /** Staff may undo it for ten seconds. */
    isUndoable?: boolean;
  },
): Promise<void> {
  if (after(appointment.status, 'cancel') === null) throw new Refusal('not-cancellable');
  if (isUndoable) await noteForUndo(tx, appointment);
  await freeOffers(tx, appointment, now);
  await settleAffected(tx, appointment.id, 'cancelled', { actor, now });
  const to = await releaseAppointment(tx, appointment, { now, reason, late });
  await recordStep(tx, jobs, {
    ...nextStepOf(appointment),
    at: now,
    kind: 'cancelled',
    actor,
    to,
    reasonCode: reason,
    reasonNote: note,
    untoldWhy: untold,
    isHeld: isUndoable,
  });
}
