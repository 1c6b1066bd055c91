import type { MigrationInterface, QueryRunner } from 'typeorm';
import { insurers } from './lists/insurers.js';
import { officialSpecialties } from './lists/official-specialties.js';

/** The whole card of a clinic and of its practitioners: address, restrictions, pictures, official specialties. */
export class WhoAClinicIs1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table clinic add column address text not null default '';
      alter table practitioner_role add column restrictions jsonb not null default '{}';

      -- In whose official list of specialties it stands; both for those that were here before.
      alter table specialty add column countries text[] not null default '{LV,EE}',
        add constraint specialty_countries_known check (countries <@ array['LV', 'EE']);

      -- Only what we encoded ourselves, in two sizes and two formats; never the bytes that somebody sent.
      create table picture (
        id uuid not null default uuidv7(),
        -- Who sent it, and whose it is unless it is a practitioner's.
        clinic_id uuid not null,
        practitioner_id uuid,
        -- Of the files below: another picture has another address.
        hash text not null,
        small_webp bytea not null,
        small_jpeg bytea not null,
        large_webp bytea not null,
        large_jpeg bytea not null,
        created_at timestamptz not null,
        constraint picture_pkey primary key (id),
        constraint picture_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint picture_practitioner_fkey foreign key (practitioner_id) references practitioner (id),
        constraint picture_hash_form check (hash ~ '^[0-9a-f]{32}$')
      );
      create unique index picture_once_a_practitioner on picture (practitioner_id) where practitioner_id is not null;
      create unique index picture_once_a_clinic on picture (clinic_id) where practitioner_id is null;
      create index picture_by_hash on picture (hash);
      -- Pictures are compressed already.
      alter table picture alter column small_webp set storage external, alter column small_jpeg set storage external,
        alter column large_webp set storage external, alter column large_jpeg set storage external;
    `);
    await runner.query(
      `insert into specialty (id, name, synonyms, countries)
       select s.id, s.name, s.synonyms, array(select jsonb_array_elements_text(s.countries))
         from jsonb_to_recordset($1) as s(id text, name jsonb, synonyms jsonb, countries jsonb)
           on conflict (id) do update set countries = excluded.countries`,
      [JSON.stringify(officialSpecialties)],
    );
    await runner.query(
      `insert into insurer (id, country, name)
       select id, country, name from jsonb_to_recordset($1) as i(id text, country text, name text)
           on conflict (id) do nothing`,
      [JSON.stringify(insurers)],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `delete from insurer i where i.id = any ($1)
          and not exists (select from clinic_insurer ci where ci.insurer_id = i.id)`,
      [insurers.map(({ id }) => id)],
    );
    await runner.query(
      `delete from specialty s where s.id = any ($1)
          and not exists (select from practitioner_specialty ps where ps.specialty_id = s.id)
          and not exists (select from service v where v.specialty_id = s.id)`,
      [officialSpecialties.map(({ id }) => id)],
    );
    await runner.query(`
      drop table picture;
      alter table specialty drop column countries;
      alter table practitioner_role drop column restrictions;
      alter table clinic drop column address;
    `);
  }
}
