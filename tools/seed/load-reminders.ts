import type { Client } from 'pg';

/** Visits so near were reminded of before the demo began: nobody starts it to find a thousand letters. */
const reminded = `starts_at > $1 and starts_at < $1::timestamptz + interval '50 hours' and status = 'booked'`;

/** Always the same share of visits, whatever else is in the database. */
const oneIn = (n: number, salt: string): string =>
  `('x' || substr(md5(id::text || '${salt}'), 1, 4))::bit(16)::integer % ${n} = 0`;

/** Who wishes an SMS, which visits of the next days were reminded of, and who has said that they come. */
export async function loadReminders(client: Client, now: Temporal.Instant): Promise<void> {
  const at = [now.toString()];
  await client.query(
    `update appointment set wishes_sms = true
      where starts_at > $1 and status in ('pending', 'booked') and contact_phone is not null and ${oneIn(3, 'sms')}`,
    at,
  );
  await client.query(
    `with told as (
       select id as appointment_id, clinic_id, starts_at, gen_random_uuid() as reminder_id, channel
         from appointment
        cross join lateral (values ('mail', contact_email is not null), ('sms', wishes_sms)) c(channel, wished)
        where ${reminded} and c.wished
     ), made as (
       insert into reminder (id, clinic_id, channel, rule, day, made_at)
       select reminder_id, clinic_id, channel, '2d', (starts_at at time zone 'Europe/Riga')::date, starts_at - interval '2 days'
         from told
     )
     insert into reminder_visit (reminder_id, clinic_id, appointment_id, starts_at, channel, rule)
     select reminder_id, clinic_id, appointment_id, starts_at, channel, '2d' from told`,
    at,
  );
  await client.query(
    `update appointment
        set patient_confirmed_at = $1::timestamptz - interval '1 hour' * (1 + ('x' || substr(md5(id::text), 1, 2))::bit(8)::integer % 20),
            patient_confirmed_start = starts_at
      where ${reminded} and ${oneIn(3, 'comes')}`,
    at,
  );
}
