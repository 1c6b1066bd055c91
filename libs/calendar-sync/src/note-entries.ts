import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, type Tx } from '#libs/platform';

/** Visits that stand in a calendar: those that take place or may. */
const stands = `a.status in ('pending', 'booked', 'arrived', 'checked-in')`;

/** Whose visit it is: of the account that booked it, or of the proven address that the clinic wrote down for it. */
const isTheirs = `(a.account_id = n.account_id or (a.account_id is null and exists (
  select from account x where x.id = n.account_id and x.email = a.contact_email and x.email_verified_at is not null)))`;

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
      `select from calendar_connection n join appointment a on a.id = $1
        where ${connected} and (${isTheirs} or exists (
          select from calendar_entry e where e.connection_id = n.id and e.appointment_id = a.id)) limit 1`,
      [appointmentId],
    );
    if (!one) return;
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      await addEntries(tx, 'a.id = $2', appointmentId, now);
      await this.wish(tx, 'e.appointment_id = $2', appointmentId, now);
    });
  }

  /** Every coming visit of a person, in the transaction that connects their calendar. */
  async ofConnection(tx: Tx, connectionId: string, now: Temporal.Instant): Promise<void> {
    await addEntries(tx, 'n.id = $2', connectionId, now);
    await this.wish(tx, 'e.connection_id = $2', connectionId, now);
  }

  /**
   * The round each night: entries that a visit has outrun, and visits without an entry, are noted again.
   * @returns how many visits that were
   */
  async reconcile(): Promise<number> {
    const rows = await this.database.read<{ id: string }>(
      `select a.id from calendar_connection n
         join appointment a on ${isTheirs} and a.ends_at > $1
         left join calendar_entry e on e.connection_id = n.id and e.appointment_id = a.id
        where ${connected}
          and case when e.id is null then ${stands} else e.due_at is null and e.seen_version <> a.version end
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
async function addEntries(tx: Tx, which: string, id: string, now: Temporal.Instant): Promise<void> {
  await tx.query(
    `insert into calendar_entry (connection_id, appointment_id, event_id, due_at)
     select n.id, a.id, replace(gen_random_uuid()::text, '-', ''), $1
       from calendar_connection n join appointment a on ${isTheirs}
      where ${which} and ${connected} and ${stands} and a.ends_at > $1
      limit 1000
     on conflict on constraint calendar_entry_once do nothing`,
    [now.toString(), id],
  );
}
