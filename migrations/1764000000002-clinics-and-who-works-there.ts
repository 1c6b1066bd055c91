import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a clinic publishes of itself: profile, branches, practitioners, services, insurers. Words are jsonb by language. */
export class ClinicsAndWhoWorksThere1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table clinic (
        id uuid not null default uuidv7(),
        slug text not null,
        country text not null,
        name text not null,
        registration_number text not null,
        phone text not null,
        email text not null,
        website text,
        about jsonb not null default '{}',
        complaint_contacts jsonb not null default '[]',
        named_in_letters boolean not null default true,
        practitioner_named_in_letters boolean not null default false,
        published boolean not null default false,
        created_at timestamptz not null,
        search_name text generated always as (fold(name)) stored,
        constraint clinic_pkey primary key (id),
        constraint clinic_slug_once unique (slug),
        constraint clinic_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
        constraint clinic_country_known check (country in ('LV', 'EE')),
        constraint clinic_name_length check (length(name) between 1 and 200)
      );
      create index clinic_by_name on clinic using gin (search_name gin_trgm_ops);

      create table branch (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        slug text not null,
        name text not null,
        city text not null,
        address text not null,
        postal_code text not null,
        room text,
        zone text not null,
        phone text not null,
        email text,
        latitude double precision,
        longitude double precision,
        emergency jsonb not null,
        reception jsonb not null default '[]',
        constraint branch_pkey primary key (id),
        constraint branch_of_clinic unique (clinic_id, id),
        constraint branch_slug_once unique (clinic_id, slug),
        constraint branch_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint branch_zone_known check (zone in ('Europe/Riga', 'Europe/Tallinn')),
        constraint branch_emergency_told check (emergency ?& array['name', 'address', 'phone'])
      );
      create index branch_by_city on branch (city);

      create table specialty (
        id text not null,
        name jsonb not null,
        -- Everyday words that people type instead: eye doctor, silmaarst, okulists.
        synonyms jsonb not null default '{}',
        search_name text generated always as (all_words(name) || ' ' || all_words(synonyms)) stored,
        constraint specialty_pkey primary key (id),
        constraint specialty_in_all_languages check (name ?& array['lv', 'et', 'en', 'ru'])
      );

      create table practitioner (
        id uuid not null default uuidv7(),
        slug text not null,
        title jsonb not null default '{}',
        given_name text not null,
        family_name text not null,
        languages text[] not null default '{}',
        about jsonb not null default '{}',
        published boolean not null default false,
        created_at timestamptz not null,
        search_name text generated always as (fold(given_name || ' ' || family_name)) stored,
        constraint practitioner_pkey primary key (id),
        constraint practitioner_slug_once unique (slug),
        constraint practitioner_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
        constraint practitioner_named check (length(given_name) between 1 and 100 and length(family_name) between 1 and 100)
      );
      create index practitioner_by_name on practitioner using gin (search_name gin_trgm_ops);

      create table practitioner_role (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        practitioner_id uuid not null,
        active_from date not null,
        active_to date,
        constraint practitioner_role_pkey primary key (id),
        constraint practitioner_role_once unique (clinic_id, practitioner_id),
        constraint practitioner_role_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint practitioner_role_practitioner_fkey foreign key (practitioner_id) references practitioner (id),
        constraint practitioner_role_days check (active_to is null or active_to >= active_from)
      );
      create index practitioner_role_by_practitioner on practitioner_role (practitioner_id);

      create table practitioner_specialty (
        practitioner_id uuid not null,
        specialty_id text not null,
        position smallint not null default 0,
        constraint practitioner_specialty_pkey primary key (practitioner_id, specialty_id),
        constraint practitioner_specialty_practitioner_fkey foreign key (practitioner_id) references practitioner (id),
        constraint practitioner_specialty_specialty_fkey foreign key (specialty_id) references specialty (id)
      );
      create index practitioner_specialty_by_specialty on practitioner_specialty (specialty_id);

      create table service (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        specialty_id text not null,
        name jsonb not null,
        minutes smallint not null,
        buffer_before smallint not null default 0,
        buffer_after smallint not null default 0,
        preparation jsonb not null default '{}',
        mode text not null default 'in-person',
        referral_required boolean not null default false,
        active boolean not null default true,
        search_name text generated always as (all_words(name)) stored,
        constraint service_pkey primary key (id),
        constraint service_of_clinic unique (clinic_id, id),
        constraint service_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint service_specialty_fkey foreign key (specialty_id) references specialty (id),
        constraint service_in_all_languages check (name ?& array['lv', 'et', 'en', 'ru']),
        constraint service_minutes_sane check (minutes between 5 and 480 and buffer_before between 0 and 120 and buffer_after between 0 and 120),
        constraint service_mode_known check (mode in ('in-person', 'phone', 'video'))
      );
      create index service_by_specialty on service (specialty_id);
      create index service_by_name on service using gin (search_name gin_trgm_ops);

      create table insurer (
        id text not null,
        country text not null,
        name text not null,
        constraint insurer_pkey primary key (id),
        constraint insurer_country_known check (country in ('LV', 'EE'))
      );
      create table clinic_insurer (
        clinic_id uuid not null,
        insurer_id text not null,
        constraint clinic_insurer_pkey primary key (clinic_id, insurer_id),
        constraint clinic_insurer_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint clinic_insurer_insurer_fkey foreign key (insurer_id) references insurer (id)
      );
      create index clinic_insurer_by_insurer on clinic_insurer (insurer_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table clinic_insurer, insurer, service, practitioner_specialty, practitioner_role, practitioner, specialty, branch, clinic;
    `);
  }
}
