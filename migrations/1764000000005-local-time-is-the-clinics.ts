import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 8: calendars, wall-clock working hours with a zone, and the instants that they open. */
export class LocalTimeIsTheClinics1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whatever can do one thing at a time. A practitioner is one resource across all clinics and calendars.
      create table resource (
        id uuid not null,
        kind text not null,
        clinic_id uuid,
        practitioner_id uuid,
        name text,
        version bigint not null default 0,
        constraint resource_pkey primary key (id),
        constraint resource_practitioner_once unique (practitioner_id),
        constraint resource_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint resource_practitioner_fkey foreign key (practitioner_id) references practitioner (id),
        constraint resource_kind_known check (kind in ('practitioner', 'room', 'device')),
        constraint resource_of_practitioner check (
          case when kind = 'practitioner' then practitioner_id = id and practitioner_id is not null and clinic_id is null
               else practitioner_id is null and clinic_id is not null and name is not null end)
      );

      create table calendar (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        branch_id uuid not null,
        resource_id uuid not null,
        payer text not null,
        confirmation text not null default 'automatic',
        grid_minutes smallint not null default 15,
        minimum_notice_minutes integer not null default 60,
        horizon_days smallint not null default 90,
        buffers_may_leave_opening boolean not null default false,
        late_cancel_hours smallint not null default 24,
        answer_within_hours smallint not null default 24,
        holds_per_address smallint not null default 100,
        published boolean not null default false,
        published_until date,
        created_at timestamptz not null,
        constraint calendar_pkey primary key (id),
        constraint calendar_of_clinic unique (clinic_id, id),
        constraint calendar_once unique (resource_id, branch_id, payer),
        constraint calendar_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
        constraint calendar_resource_fkey foreign key (resource_id) references resource (id),
        constraint calendar_payer_known check (payer in ('state', 'paid')),
        constraint calendar_confirmation_known check (confirmation in ('automatic', 'manual')),
        constraint calendar_grid_sane check (grid_minutes between 5 and 60),
        constraint calendar_notice_sane check (minimum_notice_minutes between 0 and 43200),
        constraint calendar_horizon_sane check (horizon_days between 1 and 730),
        constraint calendar_hours_sane check (late_cancel_hours between 0 and 336 and answer_within_hours between 1 and 336),
        constraint calendar_holds_sane check (holds_per_address between 1 and 1000)
      );
      create index calendar_by_branch on calendar (branch_id);
      create index calendar_by_clinic on calendar (clinic_id);

      create table calendar_service (
        calendar_id uuid not null,
        service_id uuid not null,
        clinic_id uuid not null,
        minutes smallint not null,
        buffer_before smallint not null default 0,
        buffer_after smallint not null default 0,
        price_cents integer not null,
        active boolean not null default true,
        constraint calendar_service_pkey primary key (calendar_id, service_id),
        constraint calendar_service_calendar_fkey foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
        constraint calendar_service_service_fkey foreign key (clinic_id, service_id) references service (clinic_id, id),
        constraint calendar_service_minutes_sane check (minutes between 5 and 480 and buffer_before between 0 and 120 and buffer_after between 0 and 120),
        constraint calendar_service_price_sane check (price_cents between 0 and 10000000)
      );
      create index calendar_service_by_service on calendar_service (service_id);

      -- Wall-clock times in the branch's zone. Unpublished rows are the draft; publishing replaces the published ones by it.
      create table working_hours (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        calendar_id uuid not null,
        weekday smallint not null,
        starts time not null,
        ends time not null,
        valid_from date not null,
        valid_to date,
        every_nth_week smallint not null default 1,
        week_anchor date not null,
        published boolean not null,
        constraint working_hours_pkey primary key (id),
        constraint working_hours_calendar_fkey foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
        constraint working_hours_weekday_known check (weekday between 1 and 7),
        constraint working_hours_forward check (ends > starts),
        constraint working_hours_days check (valid_to is null or valid_to >= valid_from),
        constraint working_hours_nth_sane check (every_nth_week between 1 and 8)
      );
      create index working_hours_by_calendar on working_hours (calendar_id, published);

      -- A time when nothing can be booked: of one resource, one branch or the whole clinic.
      create table closure (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        branch_id uuid,
        resource_id uuid,
        during tstzrange not null,
        reason text,
        created_by uuid not null,
        created_at timestamptz not null,
        constraint closure_pkey primary key (id),
        constraint closure_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint closure_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
        constraint closure_resource_fkey foreign key (resource_id) references resource (id),
        constraint closure_created_by_fkey foreign key (created_by) references staff_member (id),
        constraint closure_real check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
        constraint closure_reason_length check (length(reason) <= 200)
      );
      create index closure_by_clinic on closure using gist (clinic_id, during);

      -- Published working time as instants. Rows are maximal: adjoining openings of one calendar are stored as one.
      create table opening (
        id bigint generated always as identity,
        calendar_id uuid not null,
        clinic_id uuid not null,
        during tstzrange not null,
        constraint opening_pkey primary key (id),
        constraint opening_calendar_fkey foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
        constraint opening_real check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
        constraint opening_once exclude using gist (calendar_id with =, during with &&)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table opening, closure, working_hours, calendar_service, calendar, resource;
    `);
  }
}
