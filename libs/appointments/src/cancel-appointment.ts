import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { type AppointmentRow, promisedStart } from './appointment-rows.js';
import { releaseAppointment } from './give-time-back.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { openCase } from './open-case.js';
import { recordStep } from './record-step.js';
import { isLateCancel } from './rules/deadlines.js';
import { after } from './rules/status.js';

/** Why a visit is cancelled, moved or rejected: the codes that history keeps. */
export const reasonCodes = [
  'patient-asked',
  'patient-ill',
  'clinic-practitioner-ill',
  'clinic-closed',
  'clinic-other',
  'duplicate',
  'expired',
  'other',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/**
 * Cancels a visit; its time is free for others in the same transaction (promise: seen within a second). A patient's cancel
 * after the calendar's deadline is possible and marked late; staff are exempt.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `state-changed`, `not-cancellable` it is over or already
 * cancelled, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class CancelAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    id,
    version,
    reason,
    note,
    request,
  }: {
    actor: Actor;
    id: string;
    version: number;
    reason?: ReasonCode | null;
    note?: string | null;
    request: Request;
  }): Promise<{ id: string; late: boolean }> {
    return inTurn(request, () =>
      this.database.transaction(async (tx) => {
        if (await carriedOutBefore(tx, request, id, this.clock.now())) {
          const [row] = await tx.query<{ late: boolean }>(`select late_cancel as late from appointment where id = $1`, [
            id,
          ]);
          return { id, late: row?.late ?? false };
        }
        const { appointment, now } = await openCase(tx, this.clock, {
          actor,
          id,
          version,
          permission: 'appointments.change',
        });
        const byPatient = actor.kind === 'guest' || actor.kind === 'patient';
        const hasBegun = Temporal.Instant.compare(promisedStart(appointment), now) <= 0;
        if (after(appointment.status, 'cancel') === null || (byPatient && hasBegun))
          throw new Refusal('not-cancellable');
        const late = byPatient && (await isLate(tx, appointment, now));
        const code = reason ?? (byPatient ? 'patient-asked' : 'clinic-other');
        const to = await releaseAppointment(tx, appointment, { now, reason: code, late });
        await recordStep(tx, this.jobs, {
          appointmentId: id,
          clinicId: appointment.clinicId,
          version: appointment.version + 1,
          sequence: appointment.sequence + 1,
          at: now,
          kind: 'cancelled',
          actor,
          from: appointment,
          to,
          reasonCode: code,
          reasonNote: note ?? null,
        });
        return { id, late };
      }),
    );
  }
}

/** Whether the clinic had promised a time and it is near; a request that was never confirmed can be taken back any time. */
async function isLate(tx: Tx, appointment: AppointmentRow, now: Temporal.Instant): Promise<boolean> {
  if (appointment.status !== 'booked' && !appointment.former) return false;
  const [calendar] = await tx.query<{ hours: number }>(
    `select late_cancel_hours as hours from calendar where id = $1`,
    [appointment.former?.calendarId ?? appointment.calendarId],
  );
  return isLateCancel(promisedStart(appointment), calendar?.hours ?? 0, now);
}
