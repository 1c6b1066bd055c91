import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Patients: known by person code, else name and birth date, inside the account or clinic that keeps the record. */
export class ContactsAreNeverIdentity1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table patient (
        id uuid not null default uuidv7(),
        account_id uuid,
        clinic_id uuid,
        given_name text not null,
        family_name text not null,
        birth_date date,
        person_code_country text,
        person_code_sealed bytea,
        person_code_index bytea,
        email text,
        phone text,
        language text not null,
        created_at timestamptz not null,
        search_name text generated always as (fold(given_name || ' ' || family_name)) stored,
        constraint patient_pkey primary key (id),
        constraint patient_account_fkey foreign key (account_id) references account (id),
        constraint patient_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint patient_kept_by_one check (num_nonnulls(account_id, clinic_id) = 1),
        constraint patient_identified check (birth_date is not null or person_code_index is not null),
        constraint patient_person_code_whole check (num_nonnulls(person_code_country, person_code_sealed, person_code_index) in (0, 3)),
        constraint patient_person_code_country_known check (person_code_country in ('LV', 'EE')),
        constraint patient_named check (length(given_name) between 1 and 100 and length(family_name) between 1 and 100),
        constraint patient_language_known check (language in ('lv', 'et', 'en', 'ru'))
      );
      create unique index patient_code_once_per_account on patient (account_id, person_code_index) where person_code_index is not null;
      create unique index patient_code_once_per_clinic on patient (clinic_id, person_code_index) where person_code_index is not null;
      create unique index patient_name_once_per_account on patient (account_id, search_name, birth_date) where person_code_index is null;
      create unique index patient_name_once_per_clinic on patient (clinic_id, search_name, birth_date) where person_code_index is null;
      create index patient_by_name on patient using gin (search_name gin_trgm_ops);
      create index patient_by_code on patient (person_code_index);
      create index patient_by_phone on patient (phone);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table patient;
    `);
  }
}
