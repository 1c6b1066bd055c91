import { isPublicHoliday, type Country } from '#libs/holidays';
import { rangeOf, type Tx } from '#libs/platform';
import { type Interval, merge, subtract, type WeeklyHours } from '#libs/time';
import { ordinaryDay } from './rules/day-rule.js';
import { expandOpenings } from './rules/openings.js';

/** A calendar as publishing needs it. */
export interface PublishedCalendar {
  id: string;
  clinicId: string;
  branchId: string;
  resourceId: string;
  zone: string;
  country: Country;
  horizonDays: number;
}

type Reader = Pick<Tx, 'query'>;

const calendarColumns = `c.id, c.clinic_id as "clinicId", c.branch_id as "branchId", c.resource_id as "resourceId", b.zone, k.country,
  c.horizon_days as "horizonDays"`;

export async function publishedCalendar(reader: Reader, calendarId: string): Promise<PublishedCalendar | undefined> {
  const [row] = await reader.query<PublishedCalendar>(
    `select ${calendarColumns} from calendar c join branch b on b.id = c.branch_id join clinic k on k.id = c.clinic_id where c.id = $1`,
    [calendarId],
  );
  return row;
}

interface HoursRow {
  weekday: number;
  starts: string;
  ends: string;
  valid_from: string;
  valid_to: string | null;
  every_nth_week: number;
  week_anchor: string;
}

/** The published or the drafted weekly hours of a calendar. */
export async function hoursOf(reader: Reader, calendarId: string, published: boolean): Promise<WeeklyHours[]> {
  const rows = await reader.query<HoursRow>(
    `select weekday, to_char(starts, 'HH24:MI') as starts, case when ends = '24:00' then '24:00' else to_char(ends, 'HH24:MI') end as ends,
            valid_from::text, valid_to::text, every_nth_week, week_anchor::text
       from working_hours where calendar_id = $1 and published = $2 order by weekday, starts, valid_from`,
    [calendarId, published],
  );
  return rows.map((row) => ({
    weekday: row.weekday,
    starts: row.starts,
    ends: row.ends,
    validFrom: Temporal.PlainDate.from(row.valid_from),
    validTo: row.valid_to === null ? null : Temporal.PlainDate.from(row.valid_to),
    everyNthWeek: row.every_nth_week,
    weekAnchor: Temporal.PlainDate.from(row.week_anchor),
  }));
}

/** The closures that touch a calendar from one instant to another: its clinic's, its branch's and its resource's own. */
export async function closuresOf(reader: Reader, calendar: PublishedCalendar, during: Interval): Promise<Interval[]> {
  const rows = await reader.query<{ start: Date; end: Date }>(
    `select lower(during) as start, upper(during) as "end" from closure
      where during && $4::tstzrange
        and clinic_id = $1
        and (resource_id = $3 or (resource_id is null and (branch_id is null or branch_id = $2)))`,
    [calendar.clinicId, calendar.branchId, calendar.resourceId, rangeOf(during)],
  );
  return rows.map(({ start, end }) => ({ start: start.toTemporalInstant(), end: end.toTemporalInstant() }));
}

const midnight = (day: Temporal.PlainDate, zone: string): Temporal.Instant => day.toZonedDateTime(zone).toInstant();

/** The openings that hours yield for the calendar's days from `from` until `to` (exclusive), holidays and closures applied. */
export async function yieldedOpenings(
  reader: Reader,
  calendar: PublishedCalendar,
  hours: readonly WeeklyHours[],
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<Interval[]> {
  const span = { start: midnight(from, calendar.zone), end: midnight(to, calendar.zone) };
  return expandOpenings({
    hours,
    closures: await closuresOf(reader, calendar, span),
    dayRule: (day) => ({ ...ordinaryDay(day), isOpen: !isPublicHoliday(calendar.country, day) }),
    zone: calendar.zone,
    from,
    to,
  });
}

/**
 * Makes the stored openings of a calendar, for its local days from `from` until `to` (exclusive), what its published hours
 * yield. Rows stay maximal: an opening that adjoins one outside these days is stored together with it. The caller holds the
 * resource's lock and refreshes the free days in a later statement.
 */
export async function replaceOpenings(
  tx: Tx,
  calendar: PublishedCalendar,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<void> {
  const span = { start: midnight(from, calendar.zone), end: midnight(to, calendar.zone) };
  const stored = await tx.query<{ id: string; start: Date; end: Date }>(
    `select id, lower(during) as start, upper(during) as "end" from opening
      where calendar_id = $1 and (during && $2::tstzrange or during -|- $2::tstzrange)`,
    [calendar.id, rangeOf(span)],
  );
  const outside = subtract(
    stored.map(({ start, end }) => ({ start: start.toTemporalInstant(), end: end.toTemporalInstant() })),
    [span],
  );
  const hours = await hoursOf(tx, calendar.id, true);
  const openings = merge([...outside, ...(await yieldedOpenings(tx, calendar, hours, from, to))]);
  await tx.query(`delete from opening where id = any($1::bigint[])`, [stored.map(({ id }) => id)]);
  await tx.query(`insert into opening (calendar_id, clinic_id, during) select $1, $2, unnest($3::tstzrange[])`, [
    calendar.id,
    calendar.clinicId,
    openings.map(rangeOf),
  ]);
}

/**
 * Brings the free days of a resource up to date after its openings changed on local days, both included, and raises its
 * version. A visit of the evening before may reach into them; and as the grid is counted from an opening's start, an
 * opening that now starts elsewhere moves all its times, so days are done to the end of whatever touches them.
 */
export async function daysChanged(
  tx: Tx,
  resourceId: string,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `with raised as (update resource set version = version + 1 where id = $1)
     select refresh_free_days($1, $2::date - 1, greatest($3::date, max((upper(o.during) at time zone b.zone)::date)), $4)
       from calendar c
       join branch b on b.id = c.branch_id
       left join opening o on o.calendar_id = c.id
         and o.during && tstzrange(($2::date - 1)::timestamp at time zone b.zone, ($3::date + 2)::timestamp at time zone b.zone)
      where c.resource_id = $1`,
    [resourceId, first.toString(), last.toString(), now.toString()],
  );
}
