import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, type Tx } from '#libs/platform';
import { ownersOfVisit, visitsOfOwner } from './queries/whose-visit.js';

/** Visits that stand in a calendar: those that take place or may. */
const stands = `a.status in ('pending', 'booked', 'arrived', 'checked-in')`;

const connected = `n.purpose = 'visits' and n.state in ('connected', 'failing')`;

/** Writes down which visits are to be put, changed or taken out in people's own calendars. It asks Google nothing. */
@Injectable()
export class NoteEntries {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A visit changed: whoever has it in their calendar, or is to have it. Safe to repeat. */
  async run({ appointmentId }: { appointmentId: string }): Promise<void> {
    const [one] = await this.database.read(
      `select from appointment a cross join lateral ${ownersOfVisit} w join calendar_connection n on n.account_id = w.id
        where a.id = $1 and ${connected}
       union all
       select from calendar_entry e where e.appointment_id = $1
       limit 1`,
      [appointmentId],
    );
    if (!one) return;
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      await addEntries(
        tx,
        `appointment a cross join lateral ${ownersOfVisit} w join calendar_connection n on n.account_id = w.id
          where a.id = $2 and a.ends_at > $1`,
        appointmentId,
        now,
      );
      await this.wish(tx, 'e.appointment_id = $2', appointmentId, now);
    });
  }

  /** What a person wants to be said of their visits changed: every coming one. */
  async ofAccount(accountId: string): Promise<void> {
    const [connection] = await this.database.read<{ id: string }>(
      `select n.id from calendar_connection n where n.account_id = $1 and ${connected}`,
      [accountId],
    );
    if (connection) await this.database.transaction((tx) => this.ofConnection(tx, connection.id, this.clock.now()));
  }

  /** Every coming visit of a person, in the transaction that connects their calendar. */
  async ofConnection(tx: Tx, connectionId: string, now: Temporal.Instant): Promise<void> {
    await addEntries(
      tx,
      `calendar_connection n cross join lateral ${visitsOfOwner} a where n.id = $2`,
      connectionId,
      now,
    );
    await this.wish(tx, 'e.connection_id = $2', connectionId, now);
  }

  /**
   * The round each night: visits without an entry, entries that a visit has outrun, and those that are another's now, are
   * noted again.
   * @returns how many visits that were
   */
  async reconcile(): Promise<number> {
    const rows = await this.database.read<{ id: string }>(
      `select a.id from calendar_connection n cross join lateral ${visitsOfOwner} a
         left join calendar_entry e on e.connection_id = n.id and e.appointment_id = a.id
        where ${connected}
          and case when e.id is null then ${stands} else e.due_at is null and e.seen_version <> a.version end
       union
       select a.id from calendar_connection n
         join calendar_entry e on e.connection_id = n.id and e.state = 'put' and e.due_at is null
         join appointment a on a.id = e.appointment_id and a.ends_at > $1
        where ${connected} and not exists (select from ${ownersOfVisit} w where w.id = n.account_id)
        limit 10000`,
      [this.clock.now().toString()],
    );
    for (const { id } of rows) await this.run({ appointmentId: id });
    return rows.length;
  }

  private async wish(tx: Tx, which: string, id: string, now: Temporal.Instant): Promise<void> {
    const rows = await tx.query<{ id: string }>(
      `update calendar_entry e set wish = e.wish + 1, due_at = $1, attempts = 0
         from calendar_connection n, appointment a
        where n.id = e.connection_id and a.id = e.appointment_id and ${which} and ${connected} and a.ends_at > $1
        returning e.id`,
      [now.toString(), id],
    );
    for (const { id: entryId } of rows) await this.jobs.send(tx, 'calendar-entry-due', { entryId });
  }
}

/** Its name there is given now, so that it is the same however often it is put; random, so that it says nothing. */
async function addEntries(tx: Tx, among: string, id: string, now: Temporal.Instant): Promise<void> {
  await tx.query(
    `insert into calendar_entry (connection_id, appointment_id, event_id, due_at)
     select n.id, a.id, replace(gen_random_uuid()::text, '-', ''), $1
       from ${among} and ${connected} and ${stands}
      limit 1000
     on conflict on constraint calendar_entry_once do nothing`,
    [now.toString(), id],
  );
}
