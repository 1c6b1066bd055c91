import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Free times: derived in one place, and kept by day so that a search is one index scan (architecture.md, 2 and 3). */
export class FreeDaysAreMaintained1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A local day of a calendar and service with at least one free time; a day without any has no row.
      create table free_day (
        calendar_id uuid not null,
        service_id uuid not null,
        day date not null,
        clinic_id uuid not null,
        specialty_id text not null,
        city text not null,
        payer text not null,
        first_start timestamptz not null,
        starts timestamptz[] not null,
        free_count smallint not null,
        constraint free_day_pkey primary key (calendar_id, service_id, day),
        constraint free_day_calendar_service_fkey foreign key (calendar_id, service_id) references calendar_service (calendar_id, service_id),
        constraint free_day_something check (free_count > 0 and cardinality(starts) between 1 and 5 and starts[1] = first_start)
      );
      create index free_day_by_specialty_and_city on free_day (payer, specialty_id, city, first_start, calendar_id) include (service_id);
      create index free_day_by_city on free_day (payer, city, first_start, calendar_id) include (service_id);
      create index free_day_by_specialty on free_day (payer, specialty_id, first_start, calendar_id) include (service_id);
      create index free_day_by_payer on free_day (payer, first_start, calendar_id) include (service_id);
      create index free_day_by_first_start on free_day (first_start, calendar_id);

      -- The free times of a resource: openings minus what is taken, on the calendar's grid (domain.md, Slots).
      --   p_calendar, p_service: null means all of the resource's
      --   p_from, p_to: starts in [p_from, p_to)
      --   p_now: the moment that notice, horizon and expiry are judged by; no function here asks a clock
      --   p_ignored: an appointment or hold whose own time counts as free
      -- Any lane blocks: a doubly booked time is never offered, though only lane 0 is guarded by the exclusion.
      create function free_starts(
        p_resource uuid, p_calendar uuid, p_service uuid,
        p_from timestamptz, p_to timestamptz, p_now timestamptz, p_ignored uuid)
      returns table (calendar_id uuid, service_id uuid, starts_at timestamptz, ends_at timestamptz)
      language plpgsql stable rows 200 as $$
      declare
        busy tstzmultirange;
      begin
        select coalesce(range_agg(o.during), '{}') into busy
          from occupation o
         where o.resource_id = p_resource
           and o.during && tstzrange(p_from - interval '1 day', p_to + interval '1 day')
           and (o.expires_at is null or o.expires_at > p_now)
           and o.owner_id is distinct from p_ignored;
        return query
        select c.id, cs.service_id, g.start, g.start + make_interval(mins => cs.minutes)
          from calendar c
          join branch b on b.id = c.branch_id
          join calendar_service cs on cs.calendar_id = c.id and cs.active and (p_service is null or cs.service_id = p_service)
          join opening o on o.calendar_id = c.id and o.during && tstzrange(p_from, p_to)
         cross join lateral (
           select greatest(
                    p_from,
                    p_now + make_interval(mins => c.minimum_notice_minutes),
                    case when c.buffers_may_leave_opening then lower(o.during)
                         else lower(o.during) + make_interval(mins => cs.buffer_before) end) as earliest,
                  least(
                    p_to - interval '1 microsecond',
                    ((p_now at time zone b.zone)::date + c.horizon_days + 1)::timestamp at time zone b.zone - interval '1 microsecond',
                    upper(o.during) - make_interval(mins => cs.minutes
                      + case when c.buffers_may_leave_opening then 0 else cs.buffer_after end)) as latest
         ) w
         cross join lateral generate_series(
           lower(o.during) + make_interval(mins => c.grid_minutes
             * ceil(extract(epoch from w.earliest - lower(o.during)) / (60 * c.grid_minutes))::integer),
           w.latest,
           make_interval(mins => c.grid_minutes)) as g(start)
         where c.resource_id = p_resource
           and c.published
           and (p_calendar is null or c.id = p_calendar)
           and not busy && tstzrange(
                 g.start - make_interval(mins => cs.buffer_before),
                 g.start + make_interval(mins => cs.minutes + cs.buffer_after))
         order by g.start, c.id, cs.service_id;
      end $$;

      -- Recomputes the free days of all calendars of a resource for local days from p_first to p_last, both included.
      -- The caller holds the resource's lock, and this is a later statement than its write: otherwise the rows would be
      -- computed from a snapshot that is older than the lock.
      create function refresh_free_days(p_resource uuid, p_first date, p_last date, p_now timestamptz)
      returns void language plpgsql as $$
      begin
        with kept as materialized (
          select c.id, c.clinic_id, c.payer, b.city, b.zone
            from calendar c join branch b on b.id = c.branch_id where c.resource_id = p_resource
        ), days as (
          select f.calendar_id, f.service_id, (f.starts_at at time zone k.zone)::date as day,
                 (array_agg(f.starts_at order by f.starts_at))[1:5] as starts, count(*)::smallint as free_count
            from free_starts(
                   p_resource, null, null,
                   (select min(p_first::timestamp at time zone z.zone) from kept z),
                   (select max((p_last + 1)::timestamp at time zone z.zone) from kept z), p_now, null) f
            join kept k on k.id = f.calendar_id
           group by f.calendar_id, f.service_id, 3
        ), fresh as (
          select d.calendar_id, d.service_id, d.day, k.clinic_id, s.specialty_id, k.city, k.payer, d.starts, d.free_count
            from days d join kept k on k.id = d.calendar_id join service s on s.id = d.service_id
           where d.day between p_first and p_last
        ), gone as (
          -- By all columns of the primary key: without the service an index of the search would be skipped through.
          delete from free_day d
           using kept k, calendar_service cs
           where cs.calendar_id = k.id
             and d.calendar_id = k.id
             and d.service_id = cs.service_id
             and d.day between p_first and p_last
             and not exists (
               select from fresh f where f.calendar_id = d.calendar_id and f.service_id = d.service_id and f.day = d.day)
        )
        insert into free_day as d
          (calendar_id, service_id, day, clinic_id, specialty_id, city, payer, first_start, starts, free_count)
        select f.calendar_id, f.service_id, f.day, f.clinic_id, f.specialty_id, f.city, f.payer, f.starts[1], f.starts, f.free_count
          from fresh f
        on conflict on constraint free_day_pkey do update
           set first_start = excluded.first_start, starts = excluded.starts, free_count = excluded.free_count,
               specialty_id = excluded.specialty_id, city = excluded.city
         where (d.starts, d.free_count, d.specialty_id, d.city)
            is distinct from (excluded.starts, excluded.free_count, excluded.specialty_id, excluded.city);
      end $$;

      -- The same for the days on which a change of taken time from p_start to p_end can be felt: a visit that starts up to
      -- its own length earlier, or a buffer later.
      create function refresh_free_days_around(p_resource uuid, p_start timestamptz, p_end timestamptz, p_now timestamptz)
      returns void language plpgsql as $$
      declare
        first_felt date;
        last_felt date;
      begin
        select min((p_start - make_interval(mins => cs.minutes + cs.buffer_after)) at time zone b.zone)::date,
               max((p_end + make_interval(mins => cs.buffer_before)) at time zone b.zone)::date
          into first_felt, last_felt
          from calendar c
          join branch b on b.id = c.branch_id
          join calendar_service cs on cs.calendar_id = c.id
         where c.resource_id = p_resource;
        if first_felt is not null then
          perform refresh_free_days(p_resource, first_felt, last_felt, p_now);
        end if;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function refresh_free_days_around(uuid, timestamptz, timestamptz, timestamptz);
      drop function refresh_free_days(uuid, date, date, timestamptz);
      drop function free_starts(uuid, uuid, uuid, timestamptz, timestamptz, timestamptz, uuid);
      drop table free_day;
    `);
  }
}
