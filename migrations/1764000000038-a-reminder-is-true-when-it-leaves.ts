import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wishes to be reminded and how (R4-13, S-2.15), what a clinic reminds of and when, and which reminders were made. */
export class AReminderIsTrueWhenItLeaves1764000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- patient_confirmed_start: the start that the patient has said they come to; a moved visit is not confirmed by it.
      alter table appointment
        add column wishes_sms boolean not null default false,
        add column mail_reminders boolean not null default true,
        add column strict_letters boolean not null default false,
        add column patient_confirmed_at timestamptz,
        add column patient_confirmed_start timestamptz,
        add constraint appointment_patient_confirmed_whole
          check ((patient_confirmed_at is null) = (patient_confirmed_start is null));

      -- The round reads the visits of the next days each minute, and those that were booked long ago for the next month.
      create index appointment_to_remind on appointment (starts_at) where status = 'booked';
      create index appointment_booked_far_ahead on appointment (starts_at)
        where status = 'booked' and starts_at - created_at > interval '27 days';

      -- What somebody has chosen for all their visits: it is offered again with each booking.
      create table notice_choice (
        account_id uuid not null,
        sms boolean not null default false,
        mail_reminders boolean not null default true,
        strict boolean not null default false,
        changed_at timestamptz not null,
        constraint notice_choice_pkey primary key (account_id),
        constraint notice_choice_account_fkey foreign key (account_id) references account (id)
      );

      -- A clinic without a row has the usual settings. mail, sms: offsets as 2d (the same local clock), 1d 10:00, or 2h (elapsed).
      -- letter_hours: so long after a letter of the booking nobody is reminded. queue_months: null: no notice a month before.
      create table reminder_setting (
        clinic_id uuid not null,
        mail text[] not null,
        sms text[] not null,
        quiet_from time not null,
        quiet_to time not null,
        letter_hours smallint not null,
        queue_months smallint,
        changed_at timestamptz not null,
        changed_by uuid not null,
        constraint reminder_setting_pkey primary key (clinic_id),
        constraint reminder_setting_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint reminder_setting_changed_by_fkey foreign key (clinic_id, changed_by) references staff_member (clinic_id, id),
        constraint reminder_setting_mail_sane check (
          array_to_string(mail, ',') ~ '^(([1-9]|[12][0-9]|30)d( ([01][0-9]|2[0-3]):[0-5][0-9])?(,|$)|([1-9]|1[0-2])h(,|$)){0,3}$'),
        constraint reminder_setting_sms_sane check (
          array_to_string(sms, ',') ~ '^(([1-9]|[12][0-9]|30)d( ([01][0-9]|2[0-3]):[0-5][0-9])?(,|$)|([1-9]|1[0-2])h(,|$)){0,3}$'),
        constraint reminder_setting_letter_hours_sane check (letter_hours between 0 and 72),
        constraint reminder_setting_queue_months_sane check (queue_months between 2 and 24)
      );

      -- One reminder to one person of their visits of one local day. number: stands in the link with the two buttons.
      create table reminder (
        id uuid not null default gen_random_uuid(),
        number bigint generated always as identity,
        clinic_id uuid not null,
        channel text not null,
        rule text not null,
        day date not null,
        made_at timestamptz not null,
        constraint reminder_pkey primary key (id),
        constraint reminder_of_clinic unique (clinic_id, id),
        constraint reminder_number_once unique (number),
        constraint reminder_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint reminder_channel_known check (channel in ('mail', 'sms'))
      );

      -- Nobody is reminded twice of one start by one rule, however many workers look (faults.md B5, D4).
      create table reminder_visit (
        reminder_id uuid not null,
        clinic_id uuid not null,
        appointment_id uuid not null,
        starts_at timestamptz not null,
        channel text not null,
        rule text not null,
        constraint reminder_visit_pkey primary key (reminder_id, appointment_id),
        constraint reminder_visit_once unique (appointment_id, starts_at, channel, rule),
        constraint reminder_visit_reminder_fkey foreign key (clinic_id, reminder_id) references reminder (clinic_id, id),
        constraint reminder_visit_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id)
      );
      alter table notice
        add constraint notice_reminder_fkey foreign key (clinic_id, reminder_id) references reminder (clinic_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from notice where reminder_id is not null;
      alter table notice drop constraint notice_reminder_fkey;
      drop table reminder_visit, reminder, reminder_setting, notice_choice;
      drop index appointment_to_remind, appointment_booked_far_ahead;
      alter table appointment
        drop column wishes_sms, drop column mail_reminders, drop column strict_letters,
        drop column patient_confirmed_at, drop column patient_confirmed_start;
    `);
  }
}
