import type { Tx } from '#libs/platform';
import type { Place } from './appointment-event.entity.js';

/** The room of a visit, in SQL: `a` is the appointment and `b` its branch. */
export const roomOfVisit = `
  coalesce(a.room, (select string_agg(room.name, ', ' order by room.name) from occupation o join resource room on room.id = o.resource_id
                     where o.owner_id = a.id and o.owner_kind = 'appointment' and room.kind = 'room'
                       and room.id <> a.resource_id), b.room)`;

/** Where a visit takes place, as its letters say it; null: by phone or video. */
export async function placeOfVisit(tx: Pick<Tx, 'query'>, id: string): Promise<Place | null> {
  const [place] = await tx.query<Place>(
    `select b.address, b.city, b.postal_code as "postalCode", ${roomOfVisit} as room
       from appointment a
       join branch b on b.id = a.branch_id
       join service s on s.id = a.service_id
      where a.id = $1 and s.mode = 'in-person'`,
    [id],
  );
  return place ?? null;
}
