/**
 * What the statements about days of a branch look at: its local days, its resources and the time taken there.
 * $1 branch, $2 first day, $3 ids of resources or null for all, $4 the moment, $5 how many days.
 */
const scope = `
  with place as (
    select b.id, b.clinic_id, b.name, b.zone, $2::date::timestamp at time zone b.zone as first,
           ($2::date + $5::integer)::timestamp at time zone b.zone as last
      from branch b
     where b.id = $1
  ), columns as (
    select c.resource_id, jsonb_agg(distinct c.payer) as payers, min(c.grid_minutes) as grid
      from calendar c
      join place on c.branch_id = place.id
     where $3::uuid[] is null or c.resource_id = any($3)
     group by c.resource_id
  ), looked as (
    select resource_id from columns
     union
    select r.id
      from place
      join resource r on r.branch_id = place.id and r.capability is not null and r.active
     where $3::uuid[] is null or r.id = any($3)
  ), sessions as (
    select g.id, g.service_id, g.starts_at, g.ends_at, g.seats, c.resource_id, c.payer
      from place
      join calendar c on c.branch_id = place.id
      join columns on columns.resource_id = c.resource_id
      join group_session g on g.calendar_id = c.id and g.starts_at >= place.first and g.starts_at < place.last
  ), visits as (
    select a.*
      from place
      join appointment a on a.branch_id = place.id and a.starts_at >= place.first and a.starts_at < place.last
      join columns on columns.resource_id = a.resource_id
     where a.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow')
  ), held as materialized (
    select o.resource_id, o.lane, o.owner_kind, o.owner_id, o.during
      from place
      join looked on true
      join occupation o on o.resource_id = looked.resource_id and o.during && tstzrange(place.first, place.last)
     where o.expires_at is null or o.expires_at > $4
  ), taken as (
    -- Asked as lists: planned for any values these would be joined row by row, a million times (13 times slower).
    select h.*
      from held h
     where not (h.owner_kind = 'appointment' and (h.owner_id, h.resource_id) in (select id, resource_id from visits))
       and not (h.owner_kind = 'session' and (h.owner_id, h.resource_id) in (select id, resource_id from sessions))
  ), mark as (
    select concat_ws('.',
             (select sum(r.version) from resource r join looked on looked.resource_id = r.id),
             (select count(*) from visits), (select coalesce(sum(version), 0) from visits),
             (select count(patient_confirmed_at) from visits),
             (select count(*) from taken), (select count(*) from looked), (select count(*) from sessions)) as version
  )`;

/** Seconds since 1970 of what lies inside the days. */
const start = (range: string): string => `extract(epoch from greatest(lower(${range}), place.first))::bigint`;
const end = (range: string): string => `extract(epoch from least(upper(${range}), place.last))::bigint`;

/** A list as JSON, empty where there is nothing. */
const list = (fields: Record<string, string>, order: string): string =>
  `coalesce(json_agg(json_build_object(${Object.entries(fields)
    .map(([name, value]) => `'${name}', ${value}`)
    .join(', ')}) order by ${order}), '[]')`;

const columns = list(
  {
    resourceId: 'r.id',
    kind: 'r.kind',
    practitionerId: 'r.practitioner_id',
    payers: `coalesce(columns.payers, '[]')`,
    title: `coalesce(p.title, '{}')`,
    name: `coalesce(p.given_name || ' ' || p.family_name, r.name)`,
    specialties: `(select coalesce(json_agg(y.specialty_id), '[]') from practitioner_specialty y where y.practitioner_id = p.id)`,
  },
  'columns.payers is null, coalesce(p.family_name, r.name) collate "lv-x-icu", p.given_name, r.id',
);

const openings = list(
  { resourceId: 'c.resource_id', payer: 'c.payer', start: start('o.during'), end: end('o.during') },
  'lower(o.during)',
);

const appointments = list(
  {
    id: 'v.id',
    resourceId: 'v.resource_id',
    payer: 'v.payer',
    status: 'v.status',
    origin: 'v.origin',
    start: 'extract(epoch from v.starts_at)::bigint',
    end: 'extract(epoch from v.ends_at)::bigint',
    version: 'v.version',
    lane: `coalesce(lanes.lane, 0)`,
    orphaned: `case when v.orphaned_at is null then null when v.orphan_kept_at is null then 'open' else 'kept' end`,
    isPromised: 'v.patient_confirmed_start is not distinct from v.starts_at',
    patientId: 'v.patient_id',
    patientName: `p.given_name || ' ' || p.family_name`,
    serviceId: 'v.service_id',
    sessionId: `(select t.session_id from seat t join sessions n on n.id = t.session_id
                  where t.owner_id = v.id and t.owner_kind = 'appointment')`,
  },
  'v.starts_at, v.id',
);

