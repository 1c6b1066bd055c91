import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { noteAttempt } from './ledger.js';

/** Writes down what a gateway says became of a message that it had taken. */
@Injectable()
export class NoteReceipt {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat, and in any order: the first final word stays (faults.md C5).
   * @param answer a code or a word of ours, no longer than 100 characters; never a number or a text
   * @returns false where the gateway's name for the message is not known
   */
  async run({
    providerId,
    state,
    answer,
  }: {
    providerId: string;
    state: 'delivered' | 'failed';
    answer: string | null;
  }): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const [notice] = await tx.query<{ id: string; isOver: boolean }>(
        `select id, delivered_at is not null or bounced_at is not null as "isOver" from notice
          where provider_id = $1 and state = 'sent' for no key update`,
        [providerId],
      );
      if (!notice) return false;
      if (notice.isOver) return true;
      await tx.query(
        `update notice set answer = coalesce($3, answer), delivered_at = case when $4 then $2::timestamptz end,
                bounced_at = case when not $4 then $2::timestamptz end, failure = case when not $4 then 'not-delivered' end
          where id = $1`,
        [notice.id, now.toString(), answer, state === 'delivered'],
      );
      const outcome = state === 'delivered' ? 'delivered' : 'bounced';
      await noteAttempt(tx, { id: notice.id, at: now, outcome, answer });
      return true;
    });
  }
}
