import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs } from '#libs/platform';

/** In one round; the rest follows in the next. */
const most = 500;

/** The round each minute that brings back entries whose time to be tried again has come, or whose worker died. */
@Injectable()
export class RetryEntries {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many are tried again */
  run(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `select e.id from calendar_entry e join calendar_connection n on n.id = e.connection_id
          where e.due_at <= $1 and n.state in ('connected', 'failing')
            and (e.claimed_until is null or e.claimed_until <= $1)
          order by e.due_at limit $2`,
        [this.clock.now().toString(), most],
      );
      for (const { id: entryId } of rows) await this.jobs.send(tx, 'calendar-entry-due', { entryId });
      return rows.length;
    });
  }
}
