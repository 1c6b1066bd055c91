import { Database, isSealedByNewest, open, seal, type Tx } from '#libs/platform';
import { type Interval, merge } from '#libs/time';
import type { WhenUnread } from './busy-reading.entity.js';

/** A calendar that counts, with what is known of it. */
export interface CalendarRead {
  id: string;
  /** Google's name of it. */
  calendarId: string;
  syncToken: string | null;
  fullReadAt: Temporal.Instant | null;
  coversUntil: Temporal.Instant | null;
  channelId: string | null;
  channelResource: string | null;
  channelUntil: Temporal.Instant | null;
  watchAfter: Temporal.Instant | null;
}

/** Everything that a reading begins with. */
export interface Reading {
  connectionId: string;
  accountId: string;
  practitionerId: string;
  whenUnread: WhenUnread;
  readAt: Temporal.Instant | null;
  unreadSince: Temporal.Instant | null;
  toldAt: Temporal.Instant | null;
  isPaused: boolean;
  keptAt: Temporal.Instant | null;
  attempts: number;
  calendars: CalendarRead[];
  /** The clinics at which the owner of the connection is that practitioner today: only these are touched. */
  clinicIds: string[];
  /** The zone in which whole days are meant. */
  zone: string;
  /** The last moment that anybody can book. */
  openUntil: Temporal.Instant | null;
}

type Moments = 'readAt' | 'unreadSince' | 'toldAt' | 'keptAt' | 'openUntil';
interface Row extends Omit<Reading, Moments | 'calendars'>, Record<Moments, Date | null> {
  zone: string;
}
type CalendarMoments = 'fullReadAt' | 'coversUntil' | 'channelUntil' | 'watchAfter';
interface CalendarRow extends Omit<CalendarRead, CalendarMoments | 'calendarId'>, Record<CalendarMoments, Date | null> {
  calendarSealed: Buffer;
}

const moment = (date: Date | null): Temporal.Instant | null => date?.toTemporalInstant() ?? null;

/** The reading of a connection, or undefined: there is none any more. */
export async function readingOf(
  database: Database,
  connectionId: string,
  now: Temporal.Instant,
): Promise<Reading | undefined> {
  const [row] = await database.read<Row>(
    `select r.connection_id as "connectionId", n.account_id as "accountId", r.practitioner_id as "practitionerId",
            r.when_unread as "whenUnread", r.read_at as "readAt", r.unread_since as "unreadSince", r.told_at as "toldAt",
            r.is_paused as "isPaused", r.kept_at as "keptAt", r.attempts,
            array(select m.clinic_id from staff_member m
                   where m.account_id = n.account_id and m.practitioner_id = r.practitioner_id
                     and m.active_from <= $2::date and (m.active_to is null or m.active_to >= $2::date)
                   order by m.clinic_id) as "clinicIds",
            coalesce(c.zone, 'Europe/Riga') as zone, c.until as "openUntil"
       from busy_reading r
       join calendar_connection n on n.id = r.connection_id
       left join lateral (
         select min(b.zone) as zone,
                max(greatest(c.published_until, $2::date + c.horizon_days)::timestamp at time zone b.zone) + interval '2 days' as until
           from calendar c join branch b on b.id = c.branch_id where c.resource_id = r.practitioner_id) c on true
      where r.connection_id = $1`,
    [connectionId, now.toZonedDateTimeISO('Europe/Riga').toPlainDate().toString()],
  );
  if (!row) return undefined;
  const { readAt, unreadSince, toldAt, keptAt, openUntil, ...rest } = row;
  return {
    ...rest,
    readAt: moment(readAt),
    unreadSince: moment(unreadSince),
    toldAt: moment(toldAt),
    keptAt: moment(keptAt),
    openUntil: moment(openUntil),
    calendars: await calendarsOf(database, connectionId),
  };
}

/** The calendars that count for a connection. A name that an older key sealed is sealed anew, so that the key can go (S-3.6). */
export async function calendarsOf(database: Database, connectionId: string): Promise<CalendarRead[]> {
  const rows = await database.read<CalendarRow>(
    `select id, calendar_sealed as "calendarSealed", sync_token as "syncToken", full_read_at as "fullReadAt",
            covers_until as "coversUntil", channel_id as "channelId", channel_resource as "channelResource",
            channel_until as "channelUntil", watch_after as "watchAfter"
       from busy_calendar where connection_id = $1 order by id`,
    [connectionId],
  );
  for (const { id, calendarSealed } of rows)
    if (!isSealedByNewest(calendarSealed))
      await database.read(
        `update busy_calendar set calendar_sealed = $3 where id = $1 and calendar_sealed = $2 returning id`,
        [id, calendarSealed, seal(open(calendarSealed))],
      );
  return rows.map(({ calendarSealed, fullReadAt, coversUntil, channelUntil, watchAfter, ...row }) => ({
    ...row,
    calendarId: open(calendarSealed),
    fullReadAt: moment(fullReadAt),
    coversUntil: moment(coversUntil),
    channelUntil: moment(channelUntil),
    watchAfter: moment(watchAfter),
  }));
}

/** What is known of each calendar, by its row's id: the events that keep somebody busy, by their ids. */
export async function eventsOf(database: Database, connectionId: string): Promise<Map<string, Map<string, Interval>>> {
  const rows = await database.read<{ calendar: string; event: string; start: Date; end: Date }>(
    `select e.busy_calendar_id as calendar, e.event_id as event, lower(e.during) as start, upper(e.during) as "end"
       from busy_event e join busy_calendar c on c.id = e.busy_calendar_id where c.connection_id = $1`,
    [connectionId],
  );
  const found = new Map<string, Map<string, Interval>>();
  for (const { calendar, event, start, end } of rows) {
    const events = found.get(calendar) ?? new Map<string, Interval>();
    found.set(calendar, events.set(event, { start: start.toTemporalInstant(), end: end.toTemporalInstant() }));
  }
  return found;
}

/** All busy times of all calendars as one. */
export const busyOf = (known: ReadonlyMap<string, ReadonlyMap<string, Interval>>): Interval[] =>
  merge([...known.values()].flatMap((events) => [...events.values()]));

/** Whether a connection is still the one that was asked with; its row stays locked until the transaction ends. */
export async function isStillConnected(
  tx: Tx,
  { id, generation }: { id: string; generation: number },
): Promise<boolean> {
  const rows = await tx.query(
    `select from calendar_connection
      where id = $1 and generation = $2 and state in ('choosing', 'connected', 'failing', 'stopped')
        for no key update`,
    [id, generation],
  );
  return rows.length === 1;
}
