import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 6: the ledger of notices. */
export class WhatMustBeToldIsTold1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One message to one person by one channel, with its delivery. No address and no text: both are read when it is sent.
      create table notice (
        id uuid not null default uuidv7(),
        clinic_id uuid,
        appointment_id uuid,
        event_id uuid,
        verification_id uuid,
        kind text not null,
        channel text not null default 'mail',
        language text not null,
        state text not null,
        attempts smallint not null default 0,
        message_id text,
        created_at timestamptz not null,
        sent_at timestamptz,
        failed_at timestamptz,
        failure text,
        constraint notice_pkey primary key (id),
        constraint notice_once_per_event unique (event_id, channel),
        constraint notice_once_per_verification unique (verification_id, channel),
        constraint notice_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint notice_event_fkey foreign key (event_id) references appointment_event (id),
        constraint notice_about_something check (num_nonnulls(event_id, verification_id) = 1),
        constraint notice_channel_known check (channel in ('mail', 'sms')),
        constraint notice_state_known check (state in ('queued', 'sent', 'failed', 'dropped')),
        constraint notice_sent_when check ((state = 'sent') = (sent_at is not null))
      );
      create index notice_by_appointment on notice (appointment_id);
      create index notice_failed on notice (clinic_id, failed_at) where state = 'failed';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table notice;
    `);
  }
}
