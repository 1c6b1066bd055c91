import type { Tx } from '#libs/platform';

/**
 * SQL for "the appointment `a` has lost its opening": nothing published covers its visit (sessions lie in published hours,
 * too), its calendar gives the service no longer or not then, or the room or device that it takes is closed. It is the same
 * question whether a change is rehearsed, carried out or looked at later.
 */
export const isOutside = outsideBut('null::uuid[]');

/** @param closures SQL for the ids of closures of rooms and devices that are looked past; null: none */
function outsideBut(closures: string): string {
  return `not exists (
    select from calendar_service s
     where s.calendar_id = a.calendar_id and s.service_id = a.service_id and s.active
       and exists (
             select from opening o where o.calendar_id = a.calendar_id and o.during @> tstzrange(a.starts_at, a.ends_at))
       and not exists (
             select from opening_limit l
              where l.calendar_id = a.calendar_id and l.during && tstzrange(a.starts_at, a.ends_at)
                and not a.service_id = any (l.service_ids)))
  or exists (
    select from occupation o
      join closure k on k.clinic_id = a.clinic_id and k.resource_id = o.resource_id and k.during && o.during
     where o.owner_id = a.id and o.owner_kind = 'appointment' and o.resource_id <> a.resource_id
       and not coalesce(k.id = any (${closures}), false))
  or exists (
    select from seat t
      join occupation o on o.owner_id = t.session_id and o.owner_kind = 'session'
      join closure k on k.clinic_id = a.clinic_id and k.resource_id = o.resource_id and k.during && o.during
     where t.owner_id = a.id and t.owner_kind = 'appointment' and o.resource_id <> a.resource_id
       and not coalesce(k.id = any (${closures}), false))`;
}

/**
 * The appointments to come of a clinic's resources that have no opening.
 * @param but closures that are looked past: as if they had not been written yet
 */
export async function visitsOutside(
  reader: Pick<Tx, 'query'>,
  clinicId: string,
  resourceIds: readonly string[],
  now: Temporal.Instant,
  but: readonly string[] = [],
): Promise<Set<string>> {
  const rows = await reader.query<{ id: string }>(
    `select a.id from appointment a
      where a.resource_id = any($2) and a.clinic_id = $1 and a.status in ('pending', 'booked') and a.starts_at > $3
        and (${outsideBut('$4')})`,
    [clinicId, resourceIds, now.toString(), but],
  );
  return new Set(rows.map(({ id }) => id));
}
