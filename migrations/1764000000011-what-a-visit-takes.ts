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
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
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
