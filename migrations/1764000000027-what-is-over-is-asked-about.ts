import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The day's end: visits that are over and were never checked in are found; attempts that were refused are kept too. */
export class WhatIsOverIsAskedAbout1764000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index appointment_unclosed on appointment (clinic_id, ends_at) where status = 'booked';

      -- refused: somebody tried to open the record and was not let in (faults.md F16).
      alter table access_log add column refused boolean not null default false;
      -- A list that stays open is one look an hour: what this member of staff was shown lately.
      create index access_log_by_staff on access_log (staff_member_id, action, at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index access_log_by_staff;
      alter table access_log drop column refused;
      drop index appointment_unclosed;
    `);
  }
}
