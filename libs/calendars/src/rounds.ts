import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, type Tx } from '#libs/platform';
import { type Interval, localDate, merge } from '#libs/time';
import { dropExpiredHolds } from './ledger.js';
import { daysChanged, publishedCalendar, replaceOpenings } from './openings-of-calendar.js';

/** Locks one resource unless someone else has it: then it is left for the next round. */
async function lockIfFree(tx: Tx, resourceId: string): Promise<boolean> {
  const rows = await tx.query(`select id from resource where id = $1 for no key update skip locked`, [resourceId]);
  return rows.length === 1;
}

/** Each resource in a transaction of its own, so that nobody waits long. @returns how many were done */
async function eachResource(
  database: Database,
  resourceIds: readonly string[],
  work: (tx: Tx, resourceId: string) => Promise<void>,
): Promise<number> {
  let done = 0;
  for (const resourceId of resourceIds) {
    done += await database.transaction(async (tx) => {
      if (!(await lockIfFree(tx, resourceId))) return 0;
      await work(tx, resourceId);
      return 1;
    });
  }
  return done;
}

/**
 * Deletes the time of holds and offers that ended, so that searches show it again. Verbs do not wait for it: they decide
 * expiry themselves.
 */
@Injectable()
export class SweepHolds {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<number> {
    const rows = await this.database.read<{ resource_id: string }>(
      `select resource_id from occupation where expires_at <= $1 and owner_kind in ('hold', 'offer')
        union
       select c.resource_id from seat s join group_session g on g.id = s.session_id join calendar c on c.id = g.calendar_id
        where s.expires_at <= $1 and s.owner_kind in ('hold', 'offer')`,
      [this.clock.now().toString()],
    );
    return eachResource(
      this.database,
      rows.map((row) => row.resource_id),
      (tx, resourceId) => dropExpiredHolds(tx, resourceId, this.clock.now()),
    );
  }
}

/** Brings free days up to date whose first time has come too near to be booked. */
@Injectable()
export class RefreshStaleDays {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<number> {
    const rows = await this.database.read<{ resource_id: string; first: string; last: string }>(
      `select c.resource_id, min(d.day)::text as first, max(d.day)::text as last
         from free_day d
         join calendar c on c.id = d.calendar_id
         join calendar_service cs on cs.calendar_id = d.calendar_id and cs.service_id = d.service_id
        where d.first_start < $1::timestamptz + make_interval(mins => greatest(
                (select max(minimum_notice_minutes) from calendar), (select max(minimum_notice_minutes) from calendar_service)))
          and d.first_start < $1::timestamptz
                + make_interval(mins => coalesce(cs.minimum_notice_minutes, c.minimum_notice_minutes))
        group by c.resource_id`,
      [this.clock.now().toString()],
    );
    const days = new Map(rows.map((row) => [row.resource_id, row]));
    return eachResource(this.database, [...days.keys()], async (tx, resourceId) => {
      const stale = days.get(resourceId);
      if (!stale) return;
      await daysChanged(
        tx,
        resourceId,
        Temporal.PlainDate.from(stale.first),
        Temporal.PlainDate.from(stale.last),
        this.clock.now(),
      );
    });
  }
}

/**
 * Redoes the free days of calendars that share a room or device whose time was taken or freed, each under its own lock; a
 * resource that someone has locked is left for the next round. Searches are right again within a second (architecture.md, 3);
 * a booking never relies on it.
 */
@Injectable()
export class RedoSharedDays {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<number> {
    const rows = await this.database.read<{ resource_id: string }>(`select distinct resource_id from stale_days`);
    return eachResource(
      this.database,
      rows.map((row) => row.resource_id),
      async (tx, resourceId) => {
        const marks = await tx.query<{ first: string; last: string }>(
          `delete from stale_days where resource_id = $1 returning first_day::text as first, last_day::text as last`,
          [resourceId],
        );
        const days = merge(marks.map(({ first, last }) => wholeDays(first, last)));
        for (const { start, end } of days) {
          await daysChanged(tx, resourceId, utcDay(start), utcDay(end).subtract({ days: 1 }), this.clock.now());
        }
      },
    );
  }
}

const utcDay = (instant: Temporal.Instant): Temporal.PlainDate => instant.toZonedDateTimeISO('UTC').toPlainDate();

/** Days as an interval, so that those that adjoin are done together. */
const wholeDays = (first: string, last: string): Interval => ({
  start: Temporal.PlainDate.from(first).toZonedDateTime('UTC').toInstant(),
  end: Temporal.PlainDate.from(last).add({ days: 1 }).toZonedDateTime('UTC').toInstant(),
});

/** Publishes the days that the horizon has reached since the last time, for every published calendar. */
@Injectable()
export class ExtendHorizon {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<number> {
    const due = await this.database.read<{ id: string; resource_id: string }>(
      `select c.id, c.resource_id from calendar c join branch b on b.id = c.branch_id
        where c.published and c.published_until < ($1::timestamptz at time zone b.zone)::date + c.horizon_days`,
      [this.clock.now().toString()],
    );
    let done = 0;
    for (const { id, resource_id: resourceId } of due) {
      done += await eachResource(this.database, [resourceId], async (tx) => {
        const now = this.clock.now();
        const calendar = await publishedCalendar(tx, id);
        const [row] = await tx.query<{ until: string }>(
          `select published_until::text as until from calendar where id = $1`,
          [id],
        );
        if (!calendar || !row) return;
        const today = localDate(now, calendar.zone);
        const next = Temporal.PlainDate.from(row.until).add({ days: 1 });
        const from = Temporal.PlainDate.compare(next, today) < 0 ? today : next;
        const to = today.add({ days: calendar.horizonDays + 1 });
        await replaceOpenings(tx, calendar, from, to);
        await tx.query(`update calendar set published_until = $2 where id = $1`, [
          id,
          to.subtract({ days: 1 }).toString(),
        ]);
        await daysChanged(tx, resourceId, from, to, now);
      });
    }
    return done;
  }
}
