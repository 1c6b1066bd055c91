import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands against a time although it is free: rooms, full days, used quotas, hours of other services. */
export class UseIsCountedFromTheLedger1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
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
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function why_barred(uuid, uuid, timestamptz, timestamptz, uuid);
      drop function spent_quota(uuid, uuid, timestamptz, timestamptz, timestamptz, uuid);
      drop function full_days(uuid, timestamptz, timestamptz, timestamptz, uuid);
      drop function visits_that_count(uuid, date, date, timestamptz, uuid);
      drop function free_resource(uuid, uuid, text, tstzrange, timestamptz, uuid);
    `);
  }
}
