import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** How long a page says that a connection ended, or that something was left behind. */
const daysKept = 30;

/** The round each hour that forgets what leads nowhere any more. */
@Injectable()
export class ForgetConnections {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Ways to Google that nobody came back from, and connections that ended or were left, with no visit to come. */
  async run(): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      await tx.query(`delete from calendar_consent where expires_at < $1`, [now.toString()]);
      await tx.query(
        `delete from calendar_connection n where n.state in ('disconnected', 'left') and n.failed_at < $1
            and not exists (select from calendar_entry e join appointment a on a.id = e.appointment_id
                             where e.connection_id = n.id and e.state <> 'removed' and a.ends_at > $2)`,
        [now.subtract({ hours: daysKept * 24 }).toString(), now.toString()],
      );
    });
  }
}
