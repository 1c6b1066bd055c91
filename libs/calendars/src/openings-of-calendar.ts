import type { Country } from '#libs/holidays';
import { rangeOf, type Tx } from '#libs/platform';
import { type Interval, merge, subtract } from '#libs/time';
import { hoursOf } from './hours-rows.js';
import { dayRules } from './queries/days-of-clinic.js';
import type { CalendarHours } from './rules/calendar-hours.js';
import { leaveOut } from './rules/busy-times.js';
import { type LimitedTime, openTime, type OpenTime } from './rules/openings.js';

/** A calendar as publishing needs it. */
export interface PublishedCalendar {
  id: string;
  clinicId: string;
  branchId: string;
  resourceId: string;
  zone: string;
  country: Country;
  horizonDays: number;
  gridMinutes: number;
}

type Reader = Pick<Tx, 'query'>;

const calendarColumns = `c.id, c.clinic_id as "clinicId", c.branch_id as "branchId", c.resource_id as "resourceId", b.zone, b.country,
  c.horizon_days as "horizonDays", c.grid_minutes as "gridMinutes"`;

export async function publishedCalendar(reader: Reader, calendarId: string): Promise<PublishedCalendar | undefined> {
  const [row] = await reader.query<PublishedCalendar>(
    `select ${calendarColumns} from calendar c join branch b on b.id = c.branch_id where c.id = $1`,
    [calendarId],
  );
  return row;
}

/** The closures that touch a calendar from one instant to another: its clinic's, its branch's and its resource's own. */
export async function closuresOf(reader: Reader, calendar: PublishedCalendar, during: Interval): Promise<Interval[]> {
  const { closed, busy } = await closedAndBusy(reader, calendar, during);
  return [...closed, ...busy];
}

/** The same, and apart from it what the practitioner is busy with in a calendar of their own. */
async function closedAndBusy(
  reader: Reader,
  calendar: PublishedCalendar,
  during: Interval,
): Promise<{ closed: Interval[]; busy: Interval[] }> {
  const rows = await reader.query<{ start: Date; end: Date; kind: 'staff' | 'external' }>(
    `select lower(during) as start, upper(during) as "end", kind from closure
      where during && $4::tstzrange
        and clinic_id = $1
        and (resource_id = $3 or (resource_id is null and (branch_id is null or branch_id = $2)))`,
    [calendar.clinicId, calendar.branchId, calendar.resourceId, rangeOf(during)],
  );
  const ofKind = (wanted: 'staff' | 'external'): Interval[] =>
    rows
      .filter(({ kind }) => kind === wanted)
      .map(({ start, end }) => ({ start: start.toTemporalInstant(), end: end.toTemporalInstant() }));
  return { closed: ofKind('staff'), busy: ofKind('external') };
}

const midnight = (day: Temporal.PlainDate, zone: string): Temporal.Instant => day.toZonedDateTime(zone).toInstant();

/**
 * What hours yield for the calendar's days from `from` until `to` (exclusive), holidays and closures applied. Publishing,
 * the horizon's round and every preview ask this one function.
 */
export async function yieldedOpenings(
  reader: Reader,
  calendar: PublishedCalendar,
  hours: CalendarHours,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<OpenTime> {
  const span = { start: midnight(from, calendar.zone), end: midnight(to, calendar.zone) };
  const { closed, busy } = await closedAndBusy(reader, calendar, span);
  const open = openTime({
    hours: hours.weekly,
    days: hours.days,
    closures: closed,
    dayRule: await dayRules(reader, calendar, from, to),
    zone: calendar.zone,
    from,
    to,
  });
  return leaveOut(open, busy, { grid: calendar.gridMinutes, zone: calendar.zone });
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
  // A change that is only looked at locks no resource: it waits here for one that is made, or the one that is made for it.
  await tx.query(`select id from calendar where id = $1 for no key update`, [calendar.id]);
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
  const yielded = await yieldedOpenings(tx, calendar, hours, from, to);
  const openings = merge([...outside, ...yielded.openings]);
  await tx.query(`delete from opening where id = any($1::bigint[])`, [stored.map(({ id }) => id)]);
  await tx.query(`insert into opening (calendar_id, clinic_id, during) select $1, $2, unnest($3::tstzrange[])`, [
    calendar.id,
    calendar.clinicId,
    openings.map(rangeOf),
  ]);
  await replaceLimits(tx, calendar, span, yielded.limits);
}

/** Limits need not be maximal, so what lies outside the span is only cut. */
async function replaceLimits(
  tx: Tx,
  calendar: PublishedCalendar,
  span: Interval,
  limits: readonly LimitedTime[],
): Promise<void> {
  const gone = await tx.query<{ start: Date; end: Date; services: string[] }>(
    `delete from opening_limit where calendar_id = $1 and during && $2::tstzrange
     returning lower(during) as start, upper(during) as "end", service_ids as services`,
    [calendar.id, rangeOf(span)],
  );
  const outside = gone.flatMap(({ start, end, services }) =>
    subtract([{ start: start.toTemporalInstant(), end: end.toTemporalInstant() }], [span]).map((each) => ({
      ...each,
      serviceIds: services,
    })),
  );
  const rows = [...outside, ...limits].map((each) => ({ during: rangeOf(each), services: each.serviceIds }));
  if (rows.length === 0) return;
  await tx.query(
    `insert into opening_limit (calendar_id, clinic_id, during, service_ids)
     select $1, $2, l.during, l.services from json_to_recordset($3) as l(during tstzrange, services uuid[])`,
    [calendar.id, calendar.clinicId, JSON.stringify(rows)],
  );
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
  tx.hint(resourceId);
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
