import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A doctor's own calendar closes times by itself, and nothing is offered while it cannot be read (F054, F055). */
export class ADoctorsOwnCalendarCounts1764000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- 'external': busy in the practitioner's own calendar. Only that somebody is busy is known, never with what.
      alter table closure
        add column kind text not null default 'staff',
        alter column created_by drop not null,
        add constraint closure_kind_known check (kind in ('staff', 'external')),
        add constraint closure_made_by_staff check ((kind = 'staff') = (created_by is not null)),
        add constraint closure_external_says_nothing check (
          kind = 'staff'
          or resource_id is not null and branch_id is null and series_id is null and reason is null and public_reason is null);
      create unique index closure_external_once on closure (resource_id, clinic_id, during) where kind = 'external';

      -- Since when nothing of it is offered to the public, because the practitioner's own calendar cannot be read.
      alter table calendar add column paused_since timestamptz;

      alter table appointment
        drop constraint appointment_orphaned_why_known,
        add constraint appointment_orphaned_why_known check (orphaned_why in (
          'hours', 'closed', 'service-ended', 'practitioner-left', 'days', 'practitioner-away', 'own-calendar'));

      -- As before, and: nothing of a calendar that is paused.
      create or replace function free_starts(
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
        -- Materialized: what is full is asked once for an offer, not once for every start.
        with offers as materialized (
          select c.id, c.clinic_id, c.branch_id, c.grid_minutes, c.buffers_may_leave_opening,
                 cs.service_id, cs.minutes, cs.buffer_before, cs.buffer_after, cs.by_session,
                 p_now + make_interval(mins => coalesce(cs.minimum_notice_minutes, c.minimum_notice_minutes)) as noticed,
                 ((p_now at time zone b.zone)::date + coalesce(cs.horizon_days, c.horizon_days) + 1)::timestamp at time zone b.zone as horizon,
                 (select range_agg(l.during) from opening_limit l
                   where l.calendar_id = c.id and not cs.service_id = any (l.service_ids)
                     and l.during && tstzrange(p_from - interval '1 day', p_to + interval '1 day')) as others,
                 case when c.most_per_day is not null then full_days(c.id, p_from, p_to, p_now, p_ignored) end as full_days,
                 case when c.payer = 'state' and exists (select from quota q where q.resource_id = c.resource_id)
                      then spent_quota(c.id, cs.service_id, p_from, p_to, p_now, p_ignored) end as spent,
                 array(select n.capability from service_need n where n.clinic_id = c.clinic_id and n.service_id = cs.service_id) as needs
            from calendar c
            join branch b on b.id = c.branch_id
            join calendar_service cs
              on cs.calendar_id = c.id and cs.active and (p_service is null or cs.service_id = p_service)
           where c.resource_id = p_resource
             and c.published
             and c.paused_since is null
             and (p_calendar is null or c.id = p_calendar)
        )
        select s.calendar_id, s.service_id, s.starts_at, s.ends_at from (
        select f.id as calendar_id, f.service_id, g.start as starts_at, g.start + make_interval(mins => f.minutes) as ends_at
          from offers f
          join opening o on o.calendar_id = f.id and o.during && tstzrange(p_from, p_to)
         cross join lateral (
           select greatest(
                    p_from, f.noticed,
                    case when f.buffers_may_leave_opening then lower(o.during)
                         else lower(o.during) + make_interval(mins => f.buffer_before) end) as earliest,
                  least(
                    p_to - interval '1 microsecond', f.horizon - interval '1 microsecond',
                    upper(o.during) - make_interval(mins => f.minutes
                      + case when f.buffers_may_leave_opening then 0 else f.buffer_after end)) as latest
         ) w
         cross join lateral generate_series(
           lower(o.during) + make_interval(mins => f.grid_minutes
             * ceil(extract(epoch from w.earliest - lower(o.during)) / (60 * f.grid_minutes))::integer),
           w.latest,
           make_interval(mins => f.grid_minutes)) as g(start)
         cross join lateral (
           select tstzrange(
             g.start - make_interval(mins => f.buffer_before),
             g.start + make_interval(mins => f.minutes + f.buffer_after)) as during
         ) taken
         where not f.by_session
           and not busy && taken.during
           and (f.others is null or not f.others && tstzrange(g.start, g.start + make_interval(mins => f.minutes)))
           and (f.full_days is null or not f.full_days @> g.start)
           and (f.spent is null or not f.spent @> g.start)
           and (cardinality(f.needs) = 0 or not exists (
                 select from unnest(f.needs) n
                  where free_resource(f.clinic_id, f.branch_id, n, taken.during, p_now, p_ignored) is null))
        union all
        select f.id, f.service_id, n.starts_at, n.ends_at
          from offers f
          join group_session n on n.calendar_id = f.id and n.service_id = f.service_id
         where f.by_session
           and n.starts_at >= greatest(p_from, f.noticed)
           and n.starts_at < least(p_to, f.horizon)
           and exists (
             select from opening o where o.calendar_id = f.id and o.during @> tstzrange(n.starts_at, n.ends_at))
           and not exists (
             select from occupation o
               join closure k on k.clinic_id = f.clinic_id and k.resource_id = o.resource_id and k.during && o.during
              where o.owner_id = n.id and o.owner_kind = 'session' and o.resource_id <> p_resource)
           and (select count(*) from seat t
                 where t.session_id = n.id and (t.expires_at is null or t.expires_at > p_now)
                   and t.owner_id is distinct from p_ignored) < n.seats
           and (f.full_days is null or not f.full_days @> n.starts_at)
           and (f.spent is null or not f.spent @> n.starts_at)
        ) s
        order by s.starts_at, s.calendar_id, s.service_id;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function free_starts(
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
        -- Materialized: what is full is asked once for an offer, not once for every start.
        with offers as materialized (
          select c.id, c.clinic_id, c.branch_id, c.grid_minutes, c.buffers_may_leave_opening,
                 cs.service_id, cs.minutes, cs.buffer_before, cs.buffer_after, cs.by_session,
                 p_now + make_interval(mins => coalesce(cs.minimum_notice_minutes, c.minimum_notice_minutes)) as noticed,
                 ((p_now at time zone b.zone)::date + coalesce(cs.horizon_days, c.horizon_days) + 1)::timestamp at time zone b.zone as horizon,
                 (select range_agg(l.during) from opening_limit l
                   where l.calendar_id = c.id and not cs.service_id = any (l.service_ids)
                     and l.during && tstzrange(p_from - interval '1 day', p_to + interval '1 day')) as others,
                 case when c.most_per_day is not null then full_days(c.id, p_from, p_to, p_now, p_ignored) end as full_days,
                 case when c.payer = 'state' and exists (select from quota q where q.resource_id = c.resource_id)
                      then spent_quota(c.id, cs.service_id, p_from, p_to, p_now, p_ignored) end as spent,
                 array(select n.capability from service_need n where n.clinic_id = c.clinic_id and n.service_id = cs.service_id) as needs
            from calendar c
            join branch b on b.id = c.branch_id
            join calendar_service cs
              on cs.calendar_id = c.id and cs.active and (p_service is null or cs.service_id = p_service)
           where c.resource_id = p_resource
             and c.published
             and (p_calendar is null or c.id = p_calendar)
        )
        select s.calendar_id, s.service_id, s.starts_at, s.ends_at from (
        select f.id as calendar_id, f.service_id, g.start as starts_at, g.start + make_interval(mins => f.minutes) as ends_at
          from offers f
          join opening o on o.calendar_id = f.id and o.during && tstzrange(p_from, p_to)
         cross join lateral (
           select greatest(
                    p_from, f.noticed,
                    case when f.buffers_may_leave_opening then lower(o.during)
                         else lower(o.during) + make_interval(mins => f.buffer_before) end) as earliest,
                  least(
                    p_to - interval '1 microsecond', f.horizon - interval '1 microsecond',
                    upper(o.during) - make_interval(mins => f.minutes
                      + case when f.buffers_may_leave_opening then 0 else f.buffer_after end)) as latest
         ) w
         cross join lateral generate_series(
           lower(o.during) + make_interval(mins => f.grid_minutes
             * ceil(extract(epoch from w.earliest - lower(o.during)) / (60 * f.grid_minutes))::integer),
           w.latest,
           make_interval(mins => f.grid_minutes)) as g(start)
         cross join lateral (
           select tstzrange(
             g.start - make_interval(mins => f.buffer_before),
             g.start + make_interval(mins => f.minutes + f.buffer_after)) as during
         ) taken
         where not f.by_session
           and not busy && taken.during
           and (f.others is null or not f.others && tstzrange(g.start, g.start + make_interval(mins => f.minutes)))
           and (f.full_days is null or not f.full_days @> g.start)
           and (f.spent is null or not f.spent @> g.start)
           and (cardinality(f.needs) = 0 or not exists (
                 select from unnest(f.needs) n
                  where free_resource(f.clinic_id, f.branch_id, n, taken.during, p_now, p_ignored) is null))
        union all
        select f.id, f.service_id, n.starts_at, n.ends_at
          from offers f
          join group_session n on n.calendar_id = f.id and n.service_id = f.service_id
         where f.by_session
           and n.starts_at >= greatest(p_from, f.noticed)
           and n.starts_at < least(p_to, f.horizon)
           and exists (
             select from opening o where o.calendar_id = f.id and o.during @> tstzrange(n.starts_at, n.ends_at))
           and not exists (
             select from occupation o
               join closure k on k.clinic_id = f.clinic_id and k.resource_id = o.resource_id and k.during && o.during
              where o.owner_id = n.id and o.owner_kind = 'session' and o.resource_id <> p_resource)
           and (select count(*) from seat t
                 where t.session_id = n.id and (t.expires_at is null or t.expires_at > p_now)
                   and t.owner_id is distinct from p_ignored) < n.seats
           and (f.full_days is null or not f.full_days @> n.starts_at)
           and (f.spent is null or not f.spent @> n.starts_at)
        ) s
        order by s.starts_at, s.calendar_id, s.service_id;
      end $$;

      update appointment set orphaned_why = 'closed' where orphaned_why = 'own-calendar';
      alter table appointment
        drop constraint appointment_orphaned_why_known,
        add constraint appointment_orphaned_why_known check (orphaned_why in (
          'hours', 'closed', 'service-ended', 'practitioner-left', 'days', 'practitioner-away'));
      alter table calendar drop column paused_since;
      delete from closure where kind = 'external';
      drop index closure_external_once;
      alter table closure
        drop constraint closure_external_says_nothing, drop constraint closure_made_by_staff, drop constraint closure_kind_known,
        drop column kind, alter column created_by set not null;
    `);
  }
}
