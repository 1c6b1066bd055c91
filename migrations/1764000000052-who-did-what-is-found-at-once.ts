import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 10: who did what at a clinic is read newest first, however much was done there. */
export class WhoDidWhatIsFoundAtOnce1764000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What staff did, newest first (audit-of-clinic.ts); without it every step of the clinic's history was read and sorted.
      create index appointment_event_by_staff on appointment_event (clinic_id, at desc) where actor_kind = 'staff';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index appointment_event_by_staff;`);
  }
}
