import { rangeOf, type Tx } from '#libs/platform';
import { type Interval, localDate } from '#libs/time';
import { type ChangedDays, recomputeOpenings } from './close-time.js';
import { daysChanged } from './openings-of-calendar.js';
import { differenceOf } from './rules/busy-times.js';

/** What a practitioner is busy with elsewhere, as far as it was read. */
export interface BusyTimes {
  practitionerId: string;
  /** Only the calendars of these clinics are touched; what stands in others' is taken back. */
  clinicIds: readonly string[];
  /** Merged. */
  busy: readonly Interval[];
  /** The time that was read: from now on, as far as anybody can book. */
  within: Interval;
  /** Whether nothing may be offered to the public, because it is not known what they are busy with. */
  isPaused: boolean;
}

/** What is over is forgotten after this; nobody needs to know when somebody was busy. */
const keptHours = 48;

/**
 * Makes the closures of kind `external` of a practitioner in their clinics what is read in their own calendar, row by row,
 * so that openings and free days are redone only on days on which something changed. Nothing is told to anybody. The
 * caller holds the practitioner's lock.
 * @returns the clinics in which something changed
 */
export async function keepBusyTimes(tx: Tx, times: BusyTimes, now: Temporal.Instant): Promise<string[]> {
  const { practitionerId: resourceId, within } = times;
  await tx.query(`delete from closure where resource_id = $1 and kind = 'external' and upper(during) < $2`, [
    resourceId,
    now.subtract({ hours: keptHours }).toString(),
  ]);
  const clinics = await tx.query<{ id: string }>(
    `select clinic_id as id from calendar where resource_id = $1
      union
     select clinic_id from closure where resource_id = $1 and kind = 'external'
      order by 1`,
    [resourceId],
  );
  const changed = new Set<string>();
  for (const { id: clinicId } of clinics) {
    const isTouched = times.clinicIds.includes(clinicId);
    const kept = await storedTimes(tx, clinicId, resourceId);
    const difference = differenceOf(kept, isTouched ? times.busy : [], within);
    if (difference.changed.length > 0) {
      await writeDifference(tx, { clinicId, resourceId }, difference, now);
      const scope = { clinicId, branchId: null, resourceId };
      await refresh(tx, resourceId, await recomputeOpenings(tx, scope, resourceId, difference.changed, now), now);
      changed.add(clinicId);
    }
    const paused = await pause(tx, { clinicId, resourceId, isPaused: isTouched && times.isPaused }, now);
    await refresh(tx, resourceId, paused, now);
    if (paused.length > 0) changed.add(clinicId);
  }
  return [...changed];
}

async function storedTimes(tx: Tx, clinicId: string, resourceId: string): Promise<(Interval & { id: string })[]> {
  const rows = await tx.query<{ id: string; start: Date; end: Date }>(
    `select id, lower(during) as start, upper(during) as "end" from closure
      where clinic_id = $1 and resource_id = $2 and kind = 'external'`,
    [clinicId, resourceId],
  );
  return rows.map(({ id, start, end }) => ({ id, start: start.toTemporalInstant(), end: end.toTemporalInstant() }));
}

async function writeDifference(
  tx: Tx,
  { clinicId, resourceId }: { clinicId: string; resourceId: string },
  { gone, come }: { gone: readonly string[]; come: readonly Interval[] },
  now: Temporal.Instant,
): Promise<void> {
  await tx.query(`delete from closure where id = any($1)`, [gone]);
  await tx.query(
    `insert into closure (clinic_id, resource_id, during, kind, created_at)
     select $1, $2, unnest($3::tstzrange[]), 'external', $4`,
    [clinicId, resourceId, come.map(rangeOf), now.toString()],
  );
}

/** @returns the days of which something is or is no longer offered; none when nothing changed */
async function pause(
  tx: Tx,
  { clinicId, resourceId, isPaused }: { clinicId: string; resourceId: string; isPaused: boolean },
  now: Temporal.Instant,
): Promise<ChangedDays[]> {
  const rows = await tx.query<{ zone: string; until: string | null }>(
    `update calendar c set paused_since = case when $3 then $4::timestamptz end
       from branch b
      where b.id = c.branch_id and c.clinic_id = $1 and c.resource_id = $2 and (c.paused_since is not null) <> $3
      returning b.zone, c.published_until::text as until`,
    [clinicId, resourceId, isPaused, now.toString()],
  );
  return rows.flatMap(({ zone, until }) => {
    const first = localDate(now, zone);
    // Without a published day there may be openings that tests and imports have laid; a year covers what is offered.
    const last = until ? Temporal.PlainDate.from(until) : first.add({ days: 365 });
    return Temporal.PlainDate.compare(first, last) <= 0 ? [{ first, last }] : [];
  });
}

async function refresh(tx: Tx, resourceId: string, days: readonly ChangedDays[], now: Temporal.Instant): Promise<void> {
  for (const { first, last } of days) await daysChanged(tx, resourceId, first, last, now);
}
