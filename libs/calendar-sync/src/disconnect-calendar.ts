import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs } from '#libs/platform';
import type { Purpose } from './calendar-connection.entity.js';
import { ownerOfCalendar } from './owner-of-calendar.js';

/** The person wants their calendar back as it was. */
@Injectable()
export class DisconnectCalendar {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * From now on nothing is put; the worker takes back what was, gives the permission back and forgets it. Done already is
   * done.
   * @throws Refusal `not-signed-in`
   */
  async run({ actor, purpose }: { actor: Actor; purpose: Purpose }): Promise<void> {
    const owner = ownerOfCalendar(actor, purpose);
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `update calendar_connection set state = 'ending', failed_at = $3
          where account_id = $1 and purpose = $2 and not is_former and state in ('choosing', 'connected', 'failing', 'stopped')
          returning id`,
        [owner.accountId, purpose, this.clock.now().toString()],
      );
      if (row) await this.jobs.send(tx, 'calendar-disconnected', { connectionId: row.id });
    });
  }
}
