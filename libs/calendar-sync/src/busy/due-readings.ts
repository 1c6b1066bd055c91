import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, tokenHash } from '#libs/platform';

/** A reading that was handed out is handed out again after this, should nobody have finished it. */
const handedOutSeconds = 300;
const most = 500;
/** A word of Google's that led to no reading within this leads to another. */
const lostSeconds = 60;

/** Hands out the readings whose time has come: by the clock, or because Google said that something changed. */
@Injectable()
export class DueReadings {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The worker's round. @returns how many were handed out */
  run(): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const due = await tx.query<{ connectionId: string }>(
        `update busy_reading set next_read_at = $2
          where connection_id in (
            select connection_id from busy_reading where next_read_at <= $1
             order by next_read_at limit ${most} for update skip locked)
          returning connection_id as "connectionId"`,
        [now.toString(), now.add({ seconds: handedOutSeconds }).toString()],
      );
      for (const each of due) await this.jobs.send(tx, 'busy-times-due', each);
      return due.length;
    });
  }

  /**
   * Google says that a calendar changed. Many words at once lead to one reading: one that has not begun yet sees all.
   * @param secret what came with it
   * @param isNews whether anything is to be read
   * @returns whether there is such a channel; what nobody of ours opened is answered as if it were not there
   */
  noteChange({ channelId, secret, isNews }: { channelId: string; secret: string; isNews: boolean }): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      // Found by the hash, too: whoever guesses a channel learns from no answer whether there is one.
      const [row] = await tx.query<{ connectionId: string; askedAt: Date | null }>(
        `select r.connection_id as "connectionId", r.asked_at as "askedAt"
           from busy_calendar c join busy_reading r on r.connection_id = c.connection_id
          where c.channel_id = $1 and c.channel_hash = $2 for no key update of r`,
        [channelId, tokenHash(secret)],
      );
      if (!row) return false;
      if (!isNews) return true;
      const waiting = row.askedAt?.toTemporalInstant().until(now).total('seconds') ?? lostSeconds;
      if (waiting < lostSeconds) return true;
      const { connectionId } = row;
      await tx.query(`update busy_reading set asked_at = $2 where connection_id = $1`, [connectionId, now.toString()]);
      await this.jobs.send(tx, 'busy-times-due', { connectionId });
      return true;
    });
  }
}
