import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { type AppointmentRow, promisedStart } from './appointment-rows.js';
import { cancelCase } from './cancel-case.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { openCase } from './open-case.js';
import { isLateCancel } from './rules/deadlines.js';
import type { ReasonCode } from './rules/reason-codes.js';
import { after } from './rules/status.js';
import type { UntoldCode } from './rules/untold-codes.js';

/**
 * Cancels a visit; its time is free for others in the same transaction (promise: seen within a second). A patient's cancel
 * after the calendar's deadline is possible and marked late; staff are exempt, and may undo theirs for ten seconds, after
 * which the patient is told.
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
    untold,
    request,
  }: {
    actor: Actor;
    id: string;
    version: number;
    reason?: ReasonCode | null;
    note?: string | null;
    /** Why the portal does not tell the patient; staff only. */
    untold?: UntoldCode | null;
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
        const byPatient = actor.kind === 'guest' || actor.kind === 'patient' || actor.kind === 'addressee';
        const hasBegun = Temporal.Instant.compare(promisedStart(appointment), now) <= 0;
        if (after(appointment.status, 'cancel') === null || (byPatient && hasBegun))
          throw new Refusal('not-cancellable');
        const late = byPatient && (await isLate(tx, appointment, now));
        const code = reason ?? (byPatient ? 'patient-asked' : 'clinic-other');
        const byStaff = actor.kind === 'staff';
        await cancelCase(tx, this.jobs, {
          actor,
          appointment,
          now,
          reason: code,
          note: note ?? null,
          late,
          untold: byStaff ? (untold ?? null) : null,
          isUndoable: byStaff,
        });
        return { id, late };
      }),
    );
  }
}

/**
 * Whether the clinic had promised a time and it is near; a request that was never confirmed can be taken back any time,
 * and so can a visit whose opening the clinic has withdrawn.
 */
async function isLate(tx: Tx, appointment: AppointmentRow, now: Temporal.Instant): Promise<boolean> {
  if (appointment.isOrphaned || (appointment.status !== 'booked' && !appointment.former)) return false;
  const [calendar] = await tx.query<{ hours: number }>(
    `select coalesce(cs.late_cancel_hours, c.late_cancel_hours) as hours
       from calendar c left join calendar_service cs on cs.calendar_id = c.id and cs.service_id = $2 where c.id = $1`,
    [appointment.former?.calendarId ?? appointment.calendarId, appointment.former?.serviceId ?? appointment.serviceId],
  );
  return isLateCancel(promisedStart(appointment), calendar?.hours ?? 0, now);
}
