import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For whom a service is, what it asks before a visit, and the referral that one visit at a time stands on. */
export class AServiceSaysForWhom1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table service
        -- With referral_required: only where the state pays, or always (imaging).
        add column referral_scope text not null default 'state',
        -- A referral may be given though none is needed.
        add column referral_offered boolean not null default false,
        -- Both included, counted in completed years or months on the day of the visit.
        add column age_from smallint,
        add column age_from_unit text not null default 'years',
        add column age_to smallint,
        add column age_to_unit text not null default 'years',
        add column sex text,
        add column visit_kind text,
        add column target_groups text[] not null default '{}',
        add column confirmation text,
        add column ended_at timestamptz,
        add constraint service_referral_scope_known check (referral_scope in ('state', 'all')),
        add constraint service_age_units_known check (age_from_unit in ('years', 'months') and age_to_unit in ('years', 'months')),
        add constraint service_ages_sane check (
          age_from between 0 and 150 and age_to between 0 and 150
          and age_from * (case age_from_unit when 'years' then 12 else 1 end)
              <= age_to * (case age_to_unit when 'years' then 12 else 1 end) + (case age_to_unit when 'years' then 11 else 0 end)),
        add constraint service_sex_known check (sex in ('female', 'male')),
        add constraint service_visit_kind_known check (visit_kind in ('first', 'repeat')),
        add constraint service_confirmation_known check (confirmation in ('automatic', 'manual')),
        add constraint service_ended_is_inactive check (ended_at is null or not active);
      create index service_by_clinic on service (clinic_id);

      create table service_question (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        service_id uuid not null,
        position smallint not null,
        kind text not null,
        words jsonb not null,
        required boolean not null,
        options jsonb not null default '[]',
        -- Answers that end the booking with the advice: chosen ones, or numbers beyond a limit.
        stop_values text[] not null default '{}',
        stop_below numeric(9, 2),
        stop_above numeric(9, 2),
        advice jsonb not null default '{}',
        constraint service_question_pkey primary key (id),
        constraint service_question_service_fkey foreign key (clinic_id, service_id) references service (clinic_id, id),
        constraint service_question_kind_known check (kind in ('yes-no', 'choice', 'short-text', 'number')),
        constraint service_question_in_all_languages check (words ?& array['lv', 'et', 'en', 'ru']),
        constraint service_question_chosen check ((kind = 'choice') = (jsonb_array_length(options) >= 2)),
        constraint service_question_stops_by_kind check (
          (cardinality(stop_values) = 0 or kind in ('yes-no', 'choice'))
          and (num_nonnulls(stop_below, stop_above) = 0 or kind = 'number')),
        constraint service_question_stop_advised check (
          (cardinality(stop_values) = 0 and num_nonnulls(stop_below, stop_above) = 0)
          or advice ?& array['lv', 'et', 'en', 'ru'])
      );
      create index service_question_by_service on service_question (service_id, position);

      alter table appointment add column answers_sealed bytea;

      -- How many future visits of a specialty one patient may have at a clinic.
      create table specialty_limit (
        clinic_id uuid not null,
        specialty_id text not null,
        most_future smallint not null,
        constraint specialty_limit_pkey primary key (clinic_id, specialty_id),
        constraint specialty_limit_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint specialty_limit_specialty_fkey foreign key (specialty_id) references specialty (id),
        constraint specialty_limit_sane check (most_future between 1 and 50)
      );

      -- How many days after its issue a visit can be booked with a referral; the newest rule that is in force counts.
      create table referral_rule (
        country text not null,
        valid_from date not null,
        booking_days smallint,
        constraint referral_rule_pkey primary key (country, valid_from),
        constraint referral_rule_country_known check (country in ('LV', 'EE')),
        constraint referral_rule_sane check (booking_days between 1 and 3650)
      );
      insert into referral_rule (country, valid_from, booking_days) values ('LV', '2026-05-04', 90);

      -- The referral that an appointment stands on. Of one number, one is active: one referral, one visit (faults A13).
      create table referral (
        id uuid not null default gen_random_uuid(),
        clinic_id uuid not null,
        appointment_id uuid not null,
        number_index bytea,
        details_sealed bytea not null,
        form_kind text,
        form_sealed bytea,
        active boolean not null default true,
        created_at timestamptz not null,
        constraint referral_pkey primary key (id),
        constraint referral_once_per_appointment unique (appointment_id),
        constraint referral_appointment_fkey foreign key (clinic_id, appointment_id) references appointment (clinic_id, id),
        constraint referral_form_whole check (num_nonnulls(form_kind, form_sealed) in (0, 2)),
        constraint referral_form_known check (form_kind in ('pdf', 'jpeg'))
      );
      create unique index referral_one_active on referral (number_index) where active and number_index is not null;
      create index referral_by_number on referral (number_index) where number_index is not null;

      -- What a visitor has told of their referral while the time is held; it goes when the hold goes.
      create table referral_draft (
        hold_id uuid not null,
        details_sealed bytea not null,
        form_kind text,
        form_sealed bytea,
        constraint referral_draft_pkey primary key (hold_id),
        constraint referral_draft_hold_fkey foreign key (hold_id) references hold (id) on delete cascade,
        constraint referral_draft_form_whole check (num_nonnulls(form_kind, form_sealed) in (0, 2)),
        constraint referral_draft_form_known check (form_kind in ('pdf', 'jpeg'))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table referral_draft, referral, referral_rule, specialty_limit, service_question;
      alter table appointment drop column answers_sealed;
      drop index service_by_clinic;
      alter table service
        drop constraint service_ended_is_inactive, drop constraint service_confirmation_known,
        drop constraint service_visit_kind_known, drop constraint service_sex_known, drop constraint service_ages_sane,
        drop constraint service_age_units_known, drop constraint service_referral_scope_known,
        drop column ended_at, drop column confirmation, drop column target_groups, drop column visit_kind, drop column sex,
        drop column age_to_unit, drop column age_to, drop column age_from_unit, drop column age_from,
        drop column referral_offered, drop column referral_scope;
    `);
  }
}
