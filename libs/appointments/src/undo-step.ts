import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { allChanged, freeTime, takeSeat, type Touched } from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { type AppointmentRow, loadAppointment, patientIsBusy } from './appointment-rows.js';
import type { Former, Undo } from './appointment.entity.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { openCase } from './open-case.js';
import { markIfOutside } from './orphan-marks.js';
import { orTaken } from './or-taken.js';
import { lastStepOf } from './queries/last-step.js';
import { nextStepOf, recordStep } from './record-step.js';
import { restoreReferral } from './referral.js';
import type { Status } from './rules/status.js';
import { type LastStep, undoOf, undoSeconds } from './rules/undo.js';
import { keepBeside, resourcesOfStand, standOf, takesOf, takeStand } from './stand.js';

/**
 * Takes the last step back (domain.md, States of an appointment): what happened at the desk at any time; a move, a
 * cancellation or a rejection by staff within ten seconds, before the patient is told of it. Time that was given back is
 * taken again or the undoing is refused.
 * Refusals: `not-found`, `not-allowed`, `state-changed`, `too-late` the ten seconds are over or the patient was told, `wrong-state` the last step
 * cannot be undone, `slot-taken`, `patient-busy`, `referral-used`, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class UndoStep {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(wish: { actor: Actor; id: string; version: number; request: Request }): Promise<{ id: string }> {
    return inTurn(wish.request, () => orTaken(this.database.transaction((tx) => this.undo(tx, wish))));
  }

  private async undo(tx: Tx, { actor, id, version, request }: Parameters<UndoStep['run']>[0]): Promise<{ id: string }> {
    if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
    const peeked = await loadAppointment(tx, id);
    const { appointment, now } = await openCase(tx, this.clock, {
      actor,
      id,
      version,
      permission: 'appointments.step',
      otherResources: resourcesOfUndo(peeked?.undo ?? null),
    });
    const last = await lastStepOf(tx, id);
    const status = statusBefore(appointment, last, now);
    const to = status
      ? await inStatus(tx, appointment, status)
      : await standAgain(tx, actor, appointment, await undoNoted(tx, appointment), now);
    await recordStep(tx, this.jobs, {
      ...nextStepOf(appointment),
      at: now,
      kind: 'undone',
      actor,
      to,
      tells: false,
      undoes: last?.id ?? null,
    });
    return { id };
  }
}

/**
 * The state that comes back where the step took and freed no time; null: it stands again where it stood.
 * @throws Refusal `too-late`, `wrong-state`
 */
function statusBefore({ status }: AppointmentRow, last: LastStep | null, now: Temporal.Instant) {
  if (!undoOf(status, last, now)) throw new Refusal(last?.isHeld ? 'too-late' : 'wrong-state');
  if (status === 'arrived') return 'booked';
  if (status === 'checked-in') return 'arrived';
  return status === 'fulfilled' ? (last?.fromStatus ?? 'arrived') : null;
}

async function inStatus(tx: Tx, { id, visit, resourceId }: AppointmentRow, status: Status) {
  await tx.query(`update appointment set status = $2, version = version + 1, sequence = sequence + 1 where id = $1`, [
    id,
    status,
  ]);
  return { status, visit, resourceId };
}

/** Where it stood before the step. A visit that was brought in as missed stood booked where it still says it was. */
async function undoNoted(tx: Tx, appointment: AppointmentRow): Promise<Undo> {
  const { undo, version, status } = appointment;
  if (undo?.version === version) return undo;
  // The patient was told of it meanwhile, whatever this clock says.
  if (status !== 'noshow') throw new Refusal('too-late');
  const stand = await standOf(tx, appointment);
  return { version, status: 'booked', stand, former: null, answerDueAt: null, orphaned: null, hadReferral: false };
}

const resourcesOfUndo = (undo: Undo | null): string[] =>
  undo ? [...resourcesOfStand(undo.stand), ...(undo.former ? resourcesOfStand(undo.former) : [])] : [];

/** Takes the time again, the old one of a move that waited too, and writes the appointment as it was. */
async function standAgain(
  tx: Tx,
  actor: Actor,
  appointment: AppointmentRow,
  { status, stand, former, answerDueAt, orphaned, hadReferral }: Undo,
  now: Temporal.Instant,
): Promise<{ status: Status; visit: Interval; resourceId: string }> {
  const { id, clinicId, patientId } = appointment;
  // It may go back to somebody else's calendar, or to another branch.
  requireStaff(actor, clinicId, 'appointments.step', { practitionerId: stand.resourceId, branchId: stand.branchId });
  const visit = { start: Temporal.Instant.from(stand.startsAt), end: Temporal.Instant.from(stand.endsAt) };
  if (await patientIsBusy(tx, patientId, visit, id)) throw new Refusal('patient-busy');
  const touched: Touched[] = [...(await freeTime(tx, id, 'appointment')), ...(await freeTime(tx, id, 'former'))];
  const isOurs =
    (await takeStand(tx, { kind: 'appointment', id, clinicId }, stand)) &&
    (former === null || (await keepFormer(tx, appointment, former, stand)));
  if (!isOurs) throw new Refusal('slot-taken');
  if (hadReferral) await restoreReferral(tx, id);
  await tx.query(
    `update appointment
        set status = $2, answer_due_at = $3, former = $4, calendar_id = $5, service_id = $6, resource_id = $7, branch_id = $8,
            zone = b.zone, starts_at = $9, ends_at = $10, promised_wall_time = $9::timestamptz at time zone b.zone,
            price_cents = $11, minutes = $12, undo = null, cancel_reason = null, late_cancel = false,
            orphaned_at = $13, orphaned_why = $14, orphan_kept_at = $15, orphan_kept_by = $16, room = $17,
            version = version + 1, sequence = sequence + 1
       from branch b
      where appointment.id = $1 and b.id = $8`,
    [
      id,
      status,
      answerDueAt,
      former && JSON.stringify(former),
      stand.calendarId,
      stand.serviceId,
      stand.resourceId,
      stand.branchId,
      stand.startsAt,
      stand.endsAt,
      stand.priceCents,
      stand.minutes ?? null,
      orphaned?.at ?? null,
      orphaned?.why ?? null,
      orphaned?.keptAt ?? null,
      orphaned?.keptBy ?? null,
      stand.room ?? null,
    ],
  );
  // Of an absence, it waits for other times again.
  await tx.query(
    `update affected_visit set state = 'waiting', answered_at = null, answered_by_kind = null
      where id = (
        select id from affected_visit
         where appointment_id = $1 and state in ('cancelled', 'other-time') and answered_by_kind = 'staff' and answered_at >= $2
         order by answered_at desc, id limit 1)`,
    [id, now.subtract({ seconds: undoSeconds }).toString()],
  );
  touched.push(...takesOf(stand), ...(former ? takesOf(former) : []));
  if (stand.sessionId) touched.push({ resourceId: stand.resourceId, during: visit });
  await allChanged(tx, touched, now);
  await markIfOutside(tx, id, now);
  return { status, visit, resourceId: stand.resourceId };
}

async function keepFormer(tx: Tx, appointment: AppointmentRow, former: Former, stand: Former): Promise<boolean> {
  const { id, clinicId } = appointment;
  if (former.sessionId)
    return takeSeat(tx, { kind: 'former', id, clinicId }, former.sessionId, former.tariffCents ?? 0);
  return keepBeside(tx, appointment, former, takesOf(stand));
}
