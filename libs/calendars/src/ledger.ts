import type { Tx } from '#libs/platform';
import { rangeOf } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { OccupationOwner } from './occupation.entity.js';

/*
 * The ledger of taken time. Every verb that takes, moves or frees time goes: peek, lock, load, write (promise 2).
 * Each of these is a statement of its own, because a statement's snapshot is older than the wait for its lock.
 */

/**
 * Locks resources for the rest of the transaction, each by ascending id, so that no two transactions wait for each other.
 * `FOR NO KEY UPDATE` does not disturb the foreign keys of others.
 */
export async function lockResources(tx: Tx, resourceIds: readonly string[]): Promise<void> {
  await tx.query(`select id from resource where id = any($1) order by id for no key update`, [
    [...new Set(resourceIds)].sort(),
  ]);
}

/**
 * Deletes the holds of a locked resource that have ended by `now`. Expiry is decided here, in the transaction that wants
 * the time, and never by a sweeper (promise 3). Free days are refreshed where time came free.
 */
export async function dropExpiredHolds(tx: Tx, resourceId: string, now: Temporal.Instant): Promise<void> {
  const freed = await tx.query<{ start: Date; end: Date }>(
    `with ended as (
       delete from occupation where resource_id = $1 and expires_at <= $2 and owner_kind = 'hold' returning owner_id, during
     ), forgotten as (
       delete from hold using ended where hold.id = ended.owner_id
     )
     select lower(during) as start, upper(during) as "end" from ended`,
    [resourceId, now.toString()],
  );
  for (const { start, end } of freed) {
    await timeChanged(tx, resourceId, [{ start: start.toTemporalInstant(), end: end.toTemporalInstant() }], now);
  }
}

/**
 * Takes time in the shared lane. The caller holds the resource's lock.
 * @returns false when any part of it is taken, whatever the lane and the owner
 */
export async function takeTime(
  tx: Tx,
  taken: {
    resourceId: string;
    during: Interval;
    ownerKind: OccupationOwner;
    ownerId: string;
    clinicId: string;
    expiresAt?: Temporal.Instant;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into occupation (resource_id, during, owner_kind, owner_id, clinic_id, expires_at)
     select $1, $2, $3, $4, $5, $6
      where not exists (select from occupation o where o.resource_id = $1 and o.during && $2::tstzrange)
     on conflict on constraint occupation_taken_once do nothing
     returning id`,
    [
      taken.resourceId,
      rangeOf(taken.during),
      taken.ownerKind,
      taken.ownerId,
      taken.clinicId,
      taken.expiresAt?.toString() ?? null,
    ],
  );
  return rows.length === 1;
}

/** Gives all time of an owner back, or of one kind of its rows, and says what came free. */
export async function freeTime(
  tx: Tx,
  ownerId: string,
  ownerKind: OccupationOwner,
): Promise<{ resourceId: string; during: Interval }[]> {
  const rows = await tx.query<{ resource_id: string; start: Date; end: Date }>(
    `delete from occupation where owner_id = $1 and owner_kind = $2
     returning resource_id, lower(during) as start, upper(during) as "end"`,
    [ownerId, ownerKind],
  );
  return rows.map((row) => ({
    resourceId: row.resource_id,
    during: { start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() },
  }));
}

/**
 * Moves an appointment's taken time in one step: its own old time counts as free. The caller holds both resources' locks.
 * @returns what was taken before, or null when any part of the new time is taken by others
 */
export async function moveTime(
  tx: Tx,
  ownerId: string,
  to: { resourceId: string; during: Interval },
): Promise<{ resourceId: string; during: Interval } | null> {
  const [row] = await tx.query<{ resource_id: string; start: Date; end: Date }>(
    `with before as (
       select id, resource_id, during from occupation where owner_id = $1 and owner_kind = 'appointment'
     ), moved as (
       update occupation o set resource_id = $2, during = $3
         from before
        where o.id = before.id
          and not exists (
            select from occupation other
             where other.resource_id = $2 and other.during && $3::tstzrange and other.owner_id <> $1)
        returning o.id
     )
     select before.resource_id, lower(before.during) as start, upper(before.during) as "end"
       from before join moved using (id)`,
    [ownerId, to.resourceId, rangeOf(to.during)],
  );
  return row
    ? {
        resourceId: row.resource_id,
        during: { start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() },
      }
    : null;
}

/** Lets a hold's time last until another moment. */
export async function keepTimeUntil(tx: Tx, holdId: string, until: Temporal.Instant): Promise<void> {
  await tx.query(`update occupation set expires_at = $2 where owner_id = $1 and owner_kind = 'hold'`, [
    holdId,
    until.toString(),
  ]);
  await tx.query(`update hold set expires_at = $2 where id = $1`, [holdId, until.toString()]);
}

/**
 * Says that the taken time of a locked resource changed: raises its version, by which every cache is checked, and brings
 * the free days around the ranges up to date. Call it after the write, as the transaction's last step for the resource.
 */
export async function timeChanged(
  tx: Tx,
  resourceId: string,
  ranges: readonly Interval[],
  now: Temporal.Instant,
): Promise<void> {
  for (const { start, end } of ranges) {
    await tx.query(
      `with raised as (update resource set version = version + 1 where id = $1)
       select refresh_free_days_around($1, $2, $3, $4)`,
      [resourceId, start.toString(), end.toString(), now.toString()],
    );
  }
}
