import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, rangeOf, Refusal, type Tx } from '#libs/platform';
import { covers, type Interval, localDate, overlaps } from '#libs/time';
import { resourcesOf, takenOf, visitOf } from './claims.js';
import { allChanged, dropExpiredHolds, lockResources, takeTime, type Touched } from './ledger.js';
import { daysChanged } from './openings-of-calendar.js';
import { calendarTerms, type CalendarTerms } from './queries/calendar-terms.js';

/** Why a session was not planned. */
export type WhyNotPlanned = 'in-the-past' | 'outside-hours' | 'other-services' | 'taken' | 'no-room';

export interface PlannedSessions {
  planned: number;
  /** What was left out; the rest is planned all the same. */
  left: { start: Temporal.Instant; why: WhyNotPlanned }[];
}

/** Planned at one go; a year of two a day. */
const mostSessions = 750;

interface Hours {
  openings: Interval[];
  /** Hours in which other services only can be booked. */
  elsewhere: Interval[];
}

/**
 * Plans group visits or a vaccination line: sessions with seats that patients book one by one. Each takes the time of the
 * calendar's resource once, and of a room or device of each kind that the service needs (promise 1). They lie in published
 * hours, so that whatever closes the hours closes them too.
 * Refusals: `not-found` another clinic's calendar or a service that it does not offer, `not-allowed`, `invalid` with paths
 * `service` (code `calendars.sessions.not-by-session`), `seats` (`min`, `max`) and `from` (`too-many`, `required`).
 */
@Injectable()
export class PlanSessions {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param seats in each session, 1 to 500 */
  async run({
    actor,
    calendarId,
    serviceId,
    starts,
    seats,
  }: {
    actor: Actor;
    calendarId: string;
    serviceId: string;
    starts: readonly Temporal.Instant[];
    seats: number;
  }): Promise<PlannedSessions> {
    return this.database.transaction(async (tx) => {
      const peek = await calendarTerms(tx, calendarId, serviceId);
      if (!peek) throw new Refusal('not-found');
      requireStaff(actor, peek.clinicId, 'hours.edit', { practitionerId: peek.resourceId, branchId: peek.branchId });
      requirePlan(peek, starts, seats);
      const candidates = await resourcesOf(tx, peek);
      await lockResources(tx, candidates);
      const now = this.clock.now();
      for (const resourceId of candidates) await dropExpiredHolds(tx, resourceId, now);
      const terms = await calendarTerms(tx, calendarId, serviceId);
      if (!terms?.bySession) throw new Refusal('state-changed');
      const hours = await hoursAround(tx, terms, starts);
      const result: PlannedSessions = { planned: 0, left: [] };
      const touched: Touched[] = [];
      for (const start of starts) {
        const why = whyOutside(terms, hours, start, now) ?? (await planOne(tx, terms, start, seats, now, touched));
        if (why === null) result.planned += 1;
        else result.left.push({ start, why });
      }
      await brought(tx, terms, touched, now);
      return result;
    });
  }
}

function requirePlan(terms: CalendarTerms, starts: readonly Temporal.Instant[], seats: number): void {
  const wrong = (path: string, code: string): Refusal => new Refusal('invalid', { errors: [{ path, code }] });
  if (!terms.bySession) throw wrong('service', 'calendars.sessions.not-by-session');
  if (!Number.isInteger(seats) || seats < 1) throw wrong('seats', 'min');
  if (seats > 500) throw wrong('seats', 'max');
  if (starts.length === 0) throw wrong('from', 'calendars.sessions.no-days');
  if (starts.length > mostSessions) throw wrong('from', 'too-many');
}

const intervals = (rows: { start: Date; end: Date }[]): Interval[] =>
  rows.map(({ start, end }) => ({ start: start.toTemporalInstant(), end: end.toTemporalInstant() }));

async function hoursAround(tx: Tx, terms: CalendarTerms, starts: readonly Temporal.Instant[]): Promise<Hours> {
  const sorted = starts.toSorted(Temporal.Instant.compare);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return { openings: [], elsewhere: [] };
  const around = rangeOf({ start: first.subtract({ hours: 24 }), end: last.add({ hours: 24 }) });
  const openings = await tx.query<{ start: Date; end: Date }>(
    `select lower(during) as start, upper(during) as "end" from opening where calendar_id = $1 and during && $2::tstzrange`,
    [terms.calendarId, around],
  );
  const limits = await tx.query<{ start: Date; end: Date }>(
    `select lower(during) as start, upper(during) as "end" from opening_limit
      where calendar_id = $1 and during && $2::tstzrange and not $3::uuid = any(service_ids)`,
    [terms.calendarId, around, terms.serviceId],
  );
  return { openings: intervals(openings), elsewhere: intervals(limits) };
}

function whyOutside(
  terms: CalendarTerms,
  hours: Hours,
  start: Temporal.Instant,
  now: Temporal.Instant,
): WhyNotPlanned | null {
  if (Temporal.Instant.compare(start, now) <= 0) return 'in-the-past';
  const visit = visitOf(terms, start);
  if (!hours.openings.some((opening) => covers(opening, visit))) return 'outside-hours';
  return hours.elsewhere.some((limit) => overlaps(limit, visit)) ? 'other-services' : null;
}

/** Plans one session under the locks. @returns why it cannot be, or null: it is planned */
async function planOne(
  tx: Tx,
  terms: CalendarTerms,
  start: Temporal.Instant,
  seats: number,
  now: Temporal.Instant,
  touched: Touched[],
): Promise<WhyNotPlanned | null> {
  const during = takenOf(terms, start);
  const found = await tx.query<{ id: string | null }>(
    `select free_resource($1, $2, n, $4, $5, null) as id from unnest($3::text[]) n`,
    [terms.clinicId, terms.branchId, terms.needs, rangeOf(during), now.toString()],
  );
  const rooms = found.flatMap(({ id }) => id ?? []);
  if (rooms.length < terms.needs.length) return 'no-room';
  const [busy] = await tx.query(`select from occupation where resource_id = $1 and during && $2::tstzrange limit 1`, [
    terms.resourceId,
    rangeOf(during),
  ]);
  if (busy) return 'taken';
  const visit = visitOf(terms, start);
  const [session] = await tx.query<{ id: string }>(
    `insert into group_session (clinic_id, calendar_id, service_id, starts_at, ends_at, seats)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [terms.clinicId, terms.calendarId, terms.serviceId, visit.start.toString(), visit.end.toString(), seats],
  );
  if (!session) throw new Error('the session was not written');
  const takes = [terms.resourceId, ...rooms].map((resourceId) => ({ resourceId, during, counts: null }));
  if (!(await takeTime(tx, { kind: 'session', id: session.id, clinicId: terms.clinicId }, takes))) {
    throw new Error('time that was free under its lock was taken');
  }
  touched.push(...takes.map(({ resourceId }) => ({ resourceId, during })));
  return null;
}

/** Free days of all planned days at once; of rooms and devices one by one, because others share them. */
async function brought(
  tx: Tx,
  terms: CalendarTerms,
  touched: readonly Touched[],
  now: Temporal.Instant,
): Promise<void> {
  const own = touched.filter(({ resourceId }) => resourceId === terms.resourceId);
  await allChanged(
    tx,
    touched.filter(({ resourceId }) => resourceId !== terms.resourceId),
    now,
  );
  const days = own.map(({ during }) => localDate(during.start, terms.zone)).sort(Temporal.PlainDate.compare);
  const [first, last] = [days[0], days.at(-1)];
  if (first && last) await daysChanged(tx, terms.resourceId, first, last, now);
}
