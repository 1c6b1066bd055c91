import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { freeOffers, settleAffected } from './offers.js';
import { openCase } from './open-case.js';

/**
 * Ends what was offered to a patient who did not answer until the deadline: the times are free, and the appointment stands
 * on the work list. It does nothing when they answered meanwhile, so repeating it is harmless.
 */
@Injectable()
export class LapseOffers {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The appointments whose patients did not answer in time, at most 500. */
  async due(): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `select appointment_id as id from affected_visit where state = 'offered' and answer_by <= $1
        order by answer_by limit 500`,
      [this.clock.now().toString()],
    );
    return rows.map(({ id }) => id);
  }

  async run({ id }: { id: string }): Promise<{ lapsed: boolean }> {
    return this.database.transaction(async (tx) => {
      const actor: Actor = { kind: 'system' };
      const { appointment, now } = await openCase(tx, this.clock, { actor, id, permission: 'appointments.change' });
      const [due] = await tx.query(
        `select from affected_visit where appointment_id = $1 and state = 'offered' and answer_by <= $2`,
        [id, now.toString()],
      );
      if (!due) return { lapsed: false };
      await freeOffers(tx, appointment, now);
      await settleAffected(tx, id, 'no-answer', { actor, now });
      return { lapsed: true };
    });
  }
}
