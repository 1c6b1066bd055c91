import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Wishes that are registered on first contact (R3-07 to R3-09), with their history; the seed of the waiting list. */
export class RequestsAreRegistered1764000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- person_sealed: whoever is not known yet, or how to reach them for this wish; wish_sealed: why, and what suits them.
      -- counts_from: the working day that it counts from; answer_due_on: by when a written one is answered (R4-09).
      create table waiting_list_entry (
        id uuid not null default gen_random_uuid(),
        clinic_id uuid not null,
        branch_id uuid not null,
        patient_id uuid,
        person_sealed bytea,
        service_id uuid not null,
        payer text not null,
        practitioner_id uuid,
        wish_sealed bytea,
        channel text not null,
        received_at timestamptz not null,
        counts_from date not null,
        answer_due_on date,
        answered_at timestamptz,
        registered_at timestamptz not null,
        registered_by uuid,
        state text not null,
        appointment_id uuid,
        ended_reason text,
        version integer not null default 1,
        constraint waiting_list_entry_pkey primary key (id),
        constraint waiting_list_entry_of_clinic unique (clinic_id, id),
        constraint waiting_list_entry_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
        constraint waiting_list_entry_patient_fkey foreign key (patient_id) references patient (id),
        constraint waiting_list_entry_service_fkey foreign key (clinic_id, service_id) references service (clinic_id, id),
        constraint waiting_list_entry_practitioner_fkey foreign key (practitioner_id) references practitioner (id),
        constraint waiting_list_entry_registered_by_fkey foreign key (registered_by) references staff_member (id),
        constraint waiting_list_entry_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint waiting_list_entry_payer_known check (payer in ('state', 'paid')),
        constraint waiting_list_entry_channel_known check (channel in ('desk', 'phone', 'email', 'portal')),
        constraint waiting_list_entry_state_known check (state in ('waiting', 'booked', 'withdrawn')),
        constraint waiting_list_entry_somebodys check (patient_id is not null or person_sealed is not null),
        constraint waiting_list_entry_registered_by_somebody check ((registered_by is null) = (channel = 'portal')),
        constraint waiting_list_entry_received_before check (received_at <= registered_at),
        constraint waiting_list_entry_due_if_written check ((answer_due_on is not null) = (channel in ('email', 'portal'))),
        constraint waiting_list_entry_booked_whole check ((state = 'booked') = (appointment_id is not null)),
        constraint waiting_list_entry_withdrawn_whole check ((state = 'withdrawn') = (ended_reason is not null))
      );
      create index waiting_list_entry_in_order on waiting_list_entry (clinic_id, state, counts_from, received_at, id);
      create index waiting_list_entry_by_patient on waiting_list_entry (patient_id) where patient_id is not null;
      create index waiting_list_entry_by_appointment on waiting_list_entry (appointment_id) where appointment_id is not null;
      create index waiting_list_entry_unanswered on waiting_list_entry (clinic_id, answer_due_on)
        where state = 'waiting' and answered_at is null;

      -- Every step, append-only for the role that the apps use (R3-16). told_by: how the clinic answered.
      create table waiting_list_event (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        entry_id uuid not null,
        version integer not null,
        at timestamptz not null,
        kind text not null,
        staff_member_id uuid,
        actor_name text,
        told_by text,
        reason_code text,
        appointment_id uuid,
        constraint waiting_list_event_pkey primary key (id),
        constraint waiting_list_event_once unique (entry_id, version),
        constraint waiting_list_event_entry_fkey foreign key (clinic_id, entry_id) references waiting_list_entry (clinic_id, id),
        constraint waiting_list_event_staff_member_fkey foreign key (staff_member_id) references staff_member (id),
        constraint waiting_list_event_kind_known check (kind in ('registered', 'answered', 'booked', 'withdrawn')),
        constraint waiting_list_event_told_by_known check (told_by in ('desk', 'phone', 'email')),
        constraint waiting_list_event_told_if_answered check ((kind = 'answered') = (told_by is not null)),
        constraint waiting_list_event_reason_if_withdrawn check ((kind = 'withdrawn') = (reason_code is not null)),
        constraint waiting_list_event_booked_whole check ((kind = 'booked') = (appointment_id is not null))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- History is kept (promise 5; faults.md K1).
      do $$ begin
        if exists (select from waiting_list_event) then
          raise exception 'registered requests would be lost; restore a backup instead';
        end if;
      end $$;
      drop table waiting_list_event, waiting_list_entry;
    `);
  }
}
