import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A request whose booking was undone waits again, where it stood. */
export class ARequestWaitsAgain1764000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table waiting_list_event
        drop constraint waiting_list_event_kind_known,
        add constraint waiting_list_event_kind_known check (kind in ('registered', 'answered', 'booked', 'withdrawn', 'reopened'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table waiting_list_event
        drop constraint waiting_list_event_kind_known,
        add constraint waiting_list_event_kind_known check (kind in ('registered', 'answered', 'booked', 'withdrawn'));
    `);
  }
}
