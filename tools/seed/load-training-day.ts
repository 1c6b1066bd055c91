import type { Client } from 'pg';
import type { PlannedClinic } from './clinic-plan.js';
import { idsOf } from './random.js';

/**
 * Closes a day of one practitioner on which few are booked, as staff who chose to keep them would: the visits stand on the
 * work list until somebody moves, keeps or cancels them.
 */
export async function loadTrainingDay(client: Client, clinic: PlannedClinic, now: Temporal.Instant): Promise<void> {
  const { rows } = await client.query<{ resource_id: string; day: string; zone: string; ids: string[] }>(
    `select a.resource_id, (a.starts_at at time zone a.zone)::date::text as day, a.zone, array_agg(a.id) as ids
       from appointment a join resource r on r.id = a.resource_id and r.kind = 'practitioner'
      where a.clinic_id = $1 and a.status in ('pending', 'booked')
        and a.starts_at between $2::timestamptz + interval '6 days' and $2::timestamptz + interval '40 days'
      group by 1, 2, 3
     having count(*) between 2 and 4 and bool_and(a.status = 'booked') and bool_and(a.account_id is null)
      order by 2, 1 limit 1`,
    [clinic.id, now.toString()],
  );
  const [found] = rows;
  if (!found) return;
  const day = Temporal.PlainDate.from(found.day);
  const start = day.toZonedDateTime(found.zone).toInstant();
  const end = day.add({ days: 1 }).toZonedDateTime(found.zone).toInstant();
  const decided = now.subtract({ hours: 20 });
  const during = `[${start.toString()},${end.toString()})`;
  const isLatvian = clinic.data.country === 'LV';
  await client.query(
    `insert into closure (id, clinic_id, resource_id, during, reason, public_reason, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      idsOf('training', decided.epochMilliseconds)(),
      clinic.id,
      found.resource_id,
      during,
      isLatvian ? 'Tālākizglītības kursi' : 'Täiendkoolitus',
      isLatvian ? 'Mācības' : 'Koolitus',
      clinic.admin.id,
      decided.toString(),
    ],
  );
  await client.query(
    `delete from opening o using calendar c
      where c.id = o.calendar_id and c.clinic_id = $1 and c.resource_id = $2 and o.during && $3::tstzrange`,
    [clinic.id, found.resource_id, during],
  );
  await client.query(`update appointment set orphaned_at = $2, orphaned_why = 'closed' where id = any($1)`, [
    found.ids,
    decided.toString(),
  ]);
}
