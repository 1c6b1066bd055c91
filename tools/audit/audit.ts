import { isOutside } from '#libs/appointments';
import type { Tx } from '#libs/platform';

/** A promise that the data does not keep, and where. Ids only. */
export interface Disagreement {
  promise: string;
  id: string;
}

/*
 * Each statement selects what disagrees. They run on a live database: what is momentarily in one transaction's hands is
 * consistent in every snapshot, so a row here is always a fault.
 */
const checks: Record<string, string> = {
  'no two occupations of a resource and lane overlap': `
    select o.id::text as id from occupation o
     where exists (select from occupation other
                    where other.resource_id = o.resource_id and other.lane = o.lane and other.id > o.id and other.during && o.during)`,
  'every appointment that takes time has its occupation, with its own time inside': `
    select a.id::text as id from appointment a
     where a.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')
       and (select count(*) from occupation o
             where o.owner_id = a.id and o.owner_kind = 'appointment' and o.resource_id = a.resource_id
               and o.during @> tstzrange(a.starts_at, a.ends_at))
         + (select count(*) from seat s join group_session g on g.id = s.session_id
             where s.owner_id = a.id and s.owner_kind = 'appointment' and g.calendar_id = a.calendar_id
               and (g.starts_at, g.ends_at) = (a.starts_at, a.ends_at)) <> 1`,
  'a visit counts once, as what it is': `
    select a.id::text as id from appointment a join occupation o on o.owner_id = a.id and o.owner_kind = 'appointment'
     where (o.resource_id = a.resource_id)
       <> coalesce(o.calendar_id = a.calendar_id and o.service_id = a.service_id
                   and o.visit = tstzrange(a.starts_at, a.ends_at), false)`,
  'rooms and devices are taken for the same time as the visit': `
    select r.owner_id::text as id from occupation r
     where r.visit is null and r.owner_kind = 'appointment'
       and not exists (select from occupation o where o.owner_id = r.owner_id and o.visit is not null and o.during = r.during)`,
  'rooms and devices are taken where the visit is': `
    select a.id::text as id
      from occupation o
      join resource r on r.id = o.resource_id and r.kind <> 'practitioner' and r.branch_id is not null
      join appointment a on a.id = o.owner_id
     where o.owner_kind = 'appointment' and r.branch_id <> a.branch_id`,
  'the state pays for nothing in a paid calendar': `
    select o.owner_id::text as id from occupation o join calendar c on c.id = o.calendar_id
     where c.payer = 'paid' and o.tariff_cents <> 0
     union all
    select s.owner_id::text from seat s join group_session g on g.id = s.session_id join calendar c on c.id = g.calendar_id
     where c.payer = 'paid' and s.tariff_cents <> 0`,
  'a clinic knows everybody whom it keeps or has seen, as they are called': `
    select p.id::text as id from patient p
     where exists (
       select from (select p.clinic_id where p.clinic_id is not null
                    union select a.clinic_id from appointment a where a.patient_id = p.id) c
         left join known_patient k on k.patient_id = p.id and k.clinic_id = c.clinic_id
        where k.words is distinct from name_words(p.given_name || ' ' || p.family_name))`,
  'no other appointment takes time': `
    select o.id::text as id from (
      select id, owner_kind, owner_id from occupation
       union all
      select 0, owner_kind, owner_id from seat) o
     where o.owner_kind in ('appointment', 'former')
       and not exists (select from appointment a
                        where a.id = o.owner_id and a.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')
                          and (o.owner_kind = 'appointment' or a.former is not null))`,
  'the old time of a move that waits is kept': `
    select a.id::text as id from appointment a
     where a.former is not null and a.former -> 'sessionId' is null and coalesce((a.former -> 'override' ->> 'lane')::integer, 0) = 0
       and not tstzmultirange(tstzrange((a.former ->> 'takenFrom')::timestamptz, (a.former ->> 'takenTo')::timestamptz)) <@ (
         select coalesce(range_agg(o.during), '{}') from occupation o
          where o.owner_id = a.id and o.resource_id = (a.former ->> 'resourceId')::uuid)`,
  'every hold takes time, and every held time has its hold': `
    select coalesce(h.id, o.owner_id)::text as id
      from hold h
      full join (
        select owner_id, expires_at from occupation where owner_kind = 'hold' and visit is not null
         union all
        select owner_id, expires_at from seat where owner_kind = 'hold') o on o.owner_id = h.id
     where h.id is null or o.owner_id is null or h.expires_at <> o.expires_at`,
  'a referral is used exactly while its visit stands': `
    select r.id::text as id from referral r join appointment a on a.id = r.appointment_id
     where r.active = (a.status in ('cancelled', 'entered-in-error'))`,
  'every session takes the time of its resource': `
    select g.id::text as id from group_session g join calendar c on c.id = g.calendar_id
     where not exists (select from occupation o
                        where o.owner_id = g.id and o.owner_kind = 'session' and o.resource_id = c.resource_id
                          and o.during @> tstzrange(g.starts_at, g.ends_at))`,
  'every live offer takes time, and every offered time has its offer': `
    select coalesce(f.id, o.owner_id)::text as id
      from (select id, expires_at from offer where state = 'held') f
      full join (
        select owner_id, expires_at from occupation where owner_kind = 'offer'
        union
        select owner_id, expires_at from seat where owner_kind = 'offer') o on o.owner_id = f.id
     where f.id is null or o.expires_at <> f.expires_at or (o.owner_id is null and f.expires_at > $1)`,
  'times are held only for a patient who is asked': `
    select f.id::text as id from offer f join affected_visit v on v.id = f.affected_visit_id
     where f.state = 'held' and (v.state <> 'offered' or v.appointment_id <> f.appointment_id)`,
  'an orphaned appointment has no opening': `
    select a.id::text as id from appointment a
     where a.orphaned_at is not null and a.status in ('pending', 'booked') and a.starts_at > $1 and not (${isOutside})`,
  'no patient is in two places': `
    select a.id::text as id from appointment a
      join appointment b on b.patient_id = a.patient_id and b.id > a.id
       and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
     where a.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')
       and b.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')`,
  'history leads to where the appointment stands': `
    select a.id::text as id from appointment a
      left join lateral (select * from appointment_event e where e.appointment_id = a.id order by e.version desc limit 1) e on true
     where e.id is null or e.version <> a.version or e.to_status <> a.status or e.sequence <> a.sequence
        or e.to_starts_at <> a.starts_at`,
  'versions follow each other, and SEQUENCE rises by one with each change': `
    select e.appointment_id::text as id from (
      select appointment_id, version, sequence,
             lag(version) over w as version_before, lag(sequence) over w as sequence_before
        from appointment_event window w as (partition by appointment_id order by version)) e
     where (e.version_before is null and (e.version <> 1 or e.sequence <> 0))
        or (e.version_before is not null and (e.version <> e.version_before + 1 or e.sequence <> e.sequence_before + 1))`,
  'every step has its notice, a live job, or nobody to tell': `
    select e.id::text as id from appointment_event e
     where e.tells
       and not exists (select from appointment_event u where u.undoes = e.id)
       and not exists (select from notice n where n.event_id = e.id and n.state <> 'queued')
       and not exists (select from jobs.job j
                        where j.name = 'appointment-changed' and j.data ->> 'eventId' = e.id::text
                          and j.state in ('created', 'retry', 'active'))`,
  'no notice is about another clinic’s appointment': `
    select n.id::text as id from notice n join appointment_event e on e.id = n.event_id
     where n.appointment_id is distinct from e.appointment_id or n.clinic_id is distinct from e.clinic_id`,
  'an appointment’s payer is its calendar’s': `
    select a.id::text as id from appointment a join calendar c on c.id = a.calendar_id where c.payer <> a.payer`,
};

