import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 8: what a clinic does on its days, by its branch's country; closures come in series and with words for patients. */
export class DaysOffAreTheClinics1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Both countries' clocks are equal, their holidays are not: the place decides, and its zone names the place.
      alter table branch add column country text not null
        generated always as (case zone when 'Europe/Tallinn' then 'EE' else 'LV' end) stored;

      alter table closure
        add column series_id uuid,
        add column public_reason text,
        add constraint closure_public_reason_length check (length(public_reason) between 1 and 200);
      create index closure_by_series on closure (clinic_id, series_id) where series_id is not null;

      -- What a clinic, or one branch of it, does on a day otherwise than law and weekday say. Without a branch: what all
      -- its branches of that country do, because days are moved and shortened by a country.
      create table clinic_day (
        id uuid not null default uuidv7(),
        clinic_id uuid not null,
        country text not null,
        branch_id uuid,
        day date not null,
        kind text not null,
        works_as smallint,
        shorter_by smallint,
        note text,
        changed_by uuid not null,
        changed_at timestamptz not null,
        constraint clinic_day_pkey primary key (id),
        constraint clinic_day_once unique nulls not distinct (clinic_id, day, country, branch_id),
        constraint clinic_day_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint clinic_day_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id),
        constraint clinic_day_changed_by_fkey foreign key (changed_by) references staff_member (id),
        constraint clinic_day_country_known check (country in ('LV', 'EE')),
        constraint clinic_day_kind_known check (kind in ('open', 'closed', 'works-as', 'shortened')),
        constraint clinic_day_weekday_known check (works_as between 1 and 7 and (kind = 'works-as') = (works_as is not null)),
        constraint clinic_day_minutes_sane check (shorter_by between 1 and 720
          and case kind when 'shortened' then shorter_by is not null when 'works-as' then true else shorter_by is null end),
        constraint clinic_day_note_length check (length(note) between 1 and 200)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table clinic_day;
      alter table closure drop column series_id, drop column public_reason;
      alter table branch drop column country;
    `);
  }
}
