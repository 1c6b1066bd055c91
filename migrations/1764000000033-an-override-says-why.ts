import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff booked or moved against the hours, a quota or another visit says why, with a code (F089, R4-10). */
export class AnOverrideSaysWhy1764000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table appointment_event
        add column override_why text,
        add constraint appointment_event_override_why_known check (override_why in (
          'urgent', 'practitioner-agreed', 'short-visit', 'comes-together', 'our-mistake', 'other')),
        add constraint appointment_event_override_whole check ((override_why is null) = (overrides = '{}'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table appointment_event drop column override_why;
    `);
  }
}
