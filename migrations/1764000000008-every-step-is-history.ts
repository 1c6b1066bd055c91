import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promises 1 and 5: appointments, the patient's own exclusion, and their append-only history. */
export class EveryStepIsHistory1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Random ids: a time-ordered one would tell in a link when the visit was booked (faults.md F11).
      create table appointment (
        id uuid not null default gen_random_uuid(),
        reference text not null,
        clinic_id uuid not null,
        branch_id uuid not null,
        calendar_id uuid not null,
        service_id uuid not null,
        resource_id uuid not null,
        patient_id uuid not null,
        account_id uuid,
        payer text not null,
        status text not null,
        origin text not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        promised_wall_time timestamp not null,
        zone text not null,
        price_cents integer not null,
        contact_email text,
        contact_phone text,
        language text not null,
        reason_sealed bytea,
        terms_version text,
        answer_due_at timestamptz,
        former jsonb,
        late_cancel boolean not null default false,
        cancel_reason text,
        ics_uid uuid not null default gen_random_uuid(),
        sequence integer not null default 0,
        version integer not null default 1,
        created_at timestamptz not null,
        created_by_kind text not null,
        created_by_id uuid,
        constraint appointment_pkey primary key (id),
        constraint appointment_reference_once unique (reference),
        constraint appointment_ics_uid_once unique (ics_uid),
        constraint appointment_of_clinic unique (clinic_id, id),
        constraint appointment_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
        constraint appointment_calendar_fkey foreign key (clinic_id, calendar_id) references calendar (clinic_id, id),
        constraint appointment_service_fkey foreign key (clinic_id, service_id) references service (clinic_id, id),
        constraint appointment_resource_fkey foreign key (resource_id) references resource (id),
        constraint appointment_patient_fkey foreign key (patient_id) references patient (id),
        constraint appointment_account_fkey foreign key (account_id) references account (id),
        constraint appointment_payer_known check (payer in ('state', 'paid')),
        constraint appointment_status_known check (status in (
          'pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled', 'entered-in-error')),
        constraint appointment_origin_known check (origin in ('portal', 'desk', 'phone', 'email', 'waiting-list', 'import', 'api')),
        constraint appointment_forward check (ends_at > starts_at),
        constraint appointment_reachable check (contact_email is not null or contact_phone is not null),
        constraint appointment_answer_due_if_pending check ((status = 'pending') = (answer_due_at is not null)),
        constraint appointment_former_if_pending check (former is null or status = 'pending'),
        constraint appointment_language_known check (language in ('lv', 'et', 'en', 'ru')),
        constraint appointment_created_by_known check (created_by_kind in ('patient', 'guest', 'staff', 'system')),
        -- A patient, too, is in one place at a time, whoever books (promise 1).
        constraint appointment_patient_free exclude using gist (
          patient_id with =, tstzrange(starts_at, ends_at) with &&)
          where (status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled'))
      );
      create index appointment_by_resource on appointment (resource_id, starts_at);
      create index appointment_by_branch on appointment (branch_id, starts_at);
      create index appointment_by_patient on appointment (patient_id, starts_at);
      create index appointment_by_account on appointment (account_id, starts_at) where account_id is not null;
      create index appointment_by_contact_email on appointment (contact_email, starts_at) where account_id is null;
      create index appointment_pending on appointment (clinic_id, answer_due_at) where status = 'pending';
      create index appointment_answer_due on appointment (answer_due_at) where status = 'pending';

      -- Every step, append-only for the role that the apps use (promise 5).
      -- sequence: of the invitation after this step; told: false only where nobody has to be told (seed, import)
      create table appointment_event (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        appointment_id uuid not null,
        version integer not null,
        at timestamptz not null,
        kind text not null,
        actor_kind text not null,
        actor_id uuid,
        actor_name text,
        from_status text,
        to_status text not null,
        from_starts_at timestamptz,
        from_ends_at timestamptz,
        to_starts_at timestamptz not null,
        to_ends_at timestamptz not null,
        from_resource_id uuid,
        to_resource_id uuid not null,
        sequence integer not null,
        reason_code text,
        reason_note text,
        tells boolean not null default true,
        constraint appointment_event_pkey primary key (id),
        constraint appointment_event_once unique (appointment_id, version),
        constraint appointment_event_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint appointment_event_kind_known check (kind in (
          'requested', 'booked', 'confirmed', 'rejected', 'expired', 'move-requested', 'moved', 'cancelled')),
        constraint appointment_event_actor_known check (actor_kind in ('patient', 'guest', 'staff', 'system')),
        constraint appointment_event_note_length check (length(reason_note) <= 500)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table appointment_event, appointment;
    `);
  }
}
