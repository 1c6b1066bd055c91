import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 1: time is taken in one table, under one exclusion constraint, across payers, calendars, branches and clinics. */
export class NobodyIsDoubleBooked1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The ledger of taken time (promise 1). All but the expiry and the override's reason are NOT NULL and ranges are
      -- never empty, because both would slip past the exclusion.
      create table occupation (
        id bigint generated always as identity,
        resource_id uuid not null,
        lane smallint not null default 0,
        during tstzrange not null,
        owner_kind text not null,
        owner_id uuid not null,
        clinic_id uuid not null,
        expires_at timestamptz,
        override_reason text,
        constraint occupation_pkey primary key (id),
        constraint occupation_resource_fkey foreign key (resource_id) references resource (id),
        constraint occupation_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint occupation_real check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
        constraint occupation_owner_known check (owner_kind in ('hold', 'appointment', 'former', 'session', 'offer')),
        constraint occupation_expires_if_tentative check ((owner_kind in ('hold', 'offer')) = (expires_at is not null)),
        constraint occupation_override_reasoned check (
          lane >= 0 and (lane = 0 or (owner_kind = 'appointment' and length(override_reason) between 3 and 200))),
        constraint occupation_taken_once exclude using gist (resource_id with =, lane with =, during with &&)
      );
      create index occupation_by_owner on occupation (owner_id);
      create index occupation_by_expiry on occupation (expires_at) where expires_at is not null;

      -- What a hold is about, beside its occupation rows; both go when it ends. Nothing else refers to it.
      create table hold (
        id uuid not null default gen_random_uuid(),
        clinic_id uuid not null,
        calendar_id uuid not null,
        service_id uuid not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        token_hash bytea not null,
        session_id uuid,
        address_index bytea,
        staff_member_id uuid,
        held_at timestamptz not null,
        expires_at timestamptz not null,
        constraint hold_pkey primary key (id),
        constraint hold_calendar_service_fkey foreign key (calendar_id, service_id) references calendar_service (calendar_id, service_id),
        constraint hold_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint hold_forward check (ends_at > starts_at and expires_at > held_at)
      );
      create unique index hold_once_per_session on hold (session_id) where session_id is not null;
      create index hold_by_address on hold (calendar_id, address_index) where address_index is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table hold, occupation;
    `);
  }
}
