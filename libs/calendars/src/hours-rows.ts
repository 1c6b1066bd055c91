import type { Tx } from '#libs/platform';
import type { WeekParity } from '#libs/time';
import type { PublishedCalendar } from './openings-of-calendar.js';
import type { CalendarHours, DayRange, WeeklyRange } from './rules/calendar-hours.js';

type Reader = Pick<Tx, 'query'>;

interface WeeklyRow {
  weekday: number;
  starts: string;
  ends: string;
  valid_from: string;
  valid_to: string | null;
  every_nth_week: number;
  week_anchor: string;
  week_parity: WeekParity | null;
  service_ids: string[] | null;
}

interface DayRow {
  day: string;
  starts: string | null;
  ends: string | null;
  service_ids: string[] | null;
}

const wallTimes = `to_char(starts, 'HH24:MI') as starts, case when ends = '24:00' then '24:00' else to_char(ends, 'HH24:MI') end as ends`;

/** The published or the drafted hours of a calendar. */
export async function hoursOf(reader: Reader, calendarId: string, published: boolean): Promise<CalendarHours> {
  const weekly = await reader.query<WeeklyRow>(
    `select weekday, ${wallTimes}, valid_from::text, valid_to::text, every_nth_week, week_anchor::text, week_parity, service_ids
       from working_hours where calendar_id = $1 and published = $2 order by weekday, starts, valid_from, id`,
    [calendarId, published],
  );
  const days = await reader.query<DayRow>(
    `select day::text, ${wallTimes}, service_ids
       from day_hours where calendar_id = $1 and published = $2 order by day, starts, id`,
    [calendarId, published],
  );
  return { weekly: weekly.map(weeklyRangeOf), days: daysOf(days) };
}

/** The published weekly hours of every calendar of a clinic, by the calendar's id. */
export async function weeklyHoursOfClinic(reader: Reader, clinicId: string): Promise<Map<string, WeeklyRange[]>> {
  const rows = await reader.query<WeeklyRow & { calendar_id: string }>(
    `select h.calendar_id, weekday, ${wallTimes}, valid_from::text, valid_to::text, every_nth_week, week_anchor::text, week_parity, service_ids
       from calendar c join working_hours h on h.calendar_id = c.id and h.published
      where c.clinic_id = $1 order by h.calendar_id, weekday, starts, valid_from, h.id`,
    [clinicId],
  );
  const grouped = Map.groupBy(rows, (row) => row.calendar_id);
  return new Map([...grouped].map(([id, own]) => [id, own.map(weeklyRangeOf)]));
}

const weeklyRangeOf = (row: WeeklyRow): WeeklyRange => ({
  weekday: row.weekday,
  starts: row.starts,
  ends: row.ends,
  validFrom: Temporal.PlainDate.from(row.valid_from),
  validTo: row.valid_to === null ? null : Temporal.PlainDate.from(row.valid_to),
  everyNthWeek: row.every_nth_week,
  weekAnchor: Temporal.PlainDate.from(row.week_anchor),
  ...(row.week_parity && { weekParity: row.week_parity }),
  ...(row.service_ids && { serviceIds: row.service_ids }),
});

const daysOf = (rows: readonly DayRow[]): CalendarHours['days'] =>
  [...Map.groupBy(rows, ({ day }) => day)].map(([day, ranges]) => ({
    day: Temporal.PlainDate.from(day),
    ranges: ranges.flatMap(({ starts, ends, service_ids: serviceIds }): DayRange[] =>
      starts === null || ends === null ? [] : [{ starts, ends, ...(serviceIds && { serviceIds }) }],
    ),
  }));

/** Services as PostgreSQL reads them inside JSON; null: all. */
const servicesOf = ({ serviceIds }: Pick<DayRange, 'serviceIds'>): readonly string[] | null => serviceIds ?? null;

/** Makes these hours the calendar's draft, in place of any other. The caller holds the calendar's row. */
export async function writeDraft(
  tx: Tx,
  { id, clinicId }: Pick<PublishedCalendar, 'id' | 'clinicId'>,
  { weekly, days }: CalendarHours,
): Promise<void> {
  await forgetDraft(tx, id);
  await tx.query(
    `insert into working_hours
       (clinic_id, calendar_id, weekday, starts, ends, valid_from, valid_to, every_nth_week, week_anchor, week_parity, service_ids, published)
     select $1, $2, w.weekday, w.starts, w.ends, w.valid_from, w.valid_to, w.nth, w.anchor, w.parity, w.services, false
       from json_to_recordset($3) as w(
         weekday smallint, starts time, ends time, valid_from date, valid_to date, nth smallint, anchor date, parity text, services uuid[])`,
    [
      clinicId,
      id,
      JSON.stringify(
        weekly.map((each) => ({
          weekday: each.weekday,
          starts: each.starts,
          ends: each.ends,
          valid_from: each.validFrom,
          valid_to: each.validTo,
          nth: each.everyNthWeek,
          anchor: each.weekAnchor,
          parity: each.weekParity ?? null,
          services: servicesOf(each),
        })),
      ),
    ],
  );
  await tx.query(
    `insert into day_hours (clinic_id, calendar_id, day, starts, ends, service_ids, published)
     select $1, $2, d.day, d.starts, d.ends, d.services, false
       from json_to_recordset($3) as d(day date, starts time, ends time, services uuid[])`,
    [
      clinicId,
      id,
      JSON.stringify(
        days.flatMap(({ day, ranges }): object[] =>
          ranges.length === 0
            ? [{ day }]
            : ranges.map((each) => ({ day, starts: each.starts, ends: each.ends, services: servicesOf(each) })),
        ),
      ),
    ],
  );
  await tx.query(`update calendar set has_draft_hours = true where id = $1`, [id]);
}

/** Drops the draft, if there is one. The caller holds the calendar's row. */
export async function forgetDraft(tx: Tx, calendarId: string): Promise<void> {
  await tx.query(`delete from working_hours where calendar_id = $1 and not published`, [calendarId]);
  await tx.query(`delete from day_hours where calendar_id = $1 and not published`, [calendarId]);
  await tx.query(`update calendar set has_draft_hours = false where id = $1`, [calendarId]);
}

/**
 * Puts the draft in place of the published hours; an empty one says that the calendar offers nothing. Openings are not
 * touched. The caller holds the calendar's row.
 * @returns whether there was a draft
 */
export async function draftBecomesPublished(tx: Tx, calendarId: string): Promise<boolean> {
  const drafted = await tx.query(
    `update calendar set has_draft_hours = false where id = $1 and has_draft_hours returning id`,
    [calendarId],
  );
  if (drafted.length === 0) return false;
  await tx.query(`delete from working_hours where calendar_id = $1 and published`, [calendarId]);
  await tx.query(`update working_hours set published = true where calendar_id = $1`, [calendarId]);
  await tx.query(`delete from day_hours where calendar_id = $1 and published`, [calendarId]);
  await tx.query(`update day_hours set published = true where calendar_id = $1`, [calendarId]);
  return true;
}
