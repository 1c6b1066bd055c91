import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What clinics say of their short messages, what each message cost, and what people answer. */
export class ShortMessagesAreCounted1764000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A clinic without a row has the usual settings. sender: null: the gateway's own. monthly_cap: in segments.
      create table sms_setting (
        clinic_id uuid not null,
        sender text,
        monthly_cap integer not null,
        plain_letters boolean not null,
        changed_at timestamptz not null,
        changed_by uuid not null,
        constraint sms_setting_pkey primary key (clinic_id),
        constraint sms_setting_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint sms_setting_changed_by_fkey foreign key (clinic_id, changed_by) references staff_member (clinic_id, id),
        constraint sms_setting_sender_sane check (sender ~ '^(\\+?[0-9]{3,15}|[A-Za-z0-9 ._&+-]{1,11})$'),
        constraint sms_setting_cap_sane check (monthly_cap between 0 and 1000000)
      );
      create index sms_setting_by_sender on sms_setting (sender) where sender is not null;

      -- What people answer. Number and words are sealed; phone_index is the fingerprint that notices have too.
      -- provider_id: the gateway's own name, so that what comes twice is kept once.
      create table incoming_text (
        id uuid not null default uuidv7(),
        provider_id text not null,
        phone_index bytea not null,
        phone_sealed bytea not null,
        sent_to text,
        text_sealed bytea not null,
        meaning text not null,
        received_at timestamptz not null,
        clinic_id uuid,
        appointment_id uuid,
        outcome text,
        handled_at timestamptz,
        handled_by uuid,
        constraint incoming_text_pkey primary key (id),
        constraint incoming_text_once unique (provider_id),
        constraint incoming_text_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint incoming_text_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint incoming_text_handled_by_fkey foreign key (clinic_id, handled_by) references staff_member (clinic_id, id),
        constraint incoming_text_meaning_known check (meaning in ('come', 'cancel', 'call', 'stop', 'start', 'unclear')),
        constraint incoming_text_outcome_known check (outcome in (
          'confirmed', 'cancelled', 'call-asked', 'stopped', 'started', 'not-understood', 'several-visits', 'no-visit', 'refused')),
        constraint incoming_text_of_a_clinic check (appointment_id is null or clinic_id is not null),
        constraint incoming_text_handled_whole check ((handled_at is null) = (handled_by is null))
      );
      create index incoming_text_of_clinic on incoming_text (clinic_id, received_at desc) where clinic_id is not null;
      create index incoming_text_by_phone on incoming_text (phone_index, received_at);
      create index incoming_text_by_age on incoming_text (received_at);

      -- One message as the gateway knows it, begun before it is handed over: what was begun and not ended may have been taken,
      -- so it is never handed over again (faults.md C5). id: the notice's, or that of the answer that it answers.
      create table sms_sent (
        id uuid not null,
        clinic_id uuid,
        notice_id uuid,
        incoming_text_id uuid,
        segments smallint not null,
        state text not null,
        provider_id text,
        at timestamptz not null,
        constraint sms_sent_pkey primary key (id),
        constraint sms_sent_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint sms_sent_notice_fkey foreign key (notice_id) references notice (id) on delete cascade,
        constraint sms_sent_incoming_text_fkey foreign key (incoming_text_id) references incoming_text (id) on delete set null,
        constraint sms_sent_state_known check (state in ('leaving', 'taken', 'refused', 'lost')),
        constraint sms_sent_segments_sane check (segments between 1 and 20)
      );
      create index sms_sent_of_clinic on sms_sent (clinic_id, at);
      create index sms_sent_by_notice on sms_sent (notice_id) where notice_id is not null;
      create index sms_sent_by_incoming_text on sms_sent (incoming_text_id) where incoming_text_id is not null;
      -- A receipt names what was taken, and an answer comes from a number that something went to.
      create index notice_by_address on notice (address_index, created_at) where channel = 'sms';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index notice_by_address;
      drop table sms_sent, incoming_text, sms_setting;
    `);
  }
}
