import { rangeOf, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { type Owner, type Take, takeSeat, takeTime, type Touched } from './ledger.js';
import type { CalendarTerms } from './queries/calendar-terms.js';
import { takenBy } from './rules/visit.js';

/** What a visit takes, decided under the locks: time of its resources, or a seat in a session. */
export interface Claim {
  takes: readonly Take[];
  seat: { sessionId: string; tariffCents: number } | null;
  /** Whose free times change with it. */
  touched: readonly Touched[];
}

/**
 * The resources that a visit for an offer may need: the calendar's own, and every room or device that could serve it. All
 * of them are locked before one is chosen, never `SKIP LOCKED` (promise 2).
 */
export async function resourcesOf(reader: Pick<Tx, 'query'>, terms: CalendarTerms): Promise<string[]> {
  if (terms.needs.length === 0) return [terms.resourceId];
  const rows = await reader.query<{ id: string }>(
    `select id from resource where branch_id = $1 and capability = any($2) and active`,
    [terms.branchId, terms.needs],
  );
  return [terms.resourceId, ...rows.map(({ id }) => id)];
}

/** The visit of an offer that starts then. */
export function visitOf(terms: CalendarTerms, start: Temporal.Instant): Interval {
  return { start, end: start.add({ minutes: terms.minutes }) };
}

/** The visit of an offer with its buffers. */
export const takenOf = (terms: CalendarTerms, start: Temporal.Instant): Interval => takenBy(start, terms);

/**
 * What a visit at `start` takes, or null when no room or device is free, or no session is held whose room is open. The caller holds the locks
 * of `resourcesOf`, dropped their expired holds, and has asked `whyNot`.
 * @param ignored an appointment or hold whose own time counts as free
 */
export async function claimAt(
  tx: Tx,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  ignored: string | null,
): Promise<Claim | null> {
  if (terms.bySession) return seatAt(tx, terms, start);
  const during = takenOf(terms, start);
  const rooms = await roomsFor(tx, terms, during, now, ignored);
  if (rooms.length < terms.needs.length) return null;
  return claimOf(terms, start, during, rooms);
}

/**
 * What a visit takes that staff book although its time is not free or not open (F089): lane 0 where the time is not taken,
 * else the lowest lane that is free; rooms and devices where one is free.
 */
export async function overridingClaim(
  tx: Tx,
  terms: CalendarTerms,
  start: Temporal.Instant,
  now: Temporal.Instant,
  options: { ignored: string | null; reason: string },
): Promise<Claim> {
  const during = takenOf(terms, start);
  const [free] = await tx.query<{ lane: number }>(
    `select min(l) as lane from generate_series(0, 100) l
      where not exists (
        select from occupation o
         where o.resource_id = $1 and o.lane = l and o.during && $2::tstzrange and o.owner_id is distinct from $3)`,
    [terms.resourceId, rangeOf(during), options.ignored],
  );
  const rooms = await roomsFor(tx, terms, during, now, options.ignored);
  const claim = claimOf(terms, start, during, rooms);
  const override = { lane: free?.lane ?? 101, reason: options.reason };
  return { ...claim, takes: claim.takes.map((take) => (take.counts ? { ...take, override } : take)) };
}

function claimOf(terms: CalendarTerms, start: Temporal.Instant, during: Interval, rooms: readonly string[]): Claim {
  const { calendarId, serviceId, tariffCents } = terms;
  const counts = { calendarId, serviceId, visit: visitOf(terms, start), tariffCents };
  const takes: Take[] = [
    { resourceId: terms.resourceId, during, counts },
    ...rooms.map((resourceId) => ({ resourceId, during, counts: null })),
  ];
  return { takes, seat: null, touched: takes.map(({ resourceId }) => ({ resourceId, during })) };
}

async function roomsFor(
  tx: Tx,
  terms: CalendarTerms,
  during: Interval,
  now: Temporal.Instant,
  ignored: string | null,
): Promise<string[]> {
  if (terms.needs.length === 0) return [];
  const rows = await tx.query<{ id: string | null }>(
    `select free_resource($1, $2, n, $4, $5, $6) as id from unnest($3::text[]) n`,
    [terms.clinicId, terms.branchId, terms.needs, rangeOf(during), now.toString(), ignored],
  );
  return rows.flatMap(({ id }) => id ?? []);
}

async function seatAt(tx: Tx, terms: CalendarTerms, start: Temporal.Instant): Promise<Claim | null> {
  const [session] = await tx.query<{ id: string; start: Date; end: Date }>(
    `select id, starts_at as start, ends_at as "end" from group_session g
      where calendar_id = $1 and service_id = $2 and starts_at = $3
        and not exists (
          select from occupation o
            join closure k on k.clinic_id = o.clinic_id and k.resource_id = o.resource_id and k.during && o.during
           where o.owner_id = g.id and o.owner_kind = 'session' and o.resource_id <> $4)`,
    [terms.calendarId, terms.serviceId, start.toString(), terms.resourceId],
  );
  if (!session) return null;
  const during = { start: session.start.toTemporalInstant(), end: session.end.toTemporalInstant() };
  return {
    takes: [],
    seat: { sessionId: session.id, tariffCents: terms.tariffCents },
    touched: [{ resourceId: terms.resourceId, during }],
  };
}

/**
 * Takes what a claim is about for an owner.
 * @returns false when any of it is taken; the caller rolls back
 */
export async function take(tx: Tx, owner: Owner, claim: Claim): Promise<boolean> {
  if (claim.seat) return takeSeat(tx, owner, claim.seat.sessionId, claim.seat.tariffCents);
  return takeTime(tx, owner, claim.takes);
}
