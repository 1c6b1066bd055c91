import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whom a clinic knows: those it keeps and those who had an appointment there, kept by the database whoever writes, with
 * their names as people type them. A search reads one index, however many people and appointments there are.
 */
export class AClinicKnowsItsPeople1764000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists btree_gin;
      -- ' ' before each word: LIKE '% ber%' finds beginnings. What could mean something in a pattern is taken out.
      create function name_words(name text) returns text language sql immutable strict parallel safe
        return ' ' || btrim(regexp_replace(translate(fold(name), $$'’‘\`´ʼ"$$, ''), $$[-‐‑‒–—_%\\\\.,;:/()\\s]+$$, ' ', 'g'));

      create table known_patient (
        patient_id uuid not null,
        clinic_id uuid not null,
        words text not null,
        constraint known_patient_pkey primary key (patient_id, clinic_id),
        constraint known_patient_patient_fkey foreign key (patient_id) references patient (id) on delete cascade,
        constraint known_patient_clinic_fkey foreign key (clinic_id) references clinic (id)
      );

      create function keep_known_patient() returns trigger language plpgsql as $body$
      begin
        insert into known_patient (patient_id, clinic_id, words)
        select id, clinic_id, name_words(given_name || ' ' || family_name)
          from added where clinic_id is not null
         order by id
        on conflict do nothing;
        return null;
      end $body$;
      create trigger patient_is_known after insert on patient
        referencing new table as added for each statement execute function keep_known_patient();

      create function keep_known_visitor() returns trigger language plpgsql as $body$
      begin
        insert into known_patient (patient_id, clinic_id, words)
        select a.patient_id, a.clinic_id, name_words(p.given_name || ' ' || p.family_name)
          from (select distinct patient_id, clinic_id from added) a
          join patient p on p.id = a.patient_id
         where not exists (select from known_patient k where k.patient_id = a.patient_id and k.clinic_id = a.clinic_id)
         order by a.patient_id, a.clinic_id
        on conflict do nothing;
        return null;
      end $body$;
      create trigger visitor_is_known after insert on appointment
        referencing new table as added for each statement execute function keep_known_visitor();

      create function keep_known_name() returns trigger language plpgsql as $body$
      begin
        update known_patient set words = name_words(new.given_name || ' ' || new.family_name) where patient_id = new.id;
        return null;
      end $body$;
      create trigger patient_is_renamed after update of given_name, family_name on patient
        for each row execute function keep_known_name();

      insert into known_patient (patient_id, clinic_id, words)
      select p.id, k.clinic_id, name_words(p.given_name || ' ' || p.family_name)
        from (select id as patient_id, clinic_id from patient where clinic_id is not null
              union
              select patient_id, clinic_id from appointment) k
        join patient p on p.id = k.patient_id;
      -- A list of what is not yet in the index would be read from end to end by each search.
      create index known_patient_by_words on known_patient using gin (clinic_id, words gin_trgm_ops) with (fastupdate = off);

      -- The last digits of a number, however it was typed.
      create index patient_by_phone_end on patient (reverse(phone) text_pattern_ops) where phone is not null;
      create index patient_by_birth_date on patient (birth_date);
      drop index patient_by_name;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index patient_by_name on patient using gin (search_name gin_trgm_ops);
      drop index patient_by_birth_date, patient_by_phone_end;
      drop trigger patient_is_renamed on patient;
      drop trigger visitor_is_known on appointment;
      drop trigger patient_is_known on patient;
      drop function keep_known_name();
      drop function keep_known_visitor();
      drop function keep_known_patient();
      drop table known_patient;
      drop function name_words(text);
    `);
  }
}
