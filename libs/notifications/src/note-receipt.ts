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
   * Safe to repeat, and in any order: the first final word stays (faults.md C5). A message of which nobody knew whether the
   * gateway had taken it is known of from here on.
   * @param receipt the gateway's own name for the message, or the notice that its address names
   * @param answer a code or a word of ours, no longer than 100 characters; never a number or a text
   * @returns false where no such message is known
   */
  async run(
    receipt: ({ providerId: string } | { noticeId: string }) & { state: 'delivered' | 'failed'; answer: string | null },
  ): Promise<boolean> {
    const { state, answer } = receipt;
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const [notice] = await tx.query<{ id: string; isOver: boolean }>(
        `select id, delivered_at is not null or bounced_at is not null as "isOver" from notice
          where channel = 'sms' and ${'noticeId' in receipt ? 'id = $1::uuid' : 'provider_id = $1'}
            and (state in ('queued', 'sent') or failure = 'answer-lost')
          for no key update`,
        ['noticeId' in receipt ? receipt.noticeId : receipt.providerId],
      );
      if (!notice) return false;
      if (notice.isOver) return true;
      // A receipt may overtake the gateway's own answer; the ledger closes such a notice when the answer comes.
      await tx.query(
        `update notice
            set answer = coalesce($3, answer), delivered_at = case when $4 then $2::timestamptz end,
                bounced_at = case when not $4 then $2::timestamptz end,
                state = case when state = 'failed' then 'sent' else state end,
                sent_at = case when state = 'failed' then $2::timestamptz else sent_at end,
                failed_at = null, failure = case when not $4 then 'not-delivered' end
          where id = $1`,
        [notice.id, now.toString(), answer, state === 'delivered'],
      );
      const outcome = state === 'delivered' ? 'delivered' : 'bounced';
      await noteAttempt(tx, { id: notice.id, at: now, outcome, answer });
      return true;
    });
  }
}
