import type { Client } from 'pg';
import type { PlannedClinic } from './clinic-plan.js';

/** What came back about two visits of the next days: a calendar's "no", which cancels nothing, and a "yes". */
export async function loadAnswers(client: Client, clinic: PlannedClinic, now: Temporal.Instant): Promise<void> {
  await client.query(
    `insert into incoming_mail (message_hash, kind, received_at, clinic_id, appointment_id, sender, from_contact, partstat, answered_sequence)
     select sha256(v.id::text::bytea), 'calendar-reply', $2::timestamptz - v.nth * interval '70 minutes', v.clinic_id, v.id,
            lower(left(v.given_name, 1)) || '…' || right(v.given_name, 1) || '@patient.example', true,
            case v.nth when 1 then 'declined' else 'accepted' end, v.sequence
       from (
         select a.*, p.given_name, row_number() over (order by a.starts_at, a.id) as nth
           from appointment a join patient p on p.id = a.patient_id
          where a.clinic_id = $1 and a.status = 'booked' and a.created_by_kind <> 'staff'
            and a.starts_at > $2::timestamptz + interval '1 day') v
      where v.nth <= 2`,
    [clinic.id, now.toString()],
  );
}
