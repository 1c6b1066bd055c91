import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { KeepBusyTimes } from '#libs/appointments';
import { CLOCK, type Clock, Database, Jobs, Refusal, seal, type Tx, violated } from '#libs/platform';
import { type Connection, connectionOf } from '../connection-rows.js';
import { DisconnectCalendar } from '../disconnect-calendar.js';
import { failureOf } from '../google/google-failure.js';
import { type Caller, Google } from '../google/google.js';
import { type CalendarToChoose, listCalendars } from '../google/list-calendars.js';
import type { WhenUnread } from './busy-reading.entity.js';
import { calendarsOf } from './reading-rows.js';

/** A calendar of a practitioner's, and whether it counts. */
export interface BusyChoice extends CalendarToChoose {
  counts: boolean;
}

/** More calendars than anybody is busy in. */
export const mostCalendars = 10;

/** What a practitioner says of their own calendars: which count, what happens while they cannot be read, and that it is over. */
@Injectable()
export class OwnBusyCalendars {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly google: Google,
    private readonly disconnect: DisconnectCalendar,
    private readonly keep: KeepBusyTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The calendars of the practitioner at Google, asked for now: their names are kept nowhere.
   * @throws Refusal `not-allowed` who is no practitioner; `wrong-state` nothing is connected; `busy` Google does not answer
   */
  async among(actor: StaffActor): Promise<{ calendars: BusyChoice[]; whenUnread: WhenUnread }> {
    const { caller, connection } = await this.connected(actor);
    const counting = new Set((await calendarsOf(this.database, connection.id)).map(({ calendarId }) => calendarId));
    const isNew = counting.size === 0;
    const [kept] = await this.database.read<{ whenUnread: WhenUnread }>(
      `select when_unread as "whenUnread" from busy_reading where connection_id = $1`,
      [connection.id],
    );
    const calendars = await this.list(caller);
    return {
      calendars: calendars.map((each) => ({ ...each, counts: isNew ? each.isFirst : counting.has(each.id) })),
      whenUnread: kept?.whenUnread ?? 'close',
    };
  }

  /**
   * From now on these calendars count; they are read at once, from the beginning.
   * @throws Refusal as `among`; `invalid` none, too many or somebody else's; `state-changed` another account of the
   *   practitioner's is connected
   */
  async choose(
    actor: StaffActor,
    { calendarIds, whenUnread }: { calendarIds: readonly string[]; whenUnread: WhenUnread },
  ): Promise<void> {
    const { caller, connection, practitionerId } = await this.connected(actor);
    const chosen = new Set(calendarIds);
    if (chosen.size === 0 || chosen.size > mostCalendars)
      throw new Refusal('invalid', { errors: [{ path: 'calendars', code: 'choice' }] });
    const theirs = new Set((await this.list(caller)).map(({ id }) => id));
    if ([...chosen].some((id) => !theirs.has(id)))
      throw new Refusal('invalid', { errors: [{ path: 'calendars', code: 'choice' }] });
    await this.connect(connection, caller, { practitionerId, calendarIds: [...chosen], whenUnread });
  }

  /**
   * After the permission was given anew: goes on with the calendars that counted before, if all of them are still there.
   * @returns false: they are to be chosen
   * @throws Refusal as `among`
   */
  async goOn(actor: StaffActor): Promise<boolean> {
    const { caller, connection, practitionerId } = await this.connected(actor);
    const before = (await calendarsOf(this.database, connection.id)).map(({ calendarId }) => calendarId);
    if (before.length === 0) return false;
    const theirs = new Set((await this.list(caller)).map(({ id }) => id));
    if (before.some((id) => !theirs.has(id))) return false;
    await this.connect(connection, caller, { practitionerId, calendarIds: before, whenUnread: null });
    return true;
  }

