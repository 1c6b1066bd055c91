import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Free days whose first time has come too near are looked for every minute. */
export class WhatCameTooNearIsFoundAtOnce1764000000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- With all that the round asks for (rounds.ts) it reads the next days in this index alone, and not each service's days.
      drop index free_day_by_first_start;
      create index free_day_by_first_start on free_day (first_start, calendar_id) include (service_id, day);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index free_day_by_first_start;
      create index free_day_by_first_start on free_day (first_start, calendar_id);
    `);
  }
}
