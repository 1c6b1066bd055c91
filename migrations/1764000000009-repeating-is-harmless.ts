import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promise 4: the same key is the same request, for 24 hours. */
export class RepeatingIsHarmless1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who asked, where and under which key (promise 4): written first in the transaction of what it guards.
      create table idempotency_key (
        actor text not null,
        endpoint text not null,
        key text not null,
        fingerprint bytea not null,
        result_id uuid,
        status smallint,
        created_at timestamptz not null,
        constraint idempotency_key_pkey primary key (actor, endpoint, key),
        constraint idempotency_key_length check (length(key) between 1 and 128 and length(actor) <= 100 and length(endpoint) <= 200)
      );
      create index idempotency_key_by_age on idempotency_key (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table idempotency_key;
    `);
  }
}
