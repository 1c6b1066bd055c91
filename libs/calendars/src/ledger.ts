import type { Tx } from '#libs/platform';
import { rangeOf } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { OccupationOwner } from './occupation.entity.js';

/*
 * The ledger of taken time. Every verb that takes, moves or frees time goes: peek, lock, load, write (promise 2).
 * Each of these is a statement of its own, because a statement's snapshot is older than the wait for its lock.
 */

/** A visit as quotas and daily limits count it. */
export interface CountedVisit {
  calendarId: string;
  serviceId: string;
  visit: Interval;
  tariffCents: number;
}

/** The time that is taken of one resource. */
export interface Take {
  resourceId: string;
  /** The visit with its buffers. */
  during: Interval;
  /** On the row of the calendar's own resource; null on those of rooms and devices, so that a visit counts once. */
  counts: CountedVisit | null;
  /** Why staff book it although the time is not free or open; the lane is then above 0 where the time is taken. */
  override?: { lane: number; reason: string };
}

/** Whose time it is. */
export interface Owner {
  kind: OccupationOwner;
  id: string;
  clinicId: string;
  /** Of holds and offers. */
  expiresAt?: Temporal.Instant;
}

/** A resource and a time in which something changed for it. */
export interface Touched {
  resourceId: string;
  during: Interval;
}

interface TouchedRow {
  resource_id: string;
  start: Date;
  end: Date;
}

const touchedOf = (rows: TouchedRow[]): Touched[] =>
  rows.map((row) => ({
    resourceId: row.resource_id,
    during: { start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() },
  }));

/**
 * Locks resources for the rest of the transaction: practitioners first, then rooms and devices, each by ascending id, so
 * that no two transactions wait for each other. `FOR NO KEY UPDATE` does not disturb the foreign keys of others.
 */
export async function lockResources(tx: Tx, resourceIds: readonly string[]): Promise<void> {
  await tx.query(
    `select id from resource where id = any($1) order by (kind = 'practitioner') desc, id for no key update`,
    [[...new Set(resourceIds)]],
  );
}

