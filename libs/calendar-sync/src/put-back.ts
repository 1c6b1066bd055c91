import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireAccount } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal } from '#libs/platform';

/** The person deleted a visit from their calendar, is still booked, and wants it there again. */
@Injectable()
export class PutBack {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Done already is done. @throws Refusal `not-signed-in`; `not-found` for an entry that is not theirs */
  async run({ actor, entryId }: { actor: Actor; entryId: string }): Promise<void> {
    const { accountId } = requireAccount(actor);
    await this.database.transaction(async (tx) => {
      const [entry] = await tx.query<{ state: string }>(
        `select e.state from calendar_entry e join calendar_connection n on n.id = e.connection_id
          where e.id = $1 and n.account_id = $2 and n.state in ('connected', 'failing') for no key update of e`,
        [entryId, accountId],
      );
      if (!entry) throw new Refusal('not-found');
      if (entry.state !== 'deleted') return;
      await tx.query(
        `update calendar_entry
            set state = 'wanted', event_id = $2, etag = null, sequence = 0, fingerprint = null, put_starts_at = null,
                wish = wish + 1, due_at = $3, attempts = 0
          where id = $1`,
        [entryId, randomUUID().replaceAll('-', ''), this.clock.now().toString()],
      );
      await this.jobs.send(tx, 'calendar-entry-due', { entryId });
    });
  }
}
