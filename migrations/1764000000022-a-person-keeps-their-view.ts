import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How each member of staff likes to see the screens that they live in. */
export class APersonKeepsTheirView1764000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table staff_preference (
        staff_member_id uuid not null,
        key text not null,
        clinic_id uuid not null,
        value jsonb not null,
        constraint staff_preference_pkey primary key (staff_member_id, key),
        constraint staff_preference_member_fkey foreign key (staff_member_id) references staff_member (id) on delete cascade,
        constraint staff_preference_clinic_fkey foreign key (clinic_id) references clinic (id),
        constraint staff_preference_key_length check (length(key) between 1 and 40),
        constraint staff_preference_value_size check (pg_column_size(value) <= 16384)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table staff_preference');
  }
}
