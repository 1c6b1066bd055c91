import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 9: screens in waiting rooms, which anybody in the room reads. */
export class NumbersWaitNeverNames1764000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table waiting_screen (
        id uuid not null default gen_random_uuid(),
        clinic_id uuid not null,
        branch_id uuid not null,
        name text not null,
        languages text[] not null,
        -- Null: everybody of the branch.
        resource_ids uuid[],
        sound boolean not null default false,
        called_minutes smallint not null default 10,
        -- Counts the keys that were given out; the key itself is derived and stands nowhere.
        generation integer not null default 1,
        key_hash bytea not null,
        revoked_at timestamptz,
        created_at timestamptz not null,
        constraint waiting_screen_pkey primary key (id),
        constraint waiting_screen_key_once unique (key_hash),
        constraint waiting_screen_branch_fkey foreign key (clinic_id, branch_id) references branch (clinic_id, id) on delete cascade,
        constraint waiting_screen_name_length check (length(name) between 1 and 100),
        constraint waiting_screen_languages_known check (
          cardinality(languages) between 1 and 4 and languages <@ array['lv', 'et', 'en', 'ru']),
        constraint waiting_screen_somebody check (cardinality(resource_ids) between 1 and 200),
        constraint waiting_screen_called_sane check (called_minutes between 1 and 60)
      );
      create index waiting_screen_by_branch on waiting_screen (clinic_id, branch_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table waiting_screen;`);
  }
}