  /**
   * What was closed by their calendars is open again at once; the worker gives the permission back. Done already is done.
   * @throws Refusal `not-allowed` who is no practitioner
   */
  async end(actor: StaffActor): Promise<void> {
    const practitionerId = practitionerOf(actor);
    await this.disconnect.run({ actor, purpose: 'busy' });
    // What another account of the same practitioner's closes is not this one's to open.
    const [theirs] = await this.database.read(
      `select from busy_reading r join calendar_connection n on n.id = r.connection_id
        where r.practitioner_id = $1 and n.account_id = $2`,
      [practitionerId, actor.accountId],
    );
    if (!theirs) return;
    const now = this.clock.now();
    const within = { start: now, end: now.add({ hours: 24 }) };
    const nothing = { practitionerId, clinicIds: [], busy: [], within, isPaused: false };
    await this.keep.run(nothing, async (tx) => {
      await tx.query(
        `update busy_reading set next_read_at = $2, is_paused = false where practitioner_id = $1
            and connection_id in (select id from calendar_connection where account_id = $3)`,
        [practitionerId, now.add({ hours: 24 }).toString(), actor.accountId],
      );
    });
  }

  private async connected(
    actor: StaffActor,
  ): Promise<{ connection: Connection; caller: Caller; practitionerId: string }> {
    const practitionerId = practitionerOf(actor);
    const connection = await connectionOf(this.database, actor.accountId, 'busy');
    if (!connection?.caller || connection.state === 'ending' || connection.state === 'disconnected')
      throw new Refusal('wrong-state');
    return { connection, caller: connection.caller, practitionerId };
  }

  private async list(caller: Caller): Promise<CalendarToChoose[]> {
    try {
      return await listCalendars(this.google, caller, 'freeBusyReader');
    } catch (thrown) {
      failureOf(thrown);
      throw new Refusal('busy', { retryAfterSeconds: 30 });
    }
  }

  private async connect(
    { id }: Connection,
    { generation }: Caller,
    wish: { practitionerId: string; calendarIds: readonly string[]; whenUnread: WhenUnread | null },
  ): Promise<void> {
    const known = await calendarsOf(this.database, id);
    await this.unlessAnother(async (tx) => {
      const now = this.clock.now().toString();
      const rows = await tx.query(
        `update calendar_connection set state = 'connected', calendar_sealed = $3, failure = null, failed_at = null
          where id = $1 and generation = $2 and state not in ('ending', 'disconnected') returning id`,
        [id, generation, seal('primary')],
      );
      if (rows.length === 0) throw new Refusal('state-changed');
      const [reading] = await tx.query(
        `insert into busy_reading (connection_id, practitioner_id, when_unread, next_read_at)
         values ($1, $2, coalesce($3, 'close'), $4)
         on conflict on constraint busy_reading_pkey do update
           set practitioner_id = excluded.practitioner_id, when_unread = coalesce($3, busy_reading.when_unread),
               next_read_at = excluded.next_read_at, kept_at = null, asked_at = null
         returning connection_id`,
        [id, wish.practitionerId, wish.whenUnread, now],
      );
      if (!reading) throw new Error('the reading was not written');
      await this.replaceCalendars(tx, id, known, wish.calendarIds);
      await this.jobs.send(tx, 'busy-times-due', { connectionId: id });
    });
  }

  /** @throws Refusal `state-changed` when another account of the same practitioner's is connected */
  private async unlessAnother(work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(work);
    } catch (thrown) {
      throw violated(thrown) === 'busy_reading_once' ? new Refusal('state-changed') : thrown;
    }
  }

  /** Every one is read from the beginning: a token of another permission would say nothing. */
  private async replaceCalendars(
    tx: Tx,
    connectionId: string,
    known: readonly { id: string; calendarId: string }[],
    wanted: readonly string[],
  ): Promise<void> {
    const gone = known.filter(({ calendarId }) => !wanted.includes(calendarId)).map(({ id }) => id);
    const come = wanted.filter((id) => !known.some(({ calendarId }) => calendarId === id));
    await tx.query(`delete from busy_calendar where id = any($1)`, [gone]);
    await tx.query(`update busy_calendar set sync_token = null where connection_id = $1`, [connectionId]);
    await tx.query(`insert into busy_calendar (connection_id, calendar_sealed) select $1, unnest($2::bytea[])`, [
      connectionId,
      come.map((id) => seal(id)),
    ]);
  }
}

/** @throws Refusal `not-allowed`: only who is a practitioner themselves has busy times */
function practitionerOf({ practitionerId }: StaffActor): string {
  if (practitionerId === null) throw new Refusal('not-allowed');
  return practitionerId;
}
