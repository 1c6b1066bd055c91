import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import type { AppointmentRow } from './appointment-rows.js';
import { releaseAppointment, restoreFormer, dropFormer } from './give-time-back.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { freeOffers, settleAffected } from './offers.js';
import { openCase } from './open-case.js';
import { nextStepOf, recordStep } from './record-step.js';
import { after } from './rules/status.js';
import type { UntoldCode } from './rules/untold-codes.js';
import { noteForUndo } from './stand.js';

interface Decision {
  actor: Actor;
  id: string;
  /** The version that the actor saw. */
  version: number;
  request: Request;
}

/**
 * Confirms a request: it becomes booked. Of a moved appointment, the new time is kept and the old one given back.
 * Refusals: `not-found`, `not-allowed`, `state-changed`, `wrong-state` it is not pending, `in-progress`,
 * `idempotency-key-reused`.
 */
@Injectable()
export class ConfirmAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, id, version, request }: Decision): Promise<{ id: string }> {
    return inTurn(request, () =>
      this.database.transaction(async (tx) => {
        if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
        const { appointment, now } = await openCase(tx, this.clock, {
          actor,
          id,
          version,
          permission: 'appointments.decide',
        });
        if (after(appointment.status, 'confirm') !== 'booked') throw new Refusal('wrong-state');
        await tx.query(
          `update appointment
              set status = 'booked', answer_due_at = null, former = null, version = version + 1, sequence = sequence + 1
            where id = $1`,
          [id],
        );
        await dropFormer(tx, appointment, now);
        await recordStep(tx, this.jobs, {
          ...nextStepOf(appointment),
          at: now,
          kind: 'confirmed',
          actor,
          to: { ...appointment, status: 'booked' },
        });
        return { id };
      }),
    );
  }
}

/** Ends a request with no: the time is free again, or a moved appointment is back at its old time. */
async function decline(
  tx: Tx,
  jobs: Jobs,
  appointment: AppointmentRow,
  step: {
    kind: 'rejected' | 'expired';
    actor: Actor;
    now: Temporal.Instant;
    reason: string;
    note: string | null;
    untold?: UntoldCode | null;
  },
): Promise<void> {
  if (after(appointment.status, 'reject') !== 'cancelled') throw new Refusal('wrong-state');
  const isUndoable = step.actor.kind === 'staff';
  if (isUndoable) await noteForUndo(tx, appointment);
  await freeOffers(tx, appointment, step.now);
  await settleAffected(tx, appointment.id, 'cancelled', step);
  const to = appointment.former
    ? await restoreFormer(tx, appointment, appointment.former, step.now)
    : await releaseAppointment(tx, appointment, { now: step.now, reason: step.reason, late: false });
  await recordStep(tx, jobs, {
    ...nextStepOf(appointment),
    at: step.now,
    kind: step.kind,
    actor: step.actor,
    to,
    reasonCode: step.reason,
    reasonNote: step.note,
    untoldWhy: step.untold ?? null,
    isHeld: isUndoable,
  });
}

/**
 * Rejects a request: its time is free at once. A move that waited for the answer is undone: the old time was kept. Staff may
 * undo it for ten seconds, after which the patient is told, unless `untold` says why not.
 * Refusals: as `ConfirmAppointment`.
 */
@Injectable()
export class RejectAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    id,
    version,
    request,
    reason,
    note,
    untold,
  }: Decision & { reason: string; note?: string | null; untold?: UntoldCode | null }): Promise<{ id: string }> {
    return inTurn(request, () =>
      this.database.transaction(async (tx) => {
        if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
        const { appointment, now } = await openCase(tx, this.clock, {
          actor,
          id,
          version,
          permission: 'appointments.decide',
        });
        const why = { reason, note: note ?? null, untold: untold ?? null };
        await decline(tx, this.jobs, appointment, { kind: 'rejected', actor, now, ...why });
        return { id };
      }),
    );
  }
}

/**
 * Ends a request that the clinic did not answer in time; called by the worker. It does nothing when the request was
 * answered meanwhile, so repeating it is harmless.
 */
@Injectable()
export class ExpireAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ id }: { id: string }): Promise<{ expired: boolean }> {
    return this.database.transaction(async (tx) => {
      const actor: Actor = { kind: 'system' };
      const { appointment, now } = await openCase(tx, this.clock, { actor, id, permission: 'appointments.decide' });
      const [due] = await tx.query(
        `select from appointment where id = $1 and status = 'pending' and answer_due_at <= $2`,
        [id, now.toString()],
      );
      if (!due) return { expired: false };
      await decline(tx, this.jobs, appointment, { kind: 'expired', actor, now, reason: 'expired', note: null });
      return { expired: true };
    });
  }

  /** The requests whose answer is due by now, oldest first, at most 500. */
  async due(): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `select id from appointment where status = 'pending' and answer_due_at <= $1 order by answer_due_at limit 500`,
      [this.clock.now().toString()],
    );
    return rows.map((row) => row.id);
  }
}
