import type { Tx } from '#libs/platform';

/**
 * Marks the days of everybody whose visits need a room or device of a capability at a branch: they are redone within a
 * second, each under its own lock. To be called after the rooms or needs changed.
 */
export async function needChanged(
  tx: Tx,
  clinicId: string,
  { capability, branchId }: { capability: string; branchId: string },
): Promise<void> {
  await tx.query(
    `insert into stale_days (resource_id, first_day, last_day)
     select c.resource_id, min(d.first), max(d.last)
       from calendar c
       join calendar_service cs on cs.calendar_id = c.id
       join service_need n on n.clinic_id = c.clinic_id and n.service_id = cs.service_id and n.capability = $3
      cross join lateral (
        select min(lower(o.during))::date - 1 as first, max(upper(o.during))::date + 1 as last
          from opening o where o.calendar_id = c.id) d
      where c.clinic_id = $1 and c.branch_id = $2 and d.first is not null
      group by c.resource_id`,
    [clinicId, branchId, capability],
  );
}

/** The same for everybody who needs a room or device of which only the id is known; a practitioner is needed by nobody. */
export async function roomChanged(tx: Tx, clinicId: string, resourceId: string | null): Promise<void> {
  if (resourceId === null) return;
  const [room] = await tx.query<{ capability: string; branchId: string }>(
    `select capability, branch_id as "branchId" from resource where id = $1 and clinic_id = $2 and capability is not null`,
    [resourceId, clinicId],
  );
  if (room) await needChanged(tx, clinicId, room);
}

/** The same for everybody who offers a service, after what it needs changed. */
export async function serviceNeedChanged(tx: Tx, clinicId: string, serviceId: string): Promise<void> {
  await tx.query(
    `insert into stale_days (resource_id, first_day, last_day)
     select c.resource_id, min(d.first), max(d.last)
       from calendar c
       join calendar_service cs on cs.calendar_id = c.id and cs.service_id = $2
      cross join lateral (
        select min(lower(o.during))::date - 1 as first, max(upper(o.during))::date + 1 as last
          from opening o where o.calendar_id = c.id) d
      where c.clinic_id = $1 and d.first is not null
      group by c.resource_id`,
    [clinicId, serviceId],
  );
}
