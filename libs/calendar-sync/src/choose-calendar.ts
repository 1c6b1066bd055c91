import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, seal } from '#libs/platform';
import { type Connection, connectionOf, isAsRead } from './connection-rows.js';
import { failureOf } from './google/google-failure.js';
import { type Caller, Google } from './google/google.js';
import { type CalendarToChoose, listCalendars } from './google/list-calendars.js';
import { leaveCalendar } from './leave-calendar.js';
import { NoteEntries } from './note-entries.js';
import { stopsConnection } from './rules/google-fault.js';
import { ownerOfCalendar } from './owner-of-calendar.js';
import { stopConnection } from './stop-connection.js';

/** The calendars of a person at Google, and which of them their visits are put into. */
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
  async among(actor: Actor): Promise<CalendarToChoose[]> {
    const { caller } = await this.choosing(actor);
    try {
      return await listCalendars(this.google, caller, 'owner');
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
   * Every coming visit is put there. The same calendar as before keeps its entries; out of another one they are taken.
   * @throws Refusal as `among`; `not-found` for a calendar that is not theirs
   */
  async run({ actor, calendarId }: { actor: Actor; calendarId: string }): Promise<void> {
    const { caller, connection } = await this.choosing(actor);
    const chosen = (await this.among(actor)).find(({ id }) => id === calendarId);
    if (!chosen) throw new Refusal('not-found');
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      if (!(await isAsRead(tx, connection))) throw new Refusal('state-changed');
      if (connection.calendarId !== chosen.id)
        await leaveCalendar(tx, this.jobs, caller.id, { keepsPermission: false, at: now });
      const rows = await tx.query(
        `update calendar_connection set state = 'connected', calendar_sealed = $3, title_sealed = $4, since = $5
          where id = $1 and generation = $2 and state = 'choosing' returning id`,
        [caller.id, caller.generation, seal(chosen.id), seal(chosen.title), now.toString()],
      );
      if (rows.length === 0) throw new Refusal('state-changed');
      await this.entries.ofConnection(tx, caller.id, now);
    });
  }

  private async choosing(actor: Actor): Promise<{ connection: Connection; caller: Caller }> {
    const owner = ownerOfCalendar(actor, 'visits');
    const connection = await connectionOf(this.database, owner.accountId, 'visits');
    if (connection?.state !== 'choosing' || !connection.caller) throw new Refusal('wrong-state');
    return { connection, caller: connection.caller };
  }
}