/** The resources whose time an owner has, seats in their sessions included: a peek, to know what to lock. */
export async function resourcesOfOwner(reader: Pick<Tx, 'query'>, ownerId: string): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `select resource_id as id from occupation where owner_id = $1
      union
     select c.resource_id from seat s join group_session g on g.id = s.session_id join calendar c on c.id = g.calendar_id
      where s.owner_id = $1`,
    [ownerId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes the holds and offers of a locked resource that have ended by `now`. Expiry is decided here, in the transaction
 * that wants the time, and never by a sweeper (promise 3). Free days are refreshed where time came free. The hold itself goes with the
 * row of its calendar's own resource; rows that it had of rooms and devices end under their locks.
 */
export async function dropExpiredHolds(tx: Tx, resourceId: string, now: Temporal.Instant): Promise<void> {
  const freed = await tx.query<TouchedRow>(
    `with ended as (
       delete from occupation where resource_id = $1 and expires_at <= $2 and owner_kind in ('hold', 'offer') returning owner_id, during
     ), left_seats as (
       delete from seat s using group_session g, calendar c
        where s.expires_at <= $2 and s.owner_kind in ('hold', 'offer') and g.id = s.session_id and c.id = g.calendar_id and c.resource_id = $1
       returning s.owner_id, tstzrange(g.starts_at, g.ends_at) as during
     ), gone as (
       select owner_id, during from ended union all select owner_id, during from left_seats
     ), forgotten as (
       delete from hold h using gone, calendar c where h.id = gone.owner_id and c.id = h.calendar_id and c.resource_id = $1
     )
     select $1 as resource_id, lower(during) as start, upper(during) as "end" from gone`,
    [resourceId, now.toString()],
  );
  for (const { during } of touchedOf(freed)) await timeChanged(tx, resourceId, [during], now);
}

/**
 * Takes time in the ledger. The caller holds the resources' locks and rolls back when it is refused.
 * @returns false when any part of it is taken, whatever the lane and the owner; an override is refused by its lane only
 */
export async function takeTime(tx: Tx, owner: Owner, takes: readonly Take[]): Promise<boolean> {
  const rows = await tx.query(
    `insert into occupation
       (resource_id, lane, during, owner_kind, owner_id, clinic_id, expires_at, calendar_id, service_id, visit, tariff_cents,
        override_reason)
     select w.resource_id, w.lane, w.during, $9, $10, $11, $12, w.calendar_id, w.service_id, w.visit, w.tariff_cents, w.reason
       from ${wantedTakes}
      where ${isUntaken}
     on conflict on constraint occupation_taken_once do nothing
     returning id`,
    [...valuesOf(takes), owner.kind, owner.id, owner.clinicId, owner.expiresAt?.toString() ?? null],
  );
  return rows.length === takes.length;
}

/** What is wanted as a table `w`; its values are $1 to $8 as `valuesOf` gives them. */
export const wantedTakes = `unnest($1::uuid[], $2::smallint[], $3::tstzrange[], $4::uuid[], $5::uuid[], $6::tstzrange[], $7::integer[],
  $8::text[]) as w(resource_id, lane, during, calendar_id, service_id, visit, tariff_cents, reason)`;

export const isUntaken = `w.reason is not null
  or not exists (select from occupation o where o.resource_id = w.resource_id and o.during && w.during)`;

export const valuesOf = (takes: readonly Take[]): unknown[] => [
  takes.map((each) => each.resourceId),
  takes.map((each) => each.override?.lane ?? 0),
  takes.map((each) => rangeOf(each.during)),
  takes.map((each) => each.counts?.calendarId ?? null),
  takes.map((each) => each.counts?.serviceId ?? null),
  takes.map((each) => each.counts && rangeOf(each.counts.visit)),
  takes.map((each) => each.counts?.tariffCents ?? null),
  takes.map((each) => each.override?.reason ?? null),
];

/**
 * Takes the lowest free seat of a session. The caller holds the lock of the session's resource.
 * @returns false when none is free
 */
export async function takeSeat(tx: Tx, owner: Owner, sessionId: string, tariffCents: number): Promise<boolean> {
  const rows = await tx.query(
    `insert into seat (session_id, seat, seats, owner_kind, owner_id, tariff_cents, expires_at)
     select g.id, n.seat, g.seats, $2, $3, $4, $5
       from group_session g
      cross join lateral (
        select s as seat from generate_series(1, g.seats) s
         where not exists (select from seat t where t.session_id = g.id and t.seat = s)
         order by s limit 1) n
      where g.id = $1
     on conflict do nothing
     returning seat`,
    [sessionId, owner.kind, owner.id, tariffCents, owner.expiresAt?.toString() ?? null],
  );
  return rows.length === 1;
}

/** Lets a seat be kept as another kind: the old one of a move that waits. @returns whether the owner has one */
export async function keepSeat(
  tx: Tx,
  ownerId: string,
  from: OccupationOwner,
  to: OccupationOwner,
): Promise<string | null> {
  const [row] = await tx.query<{ session_id: string }>(
    `update seat set owner_kind = $3 where owner_id = $1 and owner_kind = $2 returning session_id`,
    [ownerId, from, to],
  );
  return row?.session_id ?? null;
}

/** The time in the ledger that an owner has as one kind, its calendar's own resource first. */
export async function timeOf(tx: Tx, ownerId: string, ownerKind: OccupationOwner): Promise<(Touched & Lane)[]> {
  const rows = await tx.query<TouchedRow & { lane: number; reason: string | null; tariff: number | null }>(
    `select resource_id, lower(during) as start, upper(during) as "end", lane, override_reason as reason, tariff_cents as tariff
       from occupation where owner_id = $1 and owner_kind = $2 order by visit is null, resource_id`,
    [ownerId, ownerKind],
  );
  return rows.map((row) => ({
    resourceId: row.resource_id,
    during: { start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() },
    tariffCents: row.tariff ?? 0,
    override: row.reason === null ? null : { lane: row.lane, reason: row.reason },
  }));
}

interface Lane {
  tariffCents: number;
  override: { lane: number; reason: string } | null;
}

/** Gives all time and seats of an owner back that it has as one kind, and says what came free. */
export async function freeTime(tx: Tx, ownerId: string, ownerKind: OccupationOwner): Promise<Touched[]> {
  const rows = await tx.query<TouchedRow>(
    `with freed as (
       delete from occupation where owner_id = $1 and owner_kind = $2 returning resource_id, during
     ), left_seats as (
       delete from seat s using group_session g, calendar c
        where s.owner_id = $1 and s.owner_kind = $2 and g.id = s.session_id and c.id = g.calendar_id
       returning c.resource_id, tstzrange(g.starts_at, g.ends_at) as during
     ), gone as (
       select resource_id, during from freed union all select resource_id, during from left_seats
     )
     select resource_id, lower(during) as start, upper(during) as "end" from gone`,
    [ownerId, ownerKind],
  );
  return touchedOf(rows);
}

/** Lets a hold's time last until another moment. The caller holds the locks of all its resources. */
export async function keepTimeUntil(tx: Tx, holdId: string, until: Temporal.Instant): Promise<void> {
  await tx.query(
    `with times as (
       update occupation set expires_at = $2 where owner_id = $1 and owner_kind = 'hold'
     ), seats as (
       update seat set expires_at = $2 where owner_id = $1 and owner_kind = 'hold'
     )
     update hold set expires_at = $2 where id = $1`,
    [holdId, until.toString()],
  );
}

/**
 * Says that the taken time of a locked resource changed: raises its version, by which every cache is checked, brings the
 * free days around the ranges up to date, and marks those of others who share it, a room or device, as stale. Call it after
 * the write, as the transaction's last step for the resource.
 */
export async function timeChanged(
  tx: Tx,
  resourceId: string,
  ranges: readonly Interval[],
  now: Temporal.Instant,
): Promise<void> {
  tx.hint(resourceId);
  for (const { start, end } of ranges) {
    await tx.query(
      `with raised as (
         update resource set version = version + 1 where id = $1 returning id, clinic_id, branch_id, capability
       ), marked as (
         insert into stale_days (resource_id, first_day, last_day)
         select distinct c.resource_id, ($2::timestamptz at time zone b.zone)::date - 1, ($3::timestamptz at time zone b.zone)::date + 1
           from raised r
           join branch b on b.id = r.branch_id
           join calendar c on c.branch_id = r.branch_id and c.resource_id <> r.id
           join calendar_service cs on cs.calendar_id = c.id
           join service_need n on n.clinic_id = r.clinic_id and n.service_id = cs.service_id and n.capability = r.capability
       )
       select refresh_free_days_around($1, $2, $3, $4)`,
      [resourceId, start.toString(), end.toString(), now.toString()],
    );
  }
}

/** The same for all that was taken or freed. */
export async function allChanged(tx: Tx, touched: readonly Touched[], now: Temporal.Instant): Promise<void> {
  for (const { resourceId, during } of touched) await timeChanged(tx, resourceId, [during], now);
}
