import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '#libs/platform';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { audit } from '../audit/audit.js';
import { seedDatabase } from './seed-database.js';

const promises = `
  select conrelid::regclass::text as place, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = 'public'::regnamespace
   union all
  select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
   order by 1, 2, 3`;

describe('a seeded database', () => {
  let database: TestDatabase;
  let promisesBefore: unknown[];
  const now = Temporal.Instant.from('2026-11-22T06:00:00Z');
  const seed = () =>
    seedDatabase({
      databaseUrl: database.ownerUrl,
      practitioners: 44,
      today: Temporal.PlainDate.from('2026-11-22'),
      now,
      issuer: 'http://localhost:3004',
      say: () => undefined,
    });

  beforeAll(async () => {
    database = await testDatabase();
    process.env['DATABASE_URL'] ??= database.appUrl;
    process.env['SECRET_KEYS'] ??= 'seed-key-seed-key-seed-key-seed-key-seed';
    promisesBefore = await database.sql(promises);
    await seed();
  }, 60_000);

  afterAll(() => database.drop());

  it('keeps every promise', async () => {
    expect(await audit({ query: database.sql as Tx['query'] }, now)).toEqual([]);
  });

  it('has all keys, exclusions and indexes again', async () => {
    expect(await database.sql(promises)).toEqual(promisesBefore);
  });

  it('tells nobody: no step of the seed has a letter to send', async () => {
    expect(await database.sql('select from appointment_event where tells')).toEqual([]);
    expect(await database.sql('select from notice')).toEqual([]);
  });

  it('gives the demo patient a life to look at', async () => {
    const rows = await database.sql<{ status: string }>(
      `select a.status from appointment a join identity i on i.account_id = a.account_id order by a.starts_at`,
    );
    expect(rows.map(({ status }) => status)).toEqual(['booked', 'cancelled', 'booked', 'pending', 'booked']);
  });

  it('is never seeded twice', async () => {
    await expect(seed()).rejects.toThrow('has clinics already');
  });
});