const sessions = list(
  {
    id: 'n.id',
    resourceId: 'n.resource_id',
    payer: 'n.payer',
    serviceName: 's.name',
    start: 'extract(epoch from n.starts_at)::bigint',
    end: 'extract(epoch from n.ends_at)::bigint',
    seats: 'n.seats',
    taken: '(select count(*) from seat t where t.session_id = n.id and (t.expires_at is null or t.expires_at > $4))',
  },
  'n.starts_at, n.id',
);

const taken = list(
  {
    resourceId: 't.resource_id',
    kind: `case when t.owner_kind in ('hold', 'offer') then 'hold' when t.owner_kind = 'former' then 'former'
                when i.resource_id is not null then 'inside' else 'elsewhere' end`,
    by: `coalesce(p.given_name || ' ' || p.family_name, r.name)`,
    start: start('t.during'),
    end: end('t.during'),
  },
  'lower(t.during)',
);

const closures = list(
  { resourceId: 'x.resource_id', kind: 'x.kind', reason: 'x.reason', start: start('x.during'), end: end('x.during') },
  'lower(x.during), x.id',
);

const free = list({ resourceId: 'f.resource_id', start: start('f.during'), end: end('f.during') }, 'lower(f.during)');

/** Everything that a grid of days shows, as one row. */
export const dayText = `${scope}
  select place.id, place.clinic_id as "clinicId", place.name, place.zone, mark.version,
         extract(epoch from place.first)::double precision as start, extract(epoch from place.last)::double precision as "end",
         (select coalesce(min(grid), 15) from columns) as grid,
         (select ${columns}
            from looked
            join resource r on r.id = looked.resource_id
            left join columns on columns.resource_id = looked.resource_id
            left join practitioner p on p.id = r.practitioner_id) as columns,
         (select ${list({ id: 'y.id', name: 'y.name' }, `y.name ->> 'lv' collate "lv-x-icu", y.id`)}
            from specialty y
           where y.id in (select ps.specialty_id from columns join practitioner_specialty ps on ps.practitioner_id = columns.resource_id)) as specialties,
         (select ${openings}
            from calendar c
            join columns on columns.resource_id = c.resource_id
            join opening o on o.calendar_id = c.id and o.during && tstzrange(place.first, place.last)
           where c.branch_id = place.id) as openings,
         (select ${appointments}
            from visits v
            join patient p on p.id = v.patient_id
            left join (select owner_id, resource_id, max(lane) as lane from held where lane > 0 group by 1, 2) lanes
              on lanes.owner_id = v.id and lanes.resource_id = v.resource_id) as appointments,
         (select coalesce(json_object_agg(s.id, s.name), '{}') from service s where s.id in (select v.service_id from visits v)) as services,
         (select ${sessions}
            from sessions n
            join service s on s.id = n.service_id) as sessions,
         (select ${taken}
            from taken t
            left join lateral (
              select v.resource_id from visits v where t.owner_kind = 'appointment' and v.id = t.owner_id
               union all
              select n.resource_id from sessions n where t.owner_kind = 'session' and n.id = t.owner_id
               limit 1) i on true
            left join resource r on r.id = i.resource_id
            left join practitioner p on p.id = r.practitioner_id) as taken,
         (select ${closures}
            from closure x
           where x.clinic_id = place.clinic_id and x.during && tstzrange(place.first, place.last)
             and (x.resource_id in (select resource_id from looked)
                  or x.resource_id is null and (x.branch_id is null or x.branch_id = place.id))) as closures,
         (select ${free}
            from (select a.resource_id, unnest(a.open - coalesce(b.busy, '{}')) as during
                    from (select c.resource_id, range_agg(o.during * tstzrange(place.first, place.last)) as open
                            from calendar c
                            join columns on columns.resource_id = c.resource_id
                            join opening o on o.calendar_id = c.id and o.during && tstzrange(place.first, place.last)
                           where c.branch_id = place.id
                           group by c.resource_id) a
                    left join (select h.resource_id, range_agg(h.during) as busy from held h group by h.resource_id) b
                      on b.resource_id = a.resource_id) f) as free
    from place, mark`;

/** Whether anything of it has changed. */
export const versionText = `${scope} select place.clinic_id as "clinicId", mark.version from place, mark`;
