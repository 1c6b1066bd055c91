import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { localDate } from '#libs/time';
import type { EventKind } from './appointment-event.entity.js';
import type { AppointmentRow } from './appointment-rows.js';
import { releaseAppointment } from './give-time-back.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { openCase } from './open-case.js';
import { nextStepOf, recordStep } from './record-step.js';
import { after, type DeskStep } from './rules/status.js';
import { noteForUndo } from './stand.js';

const kindOf = {
  arrive: 'arrived',
  admit: 'admitted',
  fulfil: 'fulfilled',
  miss: 'missed',
} as const satisfies Record<DeskStep, EventKind>;

/**
 * Notes what happens at the desk: the patient arrived, was asked in, was seen, or did not come (F088). Nobody is told by
 * letter. A missed visit gives its time back, as a cancelled one does; each step can be undone.
 * Refusals: `not-found`, `not-allowed`, `state-changed`, `wrong-state` the visit is not where the step begins, `not-yet` they
 * arrive before the day of the visit or miss it before it begins, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class StepAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    id,
    version,
    step,
    request,
  }: {
    actor: Actor;
    id: string;
    /** The version that the actor saw. */
    version: number;
    step: DeskStep;
    request: Request;
  }): Promise<{ id: string }> {
    return inTurn(request, () =>
      this.database.transaction(async (tx) => {
        if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
        const wish = { actor, id, version, permission: 'appointments.step' } as const;
        const { appointment, now } = await openCase(tx, this.clock, wish);
        const status = after(appointment.status, step);
        if (status === null) throw new Refusal('wrong-state');
        if (isTooEarly(step, appointment, now)) throw new Refusal('not-yet');
        if (step === 'miss') await miss(tx, appointment, now);
        else
          await tx.query(
            `update appointment set status = $2, version = version + 1, sequence = sequence + 1 where id = $1`,
            [id, status],
          );
        await recordStep(tx, this.jobs, {
          ...nextStepOf(appointment),
          at: now,
          kind: kindOf[step],
          actor,
          to: { ...appointment, status },
          tells: false,
        });
        return { id };
      }),
    );
  }
}

/** Nobody arrives on another day by mistake, and nobody has missed what has not begun. */
function isTooEarly(step: DeskStep, { visit, zone }: AppointmentRow, now: Temporal.Instant): boolean {
  if (step === 'miss') return Temporal.Instant.compare(now, visit.start) < 0;
  return Temporal.PlainDate.compare(localDate(now, zone), localDate(visit.start, zone)) < 0;
}

async function miss(tx: Tx, appointment: AppointmentRow, now: Temporal.Instant): Promise<void> {
  await noteForUndo(tx, appointment);
  await releaseAppointment(tx, appointment, { status: 'noshow', now, reason: null, late: false });
}
