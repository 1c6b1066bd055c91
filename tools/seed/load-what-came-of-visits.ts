import type { Client } from 'pg';

/*
 * How a visit went, by its reference, so that the same day gives the same data: most were seen, a few did not come, and some
 * of yesterday's nobody closed. Of today's, those under way are in the room, and about half of the next half hour's wait.
 */
const outcomes = `
  create temporary table outcome on commit drop as
  select v.id, v.clinic_id, v.resource_id, v.starts_at, v.ends_at, v.version, s.id as staff_id, s.display_name as staff_name,
         case
           when lot < 4 then 'noshow'
           when v.ends_at <= $1 and v.is_recent and lot < 12 then 'booked'
           when v.ends_at <= $1 then 'fulfilled'
           when v.starts_at <= $1 then 'checked-in'
           when lot < 52 and v.starts_at <= $1::timestamptz + interval '30 minutes' then 'arrived'
           else 'booked'
         end as status
    from (
      select a.*, abs(hashtext(a.reference)) % 100 as lot,
             (a.starts_at at time zone a.zone)::date >= ($1::timestamptz at time zone a.zone)::date - 3 as is_recent
        from appointment a
       where a.status = 'booked' and a.starts_at < $1::timestamptz + interval '30 minutes') v
    join lateral (
      select m.id, m.display_name from staff_member m
       where m.clinic_id = v.clinic_id and m.role = 'registrar' order by m.id limit 1) s on true
   where not (v.starts_at > $1 and v.lot < 4)`;

/** The steps that lead there, each with its time; people come a little early and go in a little late. */
const steps = `
  select o.*, n.number, n.kind, n.at, n.from_status, n.to_status
    from outcome o
   cross join lateral (values
     (1, 'missed', o.starts_at + interval '20 minutes', 'booked', 'noshow', o.status = 'noshow'),
     (1, 'arrived', o.starts_at - interval '8 minutes', 'booked', 'arrived', o.status in ('arrived', 'checked-in', 'fulfilled')),
     (2, 'admitted', o.starts_at + interval '2 minutes', 'arrived', 'checked-in', o.status in ('checked-in', 'fulfilled')),
     (3, 'fulfilled', o.ends_at, 'checked-in', 'fulfilled', o.status = 'fulfilled')
   ) as n(number, kind, at, from_status, to_status, happened)
   where n.happened`;

/** What came of the visits until now, as the desk noted it; a missed one's time is free again. */
export async function loadWhatCameOfVisits(client: Client, now: Temporal.Instant): Promise<void> {
  await client.query(outcomes, [now.toString()]);
  await client.query(
    `insert into appointment_event
       (clinic_id, appointment_id, version, at, kind, actor_kind, actor_id, actor_name, from_status, to_status,
        from_starts_at, from_ends_at, to_starts_at, to_ends_at, from_resource_id, to_resource_id, sequence, tells)
     select s.clinic_id, s.id, s.version + s.number, least(s.at, $1), s.kind, 'staff', s.staff_id, s.staff_name, s.from_status,
            s.to_status, s.starts_at, s.ends_at, s.starts_at, s.ends_at, s.resource_id, s.resource_id,
            s.version + s.number - 1, false
       from (${steps}) s order by s.at, s.id`,
    [now.toString()],
  );
  await client.query(
    `update appointment a
        set status = o.status, version = a.version + n.steps, sequence = a.sequence + n.steps
       from outcome o
       join lateral (select case o.status when 'fulfilled' then 3 when 'checked-in' then 2 else 1 end as steps) n on true
      where a.id = o.id and o.status <> 'booked'`,
  );
  await client.query(
    `delete from occupation where owner_kind = 'appointment' and owner_id in (select id from outcome where status = 'noshow')`,
  );
  await client.query(
    `delete from seat where owner_kind = 'appointment' and owner_id in (select id from outcome where status = 'noshow')`,
  );
}
