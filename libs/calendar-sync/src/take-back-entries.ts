import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, log } from '#libs/platform';
import { type Connection, connectionById, connectionOf, isPermissionInUse } from './connection-rows.js';
import { failureOf, GoogleFailure } from './google/google-failure.js';
import { type Caller, Google } from './google/google.js';
import { PutVisit } from './put-visit.js';
import { isPassing, stopsConnection } from './rules/google-fault.js';

/** After a calendar was disconnected, or left for another: takes out what was put, and forgets it. */
@Injectable()
export class TakeBackEntries {
  constructor(
    private readonly database: Database,
    private readonly google: Google,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat. The calendar that we made goes too, unless the person put something of their own into it. Who
   * disconnected gets the permission back; a calendar that was left for another is asked with the permission that it was
   * put with, or where that ended with the one that came after.
   * @param isLastTry what cannot be taken back now stays there; the person's page says so, and the permission is forgotten
   * @throws GoogleFailure when it is to be tried again
   */
  async run({ connectionId, isLastTry }: { connectionId: string; isLastTry: boolean }): Promise<void> {
    const connection = await connectionById(this.database, connectionId);
    if (connection?.state !== 'ending') return;
    let isLeft = false;
    try {
      await (connection.isFormer ? this.takeAlong(connection) : this.takeBack(connection));
    } catch (thrown) {
      const { fault } = failureOf(thrown);
      log.warn({ event: 'calendar.not-taken-back', code: fault });
      if (isPassing(fault) && !isLastTry) throw thrown;
      isLeft = true;
    }
    await (connection.isFormer ? this.forgetFormer(connection, isLeft) : this.forget(connection, isLeft));
    this.google.forget(connection);
  }

  private async takeBack(connection: Connection): Promise<void> {
    const { id, accountId, caller } = connection;
    if (!caller) return;
    await this.takeOut(connection, caller);
    // What they left before may be reached by this permission alone.
    const former = await this.database.read(
      `select from calendar_connection where account_id = $1 and is_former and state = 'ending'`,
      [accountId],
    );
    if (former.length > 0) throw new Error('a former calendar is still being taken back');
    if (!(await isPermissionInUse(this.database, accountId, id))) await this.google.revoke(caller.token);
  }

  /** Never gives the permission back: the calendar that came after may live on it. */
  private async takeAlong(former: Connection): Promise<void> {
    try {
      if (!former.caller) throw new GoogleFailure('access-ended');
      await this.takeOut(former, former.caller);
    } catch (thrown) {
      const next = await connectionOf(this.database, former.accountId, former.purpose);
      if (!stopsConnection(failureOf(thrown).fault) || !next?.caller || former.calendarId === null) throw thrown;
      const { calendarId } = former;
      // Another Google account says of everything that it is not there.
      await this.google.ask(next.caller, (api) => api.events.list({ calendarId, maxResults: 1 }));
      await this.takeOut(former, next.caller);
    }
  }

  private async takeOut({ id, kind, purpose, calendarId }: Connection, caller: Caller): Promise<void> {
    if (calendarId === null) return;
    const put = new PutVisit(this.google, caller, calendarId, () => Promise.resolve());
    for (const entry of await this.entriesOf(id)) {
      if (entry.isClaimed) throw new Error('a worker is still putting an entry');
      await put.remove(entry.eventId);
      await this.database.read(
        `update calendar_entry set state = 'removed', due_at = null where id = $1 returning id`,
        [entry.id],
      );
    }
    if (kind === 'own' && purpose === 'visits') await this.removeCalendar(caller, calendarId);
  }

  private entriesOf(connectionId: string): Promise<{ id: string; eventId: string; isClaimed: boolean }[]> {
    return this.database.read(
      `select id, event_id as "eventId", coalesce(claimed_until > $2, false) as "isClaimed" from calendar_entry
        where connection_id = $1 and state not in ('removed', 'deleted') order by id`,
      [connectionId, this.clock.now().toString()],
    );
  }

  private async removeCalendar(caller: Caller, calendarId: string): Promise<void> {
    try {
      const { items, nextPageToken } = await this.google.ask(caller, (api) =>
        api.events.list({ calendarId, maxResults: 1 }),
      );
      // A page of Google's may be empty although another follows.
      if ((items ?? []).length === 0 && !nextPageToken)
        await this.google.ask(caller, (api) => api.calendars.delete({ calendarId }));
    } catch (thrown) {
      const { fault } = failureOf(thrown);
      if (fault !== 'missing' && fault !== 'gone') throw thrown;
    }
  }

  private async forget({ id, generation }: Connection, isLeft: boolean): Promise<void> {
    await this.database.transaction(async (tx) => {
      const rows = await tx.query(
        `update calendar_connection
            set state = 'disconnected', failure = $3, failed_at = $4, calendar_sealed = null, title_sealed = null,
                token_sealed = null, scope = ''
          where id = $1 and generation = $2 and state = 'ending' returning id`,
        [id, generation, isLeft ? 'left-behind' : null, this.clock.now().toString()],
      );
      if (rows.length > 0) await tx.query(`delete from calendar_entry where connection_id = $1`, [id]);
    });
  }

  /** One that was left behind stays known, for a permission that reaches it, and for its owner's page. */
  private async forgetFormer({ id }: Connection, isLeft: boolean): Promise<void> {
    const gone = `delete from calendar_connection where id = $1 and state = 'ending' returning id`;
    const left = `update calendar_connection set state = 'left', token_sealed = null where id = $1 and state = 'ending' returning id`;
    await this.database.read(isLeft ? left : gone, [id]);
  }
}
