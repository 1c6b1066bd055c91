import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { beginChange, changeResource, lockResources, requireMayClose } from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, rangeOf, Refusal, type Tx } from '#libs/platform';
import type { AppointmentRow } from './appointment-rows.js';
import { freeOffers } from './offers.js';
import { openCase } from './open-case.js';
import { unmarkCovered } from './orphan-marks.js';
import { nextStepOf, recordStep } from './record-step.js';
import { after } from './rules/status.js';

/**
 * The practitioner is back: the time is open again, from now on. Whoever was offered others and has chosen none keeps the
 * appointment, its held times are free, and they are told; what was chosen stays. Repeating it is harmless.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`.
 */
@Injectable()
export class EndAbsence {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, id }: { actor: Actor; id: string }): Promise<void> {
    await this.database.transaction((tx) => this.reopen(tx, actor, id));
    for (const appointmentId of await this.toReinstate(id)) await this.reinstate({ appointmentId });
  }

  private async reopen(tx: Tx, actor: Actor, id: string): Promise<void> {
    const [absence] = await tx.query<{ clinicId: string; resourceId: string; closureId: string }>(
      `select clinic_id as "clinicId", resource_id as "resourceId", closure_id as "closureId" from absence where id = $1`,
      [id],
    );
    if (!absence) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
    const { clinicId, resourceId, closureId } = absence;
    const { staffMemberId: by } = await requireMayClose(tx, actor, { clinicId, branchId: null, resourceId });
    await lockResources(tx, [resourceId]);
    const now = this.clock.now();
    const ended = await tx.query(`update absence set ended_at = $2 where id = $1 and ended_at is null returning id`, [
      id,
      now.toString(),
    ]);
    if (ended.length === 0) return;
    const [closure] = await tx.query(`select from closure where id = $1`, [closureId]);
    if (closure) {
      const change = { kind: 'reopen', closureIds: [closureId] } as const;
      const begun = await beginChange(tx, clinicId, change, { by, now });
      await changeResource(tx, clinicId, change, resourceId, { begun, now });
    }
    await unmarkCovered(tx, clinicId, [resourceId]);
  }

  /** Ends absences whose closure was taken back with the clinic's other closures. */
  async noticeReopened(): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(
        `update absence b set ended_at = $1
          where b.ended_at is null and not exists (select from closure k where k.id = b.closure_id)`,
        [this.clock.now().toString()],
      ),
    );
  }

  /** The appointments of ended absences whose patients still have to be told; of one absence or of all. */
  async toReinstate(absenceId: string | null = null): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `select f.appointment_id as id from affected_visit f join absence b on b.id = f.absence_id
        where b.ended_at is not null and ($1::uuid is null or b.id = $1)
          and f.state in ('waiting', 'offered', 'nothing-free', 'no-answer')
        order by f.id limit 500`,
      [absenceId],
    );
    return rows.map(({ id }) => id);
  }

  /** One patient keeps their appointment after all. */
  async reinstate({ appointmentId: id }: { appointmentId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const actor: Actor = { kind: 'system' };
      const { appointment, now } = await openCase(tx, this.clock, { actor, id, permission: 'appointments.change' });
      if (await isStillAway(tx, appointment)) return;
      const [open] = await tx.query<{ isTold: boolean }>(
        `update affected_visit f
            set state = 'withdrawn', answered_at = $2, answered_by_kind = 'system'
           from absence b
          where f.appointment_id = $1 and f.state in ('waiting', 'offered', 'nothing-free', 'no-answer')
            and b.id = f.absence_id and b.ended_at is not null
          returning f.event_id is not null as "isTold"`,
        [id, now.toString()],
      );
      if (!open) return;
      await freeOffers(tx, appointment, now);
      const hasBegun = Temporal.Instant.compare(appointment.visit.start, now) <= 0;
      if (!open.isTold || hasBegun || after(appointment.status, 'move') === null) return;
      await tx.query(`update appointment set version = version + 1, sequence = sequence + 1 where id = $1`, [id]);
      await recordStep(tx, this.jobs, {
        ...nextStepOf(appointment),
        at: now,
        kind: 'reinstated',
        actor,
        to: appointment,
      });
    });
  }
}

/**
 * Whether the practitioner is away for another reason when the visit is: then its patient goes on choosing, as of that
 * other absence, and what was offered stays held.
 */
async function isStillAway(tx: Tx, { id, clinicId, resourceId, visit }: AppointmentRow): Promise<boolean> {
  const [other] = await tx.query<{ id: string }>(
    `select b.id from absence b join closure k on k.id = b.closure_id
      where b.clinic_id = $1 and b.resource_id = $2 and b.ended_at is null and b.during && $3::tstzrange
      order by b.created_at, b.id limit 1`,
    [clinicId, resourceId, rangeOf(visit)],
  );
  if (!other) return false;
  await tx.query(
    `update affected_visit set absence_id = $2
      where id = (
        select f.id from affected_visit f join absence b on b.id = f.absence_id
         where f.appointment_id = $1 and b.ended_at is not null
           and f.state in ('waiting', 'offered', 'nothing-free', 'no-answer')
         order by f.state = 'no-answer' limit 1)
        and not exists (select from affected_visit o where o.appointment_id = $1 and o.absence_id = $2)`,
    [id, other.id],
  );
  await tx.query(
    `update affected_visit f set state = 'withdrawn', answered_at = b.ended_at, answered_by_kind = 'system'
       from absence b
      where f.appointment_id = $1 and b.id = f.absence_id and b.ended_at is not null
        and f.state in ('waiting', 'offered', 'nothing-free', 'no-answer')`,
    [id],
  );
  return true;
}
