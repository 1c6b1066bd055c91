import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Those for whom somebody books stand on many pages of the portal. */
export class APersonsPeopleAreFoundAtOnce1764000000054 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The patients of an account (patients.ts): the unique indexes hold those with a person code or those
      -- without, so that all of them were looked for among every patient there is.
      create index patient_by_account on patient (account_id, created_at, id) where account_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index patient_by_account;`);
  }
}
