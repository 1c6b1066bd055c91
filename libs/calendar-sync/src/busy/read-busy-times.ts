import { Inject, Injectable } from '@nestjs/common';
import { tellAccount } from '#libs/access';
import { KeepBusyTimes } from '#libs/appointments';
import { CLOCK, type Clock, Database, describeError, Jobs, log, Turns, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { type Connection, connectionById } from '../connection-rows.js';
import { failureOf, GoogleFailure } from '../google/google-failure.js';
import { type Caller, Google } from '../google/google.js';
import { type GoogleFault, stopsConnection } from '../rules/google-fault.js';
import { AskBusy, type CalendarSaid, learn, storeEvents } from './ask-busy.js';
import { busyOf, type CalendarRead, eventsOf, isStillConnected, type Reading, readingOf } from './reading-rows.js';
import { followsFromUnread, isReadAnew, neededWithin, readAgainAfter, readUntil } from './rules/reading-pace.js';
import { WatchBusyTimes } from './watch-busy-times.js';

/** Closures are made anew what is known after this, also when nothing was read: a clinic or a calendar may be new. */
const keptAnewMinutes = 30;
/** Whoever waits for another worker to finish reading the same calendar waits so long. */
const waitSeconds = 20;

/** It was disconnected, or connected anew, while Google was asked. */
class Overtaken extends Error {}

interface Learnt {
  calendar: CalendarRead;
  said: CalendarSaid;
  events: Map<string, Interval>;
  isChanged: boolean;
}

/**
 * Reads a practitioner's own calendars and closes what they are busy with. What cannot be read never counts as free: what
 * was known last stays, the owner is told within minutes, and after fifteen of them nothing is offered to the public any
 * more, unless the owner wished otherwise (F055). Everything comes back by itself with the first reading that goes well.
 */
@Injectable()
export class ReadBusyTimes {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly turns: Turns,
    private readonly google: Google,
    private readonly keep: KeepBusyTimes,
    private readonly watch: WatchBusyTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One worker at a time for one connection. Safe to repeat, and to die in the middle of. What Google refuses is not
   * thrown: it is written down, and read again later.
   */
  async run({ connectionId }: { connectionId: string }): Promise<void> {
    const turn = await this.turns.take(`busy:${connectionId}`, waitSeconds, () => this.read(connectionId));
    if (!turn.isTaken) throw new Error('another worker is reading it');
  }

  private async read(connectionId: string): Promise<void> {
    const connection = await connectionById(this.database, connectionId);
    const reading = await readingOf(this.database, connectionId, this.clock.now());
    if (!connection || !reading) return;
    const { caller } = connection;
    if (!caller || connection.state === 'ending' || connection.state === 'disconnected') return;
    // Before anything is asked: what changes from now on leads to another reading.
    await this.database.read(
      `update busy_reading set asked_at = null where connection_id = $1 returning connection_id`,
      [connectionId],
    );
    const known = await eventsOf(this.database, connectionId);
    // Agreed to anew, and which calendars count is not said yet: nobody knows whether they are busy.
    if (connection.state === 'choosing')
      return this.fail(connection, caller, reading, busyOf(known), new GoogleFailure('not-set-up'));
    try {
      const learnt = await this.ask(caller, reading, known);
      await this.succeed(caller, reading, learnt);
      await this.watch.run(caller, reading.calendars);
    } catch (thrown) {
      if (thrown instanceof Overtaken) return;
      // What cannot be understood or written down is as good as not read.
      await this.fail(connection, caller, reading, busyOf(known), thrown);
      // The rest is a fault of ours: the job comes again, and the log says where it is.
      if (!(thrown instanceof GoogleFailure) && !(thrown instanceof RangeError)) throw thrown;
    }
  }

  private async ask(
    caller: Caller,
    reading: Reading,
    known: ReadonlyMap<string, Map<string, Interval>>,
  ): Promise<Learnt[]> {
    const now = this.clock.now();
    const needed = neededWithin(now, reading.openUntil);
    const asking = new AskBusy(this.google, caller);
    const learnt: Learnt[] = [];
    for (const calendar of reading.calendars) {
      const said = await asking.calendar(calendar, {
        whole: isReadAnew(calendar, needed, now),
        now,
        until: readUntil(needed),
      });
      const ours = await this.ours(reading, said);
      const { zone } = reading;
      learnt.push({ calendar, said, ...learn(known.get(calendar.id) ?? new Map(), said, { ours, zone }) });
    }
    return learnt;
  }

  /**
   * Ids of events and of iCalendar that stand for visits with this very practitioner. A visit that they have themselves,
   * as somebody's patient, does keep them.
   */
  private async ours({ practitionerId }: Reading, { events }: CalendarSaid): Promise<Set<string>> {
    const rows = await this.database.read<{ id: string }>(
      `select e.event_id as id from calendar_entry e join appointment a on a.id = e.appointment_id
        where a.resource_id = $1 and e.event_id = any($2)
        union
       select a.ics_uid::text from appointment a where a.resource_id = $1 and a.ics_uid::text = any($3)`,
      [practitionerId, events.flatMap(({ id }) => id ?? []), events.flatMap(({ iCalUID }) => iCalUID ?? [])],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async succeed(caller: Caller, reading: Reading, learnt: readonly Learnt[]): Promise<void> {
    const now = this.clock.now();
    const write = (tx: Tx): Promise<void> => this.write(tx, caller, reading, learnt, now);
    const isDue = reading.keptAt === null || reading.keptAt.until(now).total('minutes') >= keptAnewMinutes;
    if (!isDue && !reading.isPaused && !learnt.some(({ isChanged }) => isChanged))
      return this.database.transaction(write);
    const busy = busyOf(new Map(learnt.map(({ calendar, events }) => [calendar.id, events])));
    await this.keep.run({ ...this.scopeOf(reading, now), busy, isPaused: false }, async (tx) => {
      await write(tx);
      await tx.query(`update busy_reading set kept_at = $2 where connection_id = $1`, [caller.id, now.toString()]);
    });
  }

  private async write(
    tx: Tx,
    caller: Caller,
    reading: Reading,
    learnt: readonly Learnt[],
    now: Temporal.Instant,
  ): Promise<void> {
    if (!(await isStillConnected(tx, caller))) throw new Overtaken();
    const until = readUntil(neededWithin(now, reading.openUntil)).toString();
    for (const { calendar, said, events, isChanged } of learnt) {
      const rows = await tx.query(
        `update busy_calendar set sync_token = $2, full_read_at = case when $3 then $4 else full_read_at end,
                covers_until = case when $3 then $5 else covers_until end
          where id = $1 returning id`,
        [calendar.id, said.syncToken, said.isWhole, now.toString(), until],
      );
      if (rows.length === 0) throw new Overtaken();
      if (isChanged) await storeEvents(tx, calendar.id, events);
    }
    await tx.query(
      `update busy_reading set read_at = $2, next_read_at = $3, unread_since = null, told_at = null, is_paused = false,
              attempts = 0
        where connection_id = $1`,
      [caller.id, now.toString(), now.add({ seconds: readAgainAfter({ attempts: 0 }, Math.random()) }).toString()],
    );
    await tx.query(
      `update calendar_connection set state = 'connected', failure = null, failed_at = null, last_ok_at = $2 where id = $1`,
      [caller.id, now.toString()],
    );
    if (reading.toldAt !== null) await this.tell(tx, reading, 'busy-read-again', now);
  }

  private async fail(
    connection: Connection,
    caller: Caller,
    reading: Reading,
    busy: readonly Interval[],
    thrown: unknown,
  ): Promise<void> {
    const { fault, retryAfterSeconds } = failureOf(thrown);
    // A calendar that is not there any more is read by nobody; only its owner can choose another.
    const isStopped = stopsConnection(fault) || fault === 'missing';
    log.warn({ event: 'calendar.not-read', code: fault });
    if (fault === 'refused' || !(thrown instanceof GoogleFailure))
      log.error({ event: 'calendar.refused', ...describeError(thrown) });
    const now = this.clock.now();
    const since = reading.readAt ?? reading.unreadSince ?? now;
    const follows = followsFromUnread({ since, isStopped, whenUnread: reading.whenUnread }, now);
    const seconds = readAgainAfter(
      {
        attempts: reading.attempts + 1,
        // Often enough to pause in time; then there is nothing more to be late with.
        isStopped: isStopped && (follows.isPaused || reading.whenUnread === 'keep'),
        wishedSeconds: retryAfterSeconds,
      },
      Math.random(),
    );
    const write = async (tx: Tx): Promise<void> => {
      if (!(await isStillConnected(tx, caller))) throw new Overtaken();
      const isToTell = follows.isTold && reading.toldAt === null;
      await tx.query(
        `update busy_reading set next_read_at = $2, unread_since = coalesce(unread_since, $3), is_paused = $4,
                told_at = case when $5 then $3 else told_at end, attempts = least(attempts + 1, 1000)
          where connection_id = $1`,
        [connection.id, now.add({ seconds }).toString(), now.toString(), follows.isPaused, isToTell],
      );
      await noteUnread(tx, caller, { fault, isStopped }, now);
      if (isToTell) await this.tell(tx, reading, 'busy-unread', now);
    };
    try {
      if (follows.isPaused === reading.isPaused) await this.database.transaction(write);
      else await this.keep.run({ ...this.scopeOf(reading, now), busy, isPaused: follows.isPaused }, write);
    } catch (again) {
      if (!(again instanceof Overtaken)) throw again;
    }
  }

  private scopeOf(
    reading: Reading,
    now: Temporal.Instant,
  ): { practitionerId: string; clinicIds: string[]; within: Interval } {
    const { practitionerId, clinicIds, openUntil } = reading;
    return { practitionerId, clinicIds, within: { start: now, end: readUntil(neededWithin(now, openUntil)) } };
  }

  private async tell(
    tx: Tx,
    reading: Reading,
    change: 'busy-unread' | 'busy-read-again',
    at: Temporal.Instant,
  ): Promise<void> {
    const { accountId, clinicIds } = reading;
    await tellAccount(tx, this.jobs, {
      accountId,
      clinicId: clinicIds[0] ?? null,
      kind: 'calendar-stopped',
      change,
      at,
    });
  }
}

/** `stopped`: only its owner can mend it. */
async function noteUnread(
  tx: Tx,
  { id }: Caller,
  { fault, isStopped }: { fault: GoogleFault; isStopped: boolean },
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `update calendar_connection set state = $2, failure = $3, failed_at = coalesce(failed_at, $4)
      where id = $1 and state <> 'choosing'`,
    [id, isStopped ? 'stopped' : 'failing', fault === 'missing' ? 'calendar-gone' : fault, at.toString()],
  );
}
