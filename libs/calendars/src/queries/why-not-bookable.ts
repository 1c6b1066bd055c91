import { rangeOf, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { type Wish, whyNotBookable, type WhyNotBookable, whysNotBookable } from '../rules/bookable.js';
import { takenBy } from '../rules/visit.js';
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
  if (!options.byStaff && !terms.clinicPublished) return 'not-published';
  if (!options.byStaff && (await isFree(reader, terms, start, now, options.ignored ?? null))) return null;
  if (!terms.published) return 'not-published';
  if (terms.paused && !(options.byStaff && terms.bySession)) return 'paused';
  if (terms.bySession) return whyNoSeat(reader, terms, start, now, options);
  const why = whyNotBookable(await wishOf(reader, terms, start, now, options));
  if (why) return why;
  const [barred] = await reader.query<{ why: WhyNotBookable | null }>(`select why_barred($1, $2, $3, $4, $5) as why`, [
    terms.calendarId,
    terms.serviceId,
    start.toString(),
    now.toString(),
    options.ignored ?? null,
  ]);
  return barred?.why ?? (options.byStaff ? null : 'outside-hours');
}

/**
 * All reasons why a visit cannot start at `start` although staff ask for it, the first one as `whyNot` gives it: whoever
 * overrides one of them must not override another without knowing (F089).
 */
export async function whysNot(
  reader: Pick<Tx, 'query'>,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  options: { ignored?: string | null } = {},
): Promise<WhyNotBookable[]> {
  if (terms.bySession) {
    const why = await whyNot(reader, terms, start, now, { ...options, byStaff: true });
    return why ? [why] : [];
  }
  const wish = await wishOf(reader, terms, start, now, { ...options, byStaff: true });
  const plain = whysNotBookable(wish);
  const whys = terms.published
    ? plain
    : ['not-published' as const, ...plain.filter((each) => each !== 'outside-hours')];
  const paused = terms.paused ? ['paused' as const] : [];
  return [...whys, ...paused, ...(await whysBarred(reader, terms, start, now, options.ignored ?? null))];
}

/** What `why_barred` looks at, each for itself; the length is the terms', which staff may have chosen. */
async function whysBarred(
  reader: Pick<Tx, 'query'>,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  ignored: string | null,
): Promise<WhyNotBookable[]> {
  const [row] = await reader.query<{ whys: WhyNotBookable[] }>(
    `select array_remove(array[
        case when exists (
          select from opening_limit l
           where l.calendar_id = $1 and l.during && $6::tstzrange and not $2 = any (l.service_ids)) then 'other-services' end,
        case when full_days($1, $3, $3, $4, $5) @> $3::timestamptz then 'day-full' end,
        case when spent_quota($1, $2, $3, $3, $4, $5) @> $3::timestamptz then 'quota-used' end,
        case when exists (
          select from unnest($7::text[]) n where free_resource($8, $9, n, $10, $4, $5) is null) then 'no-room' end], null) as whys`,
    [
      terms.calendarId,
      terms.serviceId,
      start.toString(),
      now.toString(),
      ignored,
      rangeOf({ start, end: start.add({ minutes: terms.minutes }) }),
      terms.needs,
      terms.clinicId,
      terms.branchId,
      rangeOf(takenBy(start, terms)),
    ],
  );
  return row?.whys ?? [];
}

/** The openings and what is taken around a start. */
async function wishOf(
  reader: Pick<Tx, 'query'>,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  options: { ignored?: string | null; byStaff?: boolean },
): Promise<Wish> {
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
  return {
    start,
    now,
    ...bounds(terms, now, options.byStaff ?? false),
    openings: intervals(rows.filter(({ kind }) => kind === 'opening')),
    drafts: [],
    busy: intervals(rows.filter(({ kind }) => kind === 'busy')),
    minutes: terms.minutes,
    bufferBefore: terms.bufferBefore,
    bufferAfter: terms.bufferAfter,
    grid: terms.grid,
    buffersMayLeaveOpening: terms.buffersMayLeaveOpening,
  };
}

/** From when until when visits may start: the notice and the horizon bind patients only. */
function bounds(
  terms: CalendarTerms,
  now: Temporal.Instant,
  byStaff: boolean,
): { earliest: Temporal.Instant; latest: Temporal.Instant } {
  const today = now.toZonedDateTimeISO(terms.zone).toPlainDate();
  return {
    earliest: byStaff ? now : now.add({ minutes: terms.minimumNoticeMinutes }),
    latest: today
      .add({ days: (byStaff ? 730 : terms.horizonDays) + 1 })
      .toZonedDateTime(terms.zone)
      .toInstant(),
  };
}

/** The same for a service that is booked by seats in sessions. */
async function whyNoSeat(
  reader: Pick<Tx, 'query'>,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  options: { ignored?: string | null; byStaff?: boolean },
): Promise<WhyNotBookable | null> {
  if (Temporal.Instant.compare(start, now) < 0) return 'in-the-past';
  const { earliest, latest } = bounds(terms, now, options.byStaff ?? false);
  if (Temporal.Instant.compare(start, earliest) < 0) return 'too-soon';
  if (Temporal.Instant.compare(start, latest) >= 0) return 'too-far';
  const [session] = await reader.query<{ free: boolean; open: boolean; why: WhyNotBookable | null }>(
    `select g.seats > (select count(*) from seat s
                        where s.session_id = g.id and (s.expires_at is null or s.expires_at > $4)
                          and s.owner_id is distinct from $5) as free,
            exists (select from opening o
                     where o.calendar_id = $1 and o.during @> tstzrange(g.starts_at, g.ends_at)) as open,
            why_barred($1, $2, $3, $4, $5) as why
       from group_session g where g.calendar_id = $1 and g.service_id = $2 and g.starts_at = $3`,
    [terms.calendarId, terms.serviceId, start.toString(), now.toString(), options.ignored ?? null],
  );
  if (!session?.open) return 'outside-hours';
  if (!session.free) return 'taken';
  return session.why;
}
