import type { Client } from 'pg';
import type { PlannedClinic } from './clinic-plan.js';
import { idsOf, randomOf, uuidOf } from './random.js';

/** A visit of the next days, and somebody of the clinic who has none then. */
const chosen = `
  select v.*, p.id as other_id, s.id as staff_id, s.display_name as staff_name, o.during
    from appointment v
    join occupation o on o.owner_id = v.id and o.owner_kind = 'appointment' and o.resource_id = v.resource_id
    join resource r on r.id = v.resource_id and r.kind = 'practitioner'
    join patient p on p.clinic_id = v.clinic_id and p.phone is not null
     and not exists (select from appointment b where b.patient_id = p.id and b.starts_at > $2)
    join staff_member s on s.clinic_id = v.clinic_id and s.role = 'registrar'
   where v.clinic_id = $1 and v.status = 'booked' and v.account_id is null
     and v.starts_at between $2::timestamptz + interval '40 minutes' and $2::timestamptz + interval '4 days'
     and not exists (select from service_need n where n.service_id = v.service_id)
   order by v.starts_at, v.id, p.id, s.id limit 1`;

/** Somebody in pain, whom the practitioner agreed to see beside another visit: what staff override knowingly (F089). */
export async function loadBeside(client: Client, clinic: PlannedClinic, now: Temporal.Instant): Promise<void> {
  const id = uuidOf(randomOf('beside', clinic.id));
  const decided = now.subtract({ minutes: 50 });
  await client.query(
    `with v as (${chosen}), booked as (
       insert into appointment
         (id, reference, clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id, payer, status, origin, starts_at,
          ends_at, promised_wall_time, zone, price_cents, contact_phone, language, created_at, created_by_kind, created_by_id)
       select $3, reverse(v.reference), v.clinic_id, v.branch_id, v.calendar_id, v.service_id, v.resource_id, v.other_id, v.payer, 'booked',
              'phone', v.starts_at, v.ends_at, v.promised_wall_time, v.zone, v.price_cents, p.phone, p.language, $4, 'staff', v.staff_id
         from v join patient p on p.id = v.other_id
     ), taken as (
       insert into occupation
         (resource_id, lane, during, owner_kind, owner_id, clinic_id, calendar_id, service_id, visit, tariff_cents, override_reason)
       select v.resource_id, 1, v.during, 'appointment', $3, v.clinic_id, v.calendar_id, v.service_id,
              tstzrange(v.starts_at, v.ends_at), 0, 'urgent'
         from v
     )
     insert into appointment_event
       (id, clinic_id, appointment_id, version, at, kind, actor_kind, actor_id, actor_name, to_status, to_starts_at, to_ends_at,
        to_resource_id, sequence, tells, overrides, override_why)
     select $5, v.clinic_id, $3, 1, $4, 'booked', 'staff', v.staff_id, v.staff_name, 'booked', v.starts_at, v.ends_at, v.resource_id, 0,
            false, '{beside}', 'urgent'
       from v`,
    [clinic.id, now.toString(), id, decided.toString(), idsOf('beside', decided.epochMilliseconds)()],
  );
}
