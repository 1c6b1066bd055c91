import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 6: each try of a notice, dead addresses, who was told by hand, and many letters at once that wait for a second person. */
export class WhatBecameOfIt1764000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How many letters one member of staff may cause within an hour before a second person is asked.
      create table notice_limit (
        clinic_id uuid not null,
        per_hour integer not null,
        constraint notice_limit_pkey primary key (clinic_id),
        constraint notice_limit_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint notice_limit_sane check (per_hour between 1 and 10000)
      );

      -- Many letters that one member of staff caused at once: held until a second person has looked.
      create table notice_bulk (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        caused_by uuid not null,
        opened_at timestamptz not null,
        decision text,
        decided_by uuid,
        decided_at timestamptz,
        constraint notice_bulk_pkey primary key (id),
        constraint notice_bulk_of_clinic unique (clinic_id, id),
        constraint notice_bulk_caused_by_fkey foreign key (clinic_id, caused_by) references staff_member (clinic_id, id),
        constraint notice_bulk_decided_by_fkey foreign key (clinic_id, decided_by) references staff_member (clinic_id, id),
        constraint notice_bulk_decision_known check (decision in ('approved', 'rejected')),
        constraint notice_bulk_decided_whole check (num_nonnulls(decision, decided_by, decided_at) in (0, 3)),
        constraint notice_bulk_second_person check (decided_by <> caused_by)
      );
      create unique index notice_bulk_open_once on notice_bulk (clinic_id, caused_by) where decision is null;

      -- address is masked, address_index is a keyed fingerprint: neither leads back to the address without the person.
      -- answer holds the server's codes and our own words, never its text, which quotes addresses.
      alter table notice
        add column reminder_id uuid,
        add column account_notice_id uuid,
        add column bulk_id uuid,
        add column address text,
        add column address_index bytea,
        add column answer text,
        add column provider_id text,
        add column next_try_at timestamptz,
        add column delivered_at timestamptz,
        add column bounced_at timestamptz,
        add column read_at timestamptz,
        add constraint notice_once_per_reminder unique (reminder_id, channel),
        add constraint notice_once_per_account_notice unique (account_notice_id, channel),
        add constraint notice_bulk_fkey foreign key (clinic_id, bulk_id) references notice_bulk (clinic_id, id),
        drop constraint notice_about_something,
        add constraint notice_about_something check (
          num_nonnulls(event_id, verification_id, invitation_id, reminder_id, account_notice_id) = 1),
        drop constraint notice_channel_known,
        add constraint notice_channel_known check (channel in ('mail', 'sms', 'portal')),
        drop constraint notice_state_known,
        add constraint notice_state_known check (state in ('queued', 'held', 'sent', 'failed', 'dropped')),
        add constraint notice_held_in_bulk check (state <> 'held' or bulk_id is not null),
        add constraint notice_answer_length check (length(answer) <= 100),
        add constraint notice_address_masked check (address like '%…%' and length(address) <= 254);
      drop index notice_failed;
      -- What staff have to look at: it failed, came back, or was not sent although somebody should know.
      create index notice_unreached on notice (clinic_id, created_at)
        where state = 'failed' or bounced_at is not null or failure in ('address-suppressed', 'bulk-rejected')
           or (failure in ('no-address', 'address-unproven')
               and kind not in ('booked', 'requested', 'confirmed', 'moved', 'move-requested', 'request-moved', 'cancelled'));
      -- What clinics change, and patients have to hear of in time.
      create index appointment_event_to_tell on appointment_event (clinic_id, at)
        where tells and actor_kind in ('staff', 'system')
          and kind in ('moved', 'cancelled', 'rejected', 'expired', 'offered', 'reinstated', 'details-changed');
      create index notice_by_message on notice (message_id) where message_id is not null;
      create index notice_by_provider on notice (provider_id) where provider_id is not null;
      create index notice_by_bulk on notice (bulk_id) where bulk_id is not null;

      -- Every try, and what was answered; append-only for the role that the apps use.
      create table notice_attempt (
        id bigint generated always as identity,
        notice_id uuid not null,
        n integer not null,
        at timestamptz not null,
        outcome text not null,
        answer text,
        constraint notice_attempt_pkey primary key (id),
        constraint notice_attempt_notice_fkey foreign key (notice_id) references notice (id) on delete cascade,
        constraint notice_attempt_outcome_known check (outcome in (
          'sent', 'tried-again', 'failed', 'dropped', 'held', 'released', 'asked-again', 'delivered', 'bounced')),
        constraint notice_attempt_answer_length check (length(answer) <= 100)
      );
      create index notice_attempt_by_notice on notice_attempt (notice_id, id);

      -- Addresses that a server said are dead, as fingerprints; what is lifted stays as history.
      create table suppressed_address (
        id uuid not null default uuidv7(),
        channel text not null,
        address_index bytea not null,
        reason text not null,
        since timestamptz not null,
        lifted_at timestamptz,
        lifted_why text,
        lifted_by uuid,
        constraint suppressed_address_pkey primary key (id),
        constraint suppressed_address_lifted_by_fkey foreign key (lifted_by) references staff_member (id),
        constraint suppressed_address_channel_known check (channel in ('mail', 'sms')),
        constraint suppressed_address_reason_length check (length(reason) between 1 and 100),
        constraint suppressed_address_lifted_known check (lifted_why in ('proven', 'staff')),
        constraint suppressed_address_lifted_whole check ((lifted_at is null) = (lifted_why is null)),
        constraint suppressed_address_lifted_by_staff check ((lifted_why = 'staff') = (lifted_by is not null))
      );
      create unique index suppressed_address_once on suppressed_address (channel, address_index) where lifted_at is null;

      -- R3-18: the patient was informed of a step, by whom, when and how; append-only for the role that the apps use.
      create table informed_mark (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        appointment_id uuid not null,
        event_id uuid not null,
        how text not null,
        staff_member_id uuid not null,
        at timestamptz not null,
        constraint informed_mark_pkey primary key (id),
        constraint informed_mark_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint informed_mark_event_fkey foreign key (event_id) references appointment_event (id),
        constraint informed_mark_by_fkey foreign key (clinic_id, staff_member_id) references staff_member (clinic_id, id),
        constraint informed_mark_how_known check (how in (
          'by-phone', 'in-person', 'by-post', 'not-reached', 'not-needed'))
      );
      create index informed_mark_by_appointment on informed_mark (appointment_id);
      create index informed_mark_by_event on informed_mark (event_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- History is kept (promise 5; faults.md K1).
      do $$ begin
        if exists (select from informed_mark) then
          raise exception 'the proof that people were informed would be lost; restore a backup instead';
        end if;
      end $$;
      drop table informed_mark, suppressed_address, notice_attempt;
      delete from notice where channel = 'portal' or state = 'held' or reminder_id is not null or account_notice_id is not null;
      drop index appointment_event_to_tell, notice_by_bulk, notice_by_provider, notice_by_message, notice_unreached;
      create index notice_failed on notice (clinic_id, failed_at) where state = 'failed';
      alter table notice
        drop constraint notice_held_in_bulk,
        drop constraint notice_about_something,
        drop constraint notice_channel_known,
        add constraint notice_channel_known check (channel in ('mail', 'sms')),
        drop constraint notice_state_known,
        add constraint notice_state_known check (state in ('queued', 'sent', 'failed', 'dropped')),
        drop column reminder_id,
        drop column account_notice_id,
        drop column bulk_id,
        drop column address,
        drop column address_index,
        drop column answer,
        drop column provider_id,
        drop column next_try_at,
        drop column delivered_at,
        drop column bounced_at,
        drop column read_at,
        add constraint notice_about_something check (num_nonnulls(event_id, verification_id, invitation_id) = 1);
      drop table notice_bulk, notice_limit;
    `);
  }
}
