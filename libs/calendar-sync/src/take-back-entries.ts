import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, log } from '#libs/platform';
import { type Connection, connectionById } from './connection-rows.js';
import { failureOf } from './google/google-failure.js';
import { type Caller, Google } from './google/google.js';
import { PutVisit } from './put-visit.js';
import { isPassing } from './rules/google-fault.js';

/** After a calendar was disconnected: takes out what was put, gives the permission back, and forgets it. */
@Injectable()
export class TakeBackEntries {
  constructor(
    private readonly database: Database,
    private readonly google: Google,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat. The calendar that we made goes too, unless the person put something of their own into it.
   * @param isLastTry what cannot be taken back now stays there; the person's page says so, and the permission is forgotten
   * @throws GoogleFailure when it is to be tried again
   */
  async run({ connectionId, isLastTry }: { connectionId: string; isLastTry: boolean }): Promise<void> {
    const connection = await connectionById(this.database, connectionId);
    if (connection?.state !== 'ending') return;
    let isLeft = false;
    try {
      if (connection.caller) await this.takeBack(connection, connection.caller);
    } catch (thrown) {
      const { fault } = failureOf(thrown);
      log.warn({ event: 'calendar.not-taken-back', code: fault });
      if (isPassing(fault) && !isLastTry) throw thrown;
      isLeft = true;
    }
    await this.forget(connection, isLeft);
    this.google.forget(connection);
  }

  private async takeBack({ id, kind, purpose, calendarId }: Connection, caller: Caller): Promise<void> {
    if (calendarId !== null) {
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
    // Google ends all that one person granted to us, so a permission stays while another connection may live on it.
    const [other] = await this.database.read(
      `select from calendar_connection n join calendar_connection o on o.account_id = n.account_id and o.id <> n.id
        where n.id = $1 and o.state in ('choosing', 'connected', 'failing')`,
      [id],
    );
    if (!other) await this.google.revoke(caller.token);
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
}
