import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Onboarding: files that a clinic brings in, what was wrong with them, and which row became which record. */
export class FilesAreBroughtIn1764000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One try of a clinic to bring files in: received, checked (which changes nothing), then brought in as a whole.
      create table import_run (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        staff_member_id uuid not null,
        state text not null,
        attempts smallint not null default 0,
        rows_done integer not null default 0,
        rows_total integer not null default 0,
        counts jsonb not null default '{}',
        mistakes integer not null default 0,
        notes integer not null default 0,
        created_at timestamptz not null,
        finished_at timestamptz,
        constraint import_run_pkey primary key (id),
        constraint import_run_of_clinic unique (clinic_id, id),
        constraint import_run_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint import_run_staff_member_fkey foreign key (staff_member_id) references staff_member (id),
        constraint import_run_state_known check (state in (
          'receiving', 'checking', 'checked', 'bringing-in', 'done', 'failed', 'discarded')),
        constraint import_run_counted check (rows_done >= 0 and rows_total >= 0 and mistakes >= 0 and notes >= 0)
      );
      create index import_run_by_clinic on import_run (clinic_id, created_at);
      create index import_run_unfinished on import_run (created_at) where state not in ('done', 'discarded');

      create table import_file (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        import_id uuid not null,
        position smallint not null,
        name text not null,
        bytes bigint not null default 0,
        constraint import_file_pkey primary key (id),
        constraint import_file_once unique (import_id, position),
        constraint import_file_import_fkey foreign key (clinic_id, import_id) references import_run (clinic_id, id),
        constraint import_file_name_length check (length(name) between 1 and 200)
      );

      -- The bytes as they came, sealed, and deleted as soon as nobody needs them.
      create table import_chunk (
        file_id uuid not null,
        position integer not null,
        sealed bytea not null,
        constraint import_chunk_pkey primary key (file_id, position),
        constraint import_chunk_file_fkey foreign key (file_id) references import_file (id) on delete cascade
      );
      -- What is sealed cannot be compressed.
      alter table import_chunk alter column sealed set storage external;

      -- What stands against a line, and (a note) what is told of it but stops nothing. No value of the file is kept here.
      create table import_mistake (
        import_id uuid not null,
        position integer not null,
        clinic_id uuid not null,
        file_position smallint not null,
        line integer not null,
        place text not null,
        code text not null,
        args jsonb not null default '{}',
        is_note boolean not null,
        constraint import_mistake_pkey primary key (import_id, position),
        constraint import_mistake_import_fkey foreign key (clinic_id, import_id) references import_run (clinic_id, id),
        constraint import_mistake_place_length check (length(place) <= 200)
      );

      -- Which record a row became, so that the same file again changes nothing. fingerprint: of what may not change any more
      -- (time, calendar, service, patient); contacts: of what may.
      create table import_key (
        clinic_id uuid not null,
        kind text not null,
        key text not null,
        id uuid not null,
        fingerprint bytea,
        contacts bytea,
        constraint import_key_pkey primary key (clinic_id, kind, key),
        constraint import_key_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint import_key_kind_known check (kind in ('branch', 'practitioner', 'service', 'calendar', 'appointment')),
        constraint import_key_length check (length(key) between 1 and 200)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table import_key, import_mistake, import_chunk, import_file, import_run;
    `);
  }
}
