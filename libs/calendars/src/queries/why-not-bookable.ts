import type { Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { whyNotBookable, type WhyNotBookable } from '../rules/bookable.js';
import type { CalendarTerms } from './calendar-terms.js';

const intervals = (rows: { start: Date; end: Date }[]): Interval[] =>
  rows.map(({ start, end }) => ({ start: start.toTemporalInstant(), end: end.toTemporalInstant() }));

/** Whether a start is one of the calendar's free times at `now`. `ignored`: an appointment or hold whose time counts as free. */
export async function isFree(
  reader: Pick<Tx, 'query'>,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  ignored: string | null,
): Promise<boolean> {
  const rows = await reader.query(
    `select from free_starts($1, $2, $3, $4::timestamptz, $4::timestamptz + interval '1 microsecond', $5, $6)`,
    [terms.resourceId, terms.calendarId, terms.serviceId, start.toString(), now.toString(), ignored],
  );
  return rows.length === 1;
}

/**
 * The first reason why a visit cannot start at `start`, or null when it can.
 * `byStaff`: minimum notice and horizon bind patients only; the desk may book the next minute.
 */
export async function whyNot(
  reader: Pick<Tx, 'query'>,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  options: { ignored?: string | null; byStaff?: boolean } = {},
): Promise<WhyNotBookable | null> {
  if (!options.byStaff && (await isFree(reader, terms, start, now, options.ignored ?? null))) return null;
  if (!terms.published) return 'not-published';
  const around = [start.subtract({ hours: 12 }).toString(), start.add({ hours: 12 }).toString()];
  const rows = await reader.query<{ kind: 'opening' | 'busy'; start: Date; end: Date }>(
    `select 'opening' as kind, lower(during) as start, upper(during) as "end" from opening
      where calendar_id = $1 and during && tstzrange($3, $4)
     union all
     select 'busy', lower(during), upper(during) from occupation
      where resource_id = $2 and during && tstzrange($3, $4)
        and (expires_at is null or expires_at > $5) and owner_id is distinct from $6
      order by 2`,
    [terms.calendarId, terms.resourceId, ...around, now.toString(), options.ignored ?? null],
  );
  const openings = intervals(rows.filter(({ kind }) => kind === 'opening'));
  const busy = intervals(rows.filter(({ kind }) => kind === 'busy'));
  const today = now.toZonedDateTimeISO(terms.zone).toPlainDate();
  return whyNotBookable({
    start,
    now,
    earliest: options.byStaff ? now : now.add({ minutes: terms.minimumNoticeMinutes }),
    latest: today
      .add({ days: (options.byStaff ? 730 : terms.horizonDays) + 1 })
      .toZonedDateTime(terms.zone)
      .toInstant(),
    openings,
    drafts: [],
    busy,
    minutes: terms.minutes,
    bufferBefore: terms.bufferBefore,
    bufferAfter: terms.bufferAfter,
    grid: terms.grid,
    buffersMayLeaveOpening: terms.buffersMayLeaveOpening,
  });
}
