import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, seal } from '#libs/platform';
import type { Purpose } from './calendar-connection.entity.js';
import { type Connection, connectionOf } from './connection-rows.js';
import { failureOf } from './google/google-failure.js';
import { type Caller, Google } from './google/google.js';
import { type CalendarToChoose, listCalendars } from './google/list-calendars.js';
import { NoteEntries } from './note-entries.js';
import { stopsConnection } from './rules/google-fault.js';
import { ownerOfCalendar } from './rules/owner-of-calendar.js';
import { stopConnection } from './stop-connection.js';

/** Which a calendar must be, to be of use: visits are written, busy times only looked at. */
const leastRole: Record<Purpose, 'owner' | 'freeBusyReader'> = { visits: 'owner', busy: 'freeBusyReader' };

/** The calendars of a person at Google, and their choice among them. */
@Injectable()
export class ChooseCalendar {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly google: Google,
    private readonly entries: NoteEntries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The person's first calendar first.
   * @throws Refusal `not-signed-in`; `wrong-state` when nothing is to be chosen; `busy` when Google does not answer
   */
  async among({ actor, purpose }: { actor: Actor; purpose: Purpose }): Promise<CalendarToChoose[]> {
    const { caller } = await this.choosing(actor, purpose);
    try {
      return await listCalendars(this.google, caller, leastRole[purpose]);
    } catch (thrown) {
      const { fault } = failureOf(thrown);
      if (stopsConnection(fault)) {
        await this.database.transaction((tx) => stopConnection(tx, this.jobs, caller, fault, this.clock.now()));
        throw new Refusal('wrong-state');
      }
      throw new Refusal('busy', { retryAfterSeconds: 30 });
    }
  }

  /**
   * Every coming visit is put there. The same calendar as before keeps its entries.
   * @throws Refusal as `among`; `not-found` for a calendar that is not theirs
   */
  async run({ actor, purpose, calendarId }: { actor: Actor; purpose: Purpose; calendarId: string }): Promise<void> {
    const { caller, connection } = await this.choosing(actor, purpose);
    const chosen = (await this.among({ actor, purpose })).find(({ id }) => id === calendarId);
    if (!chosen) throw new Refusal('not-found');
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const rows = await tx.query(
        `update calendar_connection set state = 'connected', calendar_sealed = $3, title_sealed = $4, since = $5
          where id = $1 and generation = $2 and state = 'choosing' returning id`,
        [caller.id, caller.generation, seal(chosen.id), seal(chosen.title), now.toString()],
      );
      if (rows.length === 0) throw new Refusal('state-changed');
      if (connection.calendarId !== chosen.id)
        await tx.query(`delete from calendar_entry where connection_id = $1`, [caller.id]);
      if (purpose === 'visits') await this.entries.ofConnection(tx, caller.id, now);
    });
  }

  private async choosing(actor: Actor, purpose: Purpose): Promise<{ connection: Connection; caller: Caller }> {
    const owner = ownerOfCalendar(actor, purpose);
    if (!owner) throw new Refusal('not-signed-in');
    const connection = await connectionOf(this.database, owner.accountId, purpose);
    if (connection?.state !== 'choosing' || !connection.caller) throw new Refusal('wrong-state');
    return { connection, caller: connection.caller };
  }
}
