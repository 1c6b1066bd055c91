import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visits that belong together: of a family, held and booked at one go, and of one patient who comes again and again. */
export class VisitsThatBelongTogether1764000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How many visits of one length a hold keeps, one after another. Each has its own rows in the ledger.
      alter table hold
        add column people smallint not null default 1,
        add constraint hold_people_sane check (people between 1 and 5);

      alter table appointment
        add column together_id uuid,
        add column series_id uuid;
      create index appointment_by_together on appointment (together_id) where together_id is not null;
      create index appointment_by_series on appointment (series_id, starts_at) where series_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index appointment_by_series, appointment_by_together;
      alter table appointment drop column series_id, drop column together_id;
      alter table hold drop constraint hold_people_sane, drop column people;
    `);
  }
}
