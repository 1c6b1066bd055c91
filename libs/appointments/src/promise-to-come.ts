import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { loadAppointment } from './appointment-rows.js';
import { requireMayChange } from './may-change.js';

/** The patient says that they come: a mark for staff beside the visit's time. Nothing is taken or freed by it. */
@Injectable()
export class PromiseToCome {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat: the first time counts. A visit that is moved afterwards is not promised any more.
   * @param start the start that they were told of
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`; `state-changed` when it is not booked for that start any more
   */
  async run({ actor, id, start }: { actor: Actor; id: string; start: Temporal.Instant }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const appointment = await loadAppointment(tx, id);
      if (!appointment) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
      await requireMayChange(tx, actor, appointment, 'appointments.change');
      const marked = await tx.query(
        `update appointment
            set patient_confirmed_at = case when patient_confirmed_start = starts_at then patient_confirmed_at else $3 end,
                patient_confirmed_start = starts_at
          where id = $1 and starts_at = $2 and status = 'booked'
          returning id`,
        [id, start.toString(), this.clock.now().toString()],
      );
      if (marked.length === 0) throw new Refusal('state-changed');
      tx.hint(appointment.resourceId);
    });
  }
}
