import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Promises 1 and 2 for more than one resource: rooms and devices that a visit takes too, sessions with seats, hours that
 * are for some services only, and the quotas and daily limits that are counted from the ledger itself.
 */
export class WhatAVisitTakes1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table resource
        add column branch_id uuid,
        add column capability text,
        add column active boolean not null default true,
        add constraint resource_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
        add constraint resource_capability_form check (capability ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(capability) <= 60),
        add constraint resource_capable_somewhere check (capability is null or (branch_id is not null and kind <> 'practitioner'));
      create index resource_by_capability on resource (branch_id, capability) where capability is not null;

      alter table calendar
        add column most_per_day smallint,
        add constraint calendar_most_per_day_sane check (most_per_day between 1 and 500);

      -- A service may be stricter than its calendar. tariff_cents is what the state pays for a visit: it counts against a
      -- quota's money and is no price of the patient's. by_session: its starts are group sessions, not the grid.
      alter table calendar_service
        add column confirmation text,
        add column minimum_notice_minutes integer,
        add column horizon_days smallint,
        add column late_cancel_hours smallint,
        add column tariff_cents integer not null default 0,
        add column by_session boolean not null default false,
        add constraint calendar_service_confirmation_known check (confirmation in ('automatic', 'manual')),
        add constraint calendar_service_notice_sane check (minimum_notice_minutes between 0 and 43200),
        add constraint calendar_service_horizon_sane check (horizon_days between 1 and 730),
        add constraint calendar_service_late_cancel_sane check (late_cancel_hours between 0 and 336),
        add constraint calendar_service_tariff_sane check (tariff_cents between 0 and 10000000);

      create index calendar_service_by_notice on calendar_service (minimum_notice_minutes) where minimum_notice_minutes is not null;

      -- Inside it only these services can be booked. The grid is still counted from the start of the opening.
      create table opening_limit (
        id bigint generated always as identity,
        calendar_id uuid not null,
        clinic_id uuid not null,
        during tstzrange not null,
        service_ids uuid[] not null,
        constraint opening_limit_pkey primary key (id),
        constraint opening_limit_calendar_fkey foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
        constraint opening_limit_real check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
        constraint opening_limit_once exclude using gist (calendar_id with =, during with &&)
      );

      -- A visit for the service takes one active room or device of each capability, at the calendar's branch.
      create table service_need (
        clinic_id uuid not null,
        service_id uuid not null,
        capability text not null,
        constraint service_need_pkey primary key (clinic_id, service_id, capability),
        constraint service_need_service_fkey foreign key (clinic_id, service_id) references service (clinic_id, id),
        constraint service_need_capability_form check (capability ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(capability) <= 60)
      );

      -- What the state pays for in a month: of a practitioner at a clinic, for one service or (none named) for all.
      create table quota (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        resource_id uuid not null,
        service_id uuid,
        valid_from date not null,
        valid_to date,
        minutes_a_month integer,
        visits_a_day smallint,
        visits_a_month smallint,
        cents_a_month integer,
        constraint quota_pkey primary key (id),
        constraint quota_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint quota_resource_fkey foreign key (resource_id) references resource (id),
        constraint quota_service_fkey foreign key (clinic_id, service_id) references service (clinic_id, id),
        constraint quota_of_whole_months check (
          extract(day from valid_from) = 1 and (valid_to is null or (valid_to > valid_from and extract(day from valid_to + 1) = 1))),
        constraint quota_limits_something check (num_nonnulls(minutes_a_month, visits_a_day, visits_a_month, cents_a_month) > 0),
        constraint quota_sane check (
          minutes_a_month between 0 and 60000 and visits_a_day between 0 and 500 and visits_a_month between 0 and 10000
          and cents_a_month between 0 and 1000000000)
      );
      create index quota_by_resource on quota (resource_id);
      create index quota_by_clinic on quota (clinic_id);

      -- A group visit or a slice of a vaccination line. It takes its resource's time once, as owner 'session'.
      create table group_session (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        calendar_id uuid not null,
        service_id uuid not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        seats smallint not null,
        constraint group_session_pkey primary key (id),
        constraint group_session_with_seats unique (id, seats),
        constraint group_session_calendar_fkey foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
        constraint group_session_service_fkey foreign key (calendar_id, service_id) references calendar_service (calendar_id, service_id),
        constraint group_session_forward check (ends_at > starts_at),
        constraint group_session_seats_sane check (seats between 1 and 500),
        constraint group_session_once unique (calendar_id, service_id, starts_at)
      );

      -- A seat that is taken. No two have the same, and none lies beyond the session's seats.
      create table seat (
        session_id uuid not null,
        seat smallint not null,
        seats smallint not null,
        owner_kind text not null,
        owner_id uuid not null,
        tariff_cents integer not null,
        expires_at timestamptz,
        constraint seat_pkey primary key (session_id, seat),
        constraint seat_session_fkey foreign key (session_id, seats) references group_session (id, seats) on update cascade,
        constraint seat_within_capacity check (seat between 1 and seats),
        constraint seat_owner_known check (owner_kind in ('hold', 'appointment', 'former', 'offer')),
        constraint seat_expires_if_tentative check ((owner_kind in ('hold', 'offer')) = (expires_at is not null)),
        constraint seat_once_per_owner unique (owner_id, session_id)
      );

      create index seat_by_expiry on seat (expires_at) where expires_at is not null;

      -- Calendars that share a room or device: their free days are redone within a second, each under its own lock.
      create table stale_days (
        id bigint generated always as identity,
        resource_id uuid not null,
        first_day date not null,
        last_day date not null,
        constraint stale_days_pkey primary key (id),
        constraint stale_days_resource_fkey foreign key (resource_id) references resource (id),
        constraint stale_days_forward check (last_day >= first_day)
      );
      create index stale_days_by_resource on stale_days (resource_id);

      -- What the visit is, on the row of its calendar's own resource, so that use is counted from the ledger. There is no
      -- foreign key: the hold or appointment behind it has one, and a second would cost every booking.
      alter table occupation
        add column calendar_id uuid,
        add column service_id uuid,
        add column visit tstzrange,
        add column tariff_cents integer,
        add constraint occupation_visit_whole check (num_nonnulls(calendar_id, service_id, visit, tariff_cents) in (0, 4)),
        add constraint occupation_visit_inside check (visit <@ during);
      update occupation o
         set calendar_id = a.calendar_id, service_id = a.service_id, visit = tstzrange(a.starts_at, a.ends_at), tariff_cents = 0
        from appointment a
       where o.owner_kind = 'appointment' and a.id = o.owner_id;
      update occupation o
         set calendar_id = h.calendar_id, service_id = h.service_id, visit = tstzrange(h.starts_at, h.ends_at), tariff_cents = 0
        from hold h
       where o.owner_kind = 'hold' and h.id = o.owner_id;

      -- The first room or device of a capability that is free for all of a range, by name; null: none is.
      create function free_resource(
        p_clinic uuid, p_branch uuid, p_capability text, p_during tstzrange, p_now timestamptz, p_ignored uuid)
      returns uuid language sql stable as $$
        select r.id
          from resource r
         where r.branch_id = p_branch and r.capability = p_capability and r.active and r.clinic_id = p_clinic
           and not exists (
             select from occupation o
              where o.resource_id = r.id and o.during && p_during
                and (o.expires_at is null or o.expires_at > p_now) and o.owner_id is distinct from p_ignored)
           and not exists (
             select from closure k where k.clinic_id = p_clinic and k.during && p_during and k.resource_id = r.id)
         order by r.name, r.id
         limit 1
      $$;

      -- Every visit of a resource that counts against a limit, by the local day of its branch, held ones included.
      create function visits_that_count(
        p_resource uuid, p_first date, p_last date, p_now timestamptz, p_ignored uuid)
      returns table (calendar_id uuid, clinic_id uuid, service_id uuid, payer text, day date, minutes integer, tariff_cents integer)
      language sql stable as $$
        select v.calendar_id, c.clinic_id, v.service_id, c.payer, d.day,
               (extract(epoch from upper(v.visit) - lower(v.visit)) / 60)::integer, v.tariff_cents
          from (
            select o.calendar_id, o.service_id, o.visit, o.tariff_cents, o.expires_at, o.owner_id
              from occupation o
             where o.resource_id = p_resource and o.visit is not null and o.owner_kind <> 'session'
               and o.during && tstzrange((p_first - 1)::timestamptz, (p_last + 2)::timestamptz)
            union all
            select g.calendar_id, g.service_id, tstzrange(g.starts_at, g.ends_at), t.tariff_cents, t.expires_at, t.owner_id
              from calendar k
              join group_session g on g.calendar_id = k.id
              join seat t on t.session_id = g.id
             where k.resource_id = p_resource and t.owner_kind <> 'former'
               and g.starts_at >= (p_first - 1)::timestamptz and g.starts_at < (p_last + 2)::timestamptz) v
          join calendar c on c.id = v.calendar_id
          join branch b on b.id = c.branch_id
         cross join lateral (select (lower(v.visit) at time zone b.zone)::date as day) d
         where d.day between p_first and p_last
           and (v.expires_at is null or v.expires_at > p_now)
           and v.owner_id is distinct from p_ignored
      $$;

      -- The times in which no further visit for a service fits below the calendar's daily limit.
      create function full_days(
        p_calendar uuid, p_from timestamptz, p_to timestamptz, p_now timestamptz, p_ignored uuid)
      returns tstzmultirange language sql stable as $$
        select coalesce(range_agg(tstzrange(f.day::timestamp at time zone f.zone, (f.day + 1)::timestamp at time zone f.zone)), '{}')
          from (
            select v.day, b.zone
              from calendar c
              join branch b on b.id = c.branch_id
             cross join lateral visits_that_count(
               c.resource_id, (p_from at time zone b.zone)::date, (p_to at time zone b.zone)::date, p_now, p_ignored) v
             where c.id = p_calendar and c.most_per_day is not null and v.calendar_id = c.id
             group by v.day, b.zone, c.most_per_day
            having count(*) >= c.most_per_day) f
      $$;

      -- The times in which one more visit for a service would exceed a quota of its practitioner (F010): whole local
      -- months, or single days of a daily limit.
      create function spent_quota(
        p_calendar uuid, p_service uuid, p_from timestamptz, p_to timestamptz, p_now timestamptz, p_ignored uuid)
      returns tstzmultirange language sql stable as $$
        with offer as (
          select c.id, c.clinic_id, c.resource_id, b.zone, cs.minutes, cs.tariff_cents,
                 date_trunc('month', p_from at time zone b.zone)::date as first,
                 (date_trunc('month', p_to at time zone b.zone) + interval '1 month')::date - 1 as last
            from calendar c
            join branch b on b.id = c.branch_id
            join calendar_service cs on cs.calendar_id = c.id and cs.service_id = p_service
           where c.id = p_calendar and c.payer = 'state'
        ), used as (
          select v.* from offer cross join lateral visits_that_count(offer.resource_id, offer.first, offer.last, p_now, p_ignored) v
           where v.payer = 'state' and v.clinic_id = offer.clinic_id
        ), limits as (
          select q.* from offer join quota q on q.resource_id = offer.resource_id and q.clinic_id = offer.clinic_id
           where (q.service_id is null or q.service_id = p_service)
        ), months as (
          select m.month::date as first, (m.month + interval '1 month')::date as next
            from offer cross join lateral generate_series(offer.first::timestamp, offer.last::timestamp, interval '1 month') m(month)
        ), spent as (
          select m.first, m.next
            from offer cross join months m
            join limits q on q.valid_from <= m.first and (q.valid_to is null or q.valid_to >= m.next - 1)
            left join lateral (
              select count(*) as visits, coalesce(sum(u.minutes), 0) as minutes, coalesce(sum(u.tariff_cents), 0) as cents
                from used u
               where u.day >= m.first and u.day < m.next and (q.service_id is null or u.service_id = q.service_id)) s on true
           where s.visits + 1 > q.visits_a_month
              or s.minutes + offer.minutes > q.minutes_a_month
              or s.cents + offer.tariff_cents > q.cents_a_month
          union all
          select u.day, u.day + 1
            from limits q
            join used u on (q.service_id is null or u.service_id = q.service_id)
             and q.valid_from <= u.day and (q.valid_to is null or q.valid_to >= u.day)
           where q.visits_a_day is not null
           group by q.id, q.visits_a_day, u.day
          having count(*) + 1 > q.visits_a_day
          union all
          -- A daily limit of none closes days on which nothing was taken, too.
          select m.first, m.next
            from months m
            join limits q on q.visits_a_day = 0 and q.valid_from <= m.first and (q.valid_to is null or q.valid_to >= m.next - 1)
        )
        select coalesce(range_agg(tstzrange(s.first::timestamp at time zone offer.zone, s.next::timestamp at time zone offer.zone)), '{}')
          from offer cross join spent s
      $$;

      -- What stands against one start although the time itself is free: the first reason, or null.
      create function why_barred(
        p_calendar uuid, p_service uuid, p_start timestamptz, p_now timestamptz, p_ignored uuid)
      returns text language sql stable as $$
        select case
            when exists (
              select from opening_limit l
               where l.calendar_id = c.id and l.during && tstzrange(p_start, p_start + make_interval(mins => cs.minutes))
                 and not cs.service_id = any (l.service_ids)) then 'other-services'
            when full_days(c.id, p_start, p_start, p_now, p_ignored) @> p_start then 'day-full'
            when spent_quota(c.id, cs.service_id, p_start, p_start, p_now, p_ignored) @> p_start then 'quota-used'
            -- A session took its rooms when it was planned.
            when not cs.by_session and exists (
              select from service_need n
               where n.clinic_id = c.clinic_id and n.service_id = cs.service_id
                 and free_resource(
                   c.clinic_id, c.branch_id, n.capability,
                   tstzrange(p_start - make_interval(mins => cs.buffer_before),
                             p_start + make_interval(mins => cs.minutes + cs.buffer_after)),
                   p_now, p_ignored) is null) then 'no-room'
          end
          from calendar c
          join calendar_service cs on cs.calendar_id = c.id and cs.service_id = p_service
         where c.id = p_calendar
      $$;

      -- As before, and: a service's own notice and horizon; hours of other services; days and months that are full; a room or
      -- device of each capability that it needs; and the sessions that have a seat.
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
           and (select count(*) from seat t
                 where t.session_id = n.id and (t.expires_at is null or t.expires_at > p_now)
                   and t.owner_id is distinct from p_ignored) < n.seats
           and (f.full_days is null or not f.full_days @> n.starts_at)
           and (f.spent is null or not f.spent @> n.starts_at)
        ) s
        order by s.starts_at, s.calendar_id, s.service_id;
      end $$;

      -- As before; a quota is felt in all of its month.
      create or replace function refresh_free_days_around(p_resource uuid, p_start timestamptz, p_end timestamptz, p_now timestamptz)
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
          if exists (select from quota q where q.resource_id = p_resource) then
            first_felt := date_trunc('month', first_felt);
            last_felt := date_trunc('month', last_felt) + interval '1 month' - interval '1 day';
          end if;
          perform refresh_free_days(p_resource, first_felt, last_felt, p_now);
        end if;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function refresh_free_days_around(p_resource uuid, p_start timestamptz, p_end timestamptz, p_now timestamptz)
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

      drop function why_barred(uuid, uuid, timestamptz, timestamptz, uuid);
      drop function spent_quota(uuid, uuid, timestamptz, timestamptz, timestamptz, uuid);
      drop function full_days(uuid, timestamptz, timestamptz, timestamptz, uuid);
      drop function visits_that_count(uuid, date, date, timestamptz, uuid);
      drop function free_resource(uuid, uuid, text, tstzrange, timestamptz, uuid);
      alter table occupation
        drop column calendar_id, drop column service_id, drop column visit, drop column tariff_cents;
      drop table stale_days, seat, group_session, quota, service_need, opening_limit;
      drop index calendar_service_by_notice;
      alter table calendar_service
        drop column confirmation, drop column minimum_notice_minutes, drop column horizon_days, drop column late_cancel_hours,
        drop column tariff_cents, drop column by_session;
      alter table calendar drop column most_per_day;
      drop index resource_by_capability;
      alter table resource drop column capability, drop column branch_id, drop column active;
    `);
  }
}
