import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 6: what one was told is read in the portal too, and visits stand in the calendar that one looks at. */
export class AVisitIsSeenWhereOneLooks1764000000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How many are unread stands on every page of whoever is signed in.
      create index notice_unread on notice (appointment_id) where channel = 'portal' and read_at is null;

      -- An address that a calendar program reads: of a person's visits, or of those of a practitioner at one clinic. The
      -- secret in it is derived from the id and the generation; there is nothing here to open a calendar with.
      create table calendar_feed (
        id uuid not null default gen_random_uuid(),
        account_id uuid,
        clinic_id uuid,
        staff_member_id uuid,
        language text not null,
        generation integer not null default 1,
        created_at timestamptz not null,
        revoked_at timestamptz,
        last_read_at timestamptz,
        constraint calendar_feed_pkey primary key (id),
        constraint calendar_feed_once_per_account unique (account_id),
        constraint calendar_feed_once_per_staff_member unique (staff_member_id),
        constraint calendar_feed_account_fkey foreign key (account_id) references account (id) on delete cascade,
        constraint calendar_feed_staff_member_fkey foreign key (clinic_id, staff_member_id)
          references staff_member (clinic_id, id) on delete cascade,
        constraint calendar_feed_of_somebody check (num_nonnulls(account_id, staff_member_id) = 1),
        constraint calendar_feed_of_clinic check ((clinic_id is null) = (staff_member_id is null)),
        constraint calendar_feed_language_known check (language in ('lv', 'et', 'en', 'ru')),
        constraint calendar_feed_generation_counts check (generation > 0)
      );
      create index calendar_feed_by_clinic on calendar_feed (clinic_id, staff_member_id) where clinic_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table calendar_feed;
      drop index notice_unread;
    `);
  }
}