/** Free days against the derivation, for resources without an ended hold; of today only what can still be booked. */
const freeDays = `
  with steady as (
    select r.id from resource r
     where not exists (select from occupation o where o.resource_id = r.id and o.expires_at <= $1)
  ), derived as (
    select f.calendar_id, f.service_id, (f.starts_at at time zone b.zone)::date as day, count(*)::integer as free_count,
           (array_agg(f.starts_at order by f.starts_at))[1:5] as starts
      from steady
     cross join lateral free_starts(steady.id, null, null, $1, $1::timestamptz + interval '731 days', $1, null) f
      join calendar c on c.id = f.calendar_id
      join branch b on b.id = c.branch_id
     group by 1, 2, 3
  ), kept as (
    select d.calendar_id, d.service_id, d.day, d.free_count::integer as free_count, d.starts
      from free_day d join calendar c on c.id = d.calendar_id
     where c.resource_id in (select id from steady)
  )
  select coalesce(derived.calendar_id, kept.calendar_id)::text || ' ' || coalesce(derived.day, kept.day)::text as id
    from derived
    full join kept using (calendar_id, service_id, day)
    join calendar c on c.id = coalesce(derived.calendar_id, kept.calendar_id)
   where coalesce(derived.day, kept.day) >
         (($1::timestamptz + make_interval(mins => greatest(
            c.minimum_notice_minutes, (select max(cs.minimum_notice_minutes) from calendar_service cs where cs.calendar_id = c.id))))
          at time zone 'Europe/Riga')::date
     and (derived.starts, derived.free_count) is distinct from (kept.starts, kept.free_count)
     and coalesce(derived.day, kept.day) <= ($1::timestamptz at time zone 'Europe/Riga')::date - 1 + least(
           c.horizon_days, (select min(cs.horizon_days) from calendar_service cs where cs.calendar_id = c.id))
     and not exists (select from stale_days t where t.resource_id = c.resource_id)`;

/**
 * Checks the promises on the data of a running database and says what disagrees; an empty list means that all are kept.
 * @param limit how many places of each promise are named
 */
export async function audit(
  reader: Pick<Tx, 'query'>,
  now: Temporal.Instant,
  options: { limit?: number; freeDays?: boolean } = {},
): Promise<Disagreement[]> {
  const limit = options.limit ?? 20;
  const found: Disagreement[] = [];
  for (const [promise, text] of Object.entries(checks)) {
    const values = text.includes('$1') ? [now.toString()] : [];
    const rows = await reader.query<{ id: string }>(`select id from (${text}) fault limit ${limit}`, values);
    found.push(...rows.map(({ id }) => ({ promise, id })));
  }
  if (options.freeDays ?? true) {
    const rows = await reader.query<{ id: string }>(`select id from (${freeDays}) fault limit ${limit}`, [
      now.toString(),
    ]);
    found.push(...rows.map(({ id }) => ({ promise: 'free days equal the derivation', id })));
  }
  return found;
}
