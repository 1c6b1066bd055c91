import type { Actor } from '#libs/access';
import type { Jobs, Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { EventKind, Place } from './appointment-event.entity.js';
import { type AppointmentRow, historyActor, type StaffNamed } from './appointment-rows.js';
import type { OverrideKind, OverrideReason } from './rules/override.js';
import type { Status } from './rules/status.js';
import { heldSeconds } from './rules/undo.js';
import type { UntoldCode } from './rules/untold-codes.js';

/** One step of an appointment's history, and where it stood before. */
export interface StepTaken {
  appointmentId: string;
  clinicId: string;
  version: number;
  sequence: number;
  at: Temporal.Instant;
  kind: EventKind;
  actor: Actor | StaffNamed;
  from: { status: Status; visit: Interval; resourceId: string } | null;
  to: { status: Status; visit: Interval; resourceId: string };
  reasonCode?: string | null;
  reasonNote?: string | null;
  /** False where another step's letter tells of this one too, as the first of a series does of all. */
  tells?: boolean;
  /** Why staff chose that the portal does not tell; nobody is told then. */
  untoldWhy?: UntoldCode | null;
  /** Staff may undo it for ten seconds; its letter leaves after them. */
  isHeld?: boolean;
  /** The step that this one undoes. */
  undoes?: string | null;
  /** Against what staff did it knowingly, and why: both or none. */
  overrides?: readonly OverrideKind[];
  overrideWhy?: OverrideReason | null;
  /** Where it was and is, of a step that changes nothing else. */
  places?: { from: Place; to: Place };
  /** The move of the branch that it tells of. */
  branchMoveId?: string;
}

/** What every step of an appointment after its first one has: it raises the version and the invitation's SEQUENCE. */
export const nextStepOf = (appointment: AppointmentRow) => ({
  appointmentId: appointment.id,
  clinicId: appointment.clinicId,
  version: appointment.version + 1,
  sequence: appointment.sequence + 1,
  from: appointment,
});

/**
 * Writes the step into the history and the job that tells people of it, both in the verb's transaction (promises 5 and 6).
 * @returns the step's id
 */
export async function recordStep(tx: Tx, jobs: Jobs, step: StepTaken): Promise<string> {
  const who = historyActor(step.actor);
  const { isHeld = false } = step;
  const tells = (step.tells ?? true) && !step.untoldWhy;
  const [row] = await tx.query<{ id: string }>(
    `insert into appointment_event
       (clinic_id, appointment_id, version, at, kind, actor_kind, actor_id, actor_name, from_status, to_status,
        from_starts_at, from_ends_at, to_starts_at, to_ends_at, from_resource_id, to_resource_id, sequence, reason_code, reason_note, tells, held, undoes,
        untold_why, overrides, override_why, from_place, to_place, branch_move_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
             $24, $25, $26, $27, $28)
     returning id`,
    [
      step.clinicId,
      step.appointmentId,
      step.version,
      step.at.toString(),
      step.kind,
      who.kind,
      who.id,
      who.name,
      step.from?.status ?? null,
      step.to.status,
      step.from?.visit.start.toString() ?? null,
      step.from?.visit.end.toString() ?? null,
      step.to.visit.start.toString(),
      step.to.visit.end.toString(),
      step.from?.resourceId ?? null,
      step.to.resourceId,
      step.sequence,
      step.reasonCode ?? null,
      step.reasonNote ?? null,
      tells,
      isHeld,
      step.undoes ?? null,
      step.untoldWhy ?? null,
      step.overrides ?? [],
      step.overrideWhy ?? null,
      step.places ? JSON.stringify(step.places.from) : null,
      step.places ? JSON.stringify(step.places.to) : null,
      step.branchMoveId ?? null,
    ],
  );
  if (!row) throw new Error('the step was not written');
  for (const { resourceId } of step.from ? [step.from, step.to] : [step.to]) tx.hint(resourceId);
  const told = { appointmentId: step.appointmentId, eventId: row.id };
  await jobs.send(tx, 'appointment-changed', told, isHeld ? { afterSeconds: heldSeconds } : {});
  return row.id;
}
