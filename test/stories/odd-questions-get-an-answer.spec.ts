import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppointmentsOfAccount } from '#libs/appointments';
import { FindATime } from '#libs/calendars';
import { Database, newDataSource } from '#libs/platform';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { asGuest, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const cursor = (text: string): string => Buffer.from(text).toString('base64url');
const someId = '019aa8dc-4800-71c3-8941-b5f0bffcab3d';

describe('an odd question', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, start);
  });
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });

  it.each([
    ['a place in a list at a time that no clock shows', `2026-99-99T99:99:99.000Z ${someId}`],
    ['a place in a list behind what is no id', `2026-12-01T08:00:00.000Z ${'-'.repeat(36)}`],
    ['a place in a list in a year that no calendar has', `9999-12-31T23:59:59.999Z ${someId}`],
  ])('%s is refused, not broken', async (_what, place) => {
    const actor = asGuest(await anAccount(database));
    const refused = { code: 'invalid' };
    await expect(verbs.get(AppointmentsOfAccount).run(actor, { cursor: cursor(place) })).rejects.toMatchObject(refused);
    await expect(verbs.get(FindATime).run({ cursor: cursor(place) })).rejects.toMatchObject(refused);
  });

  it('an insurer that no clinic works with is free nowhere, and nothing is read to say so', async () => {
    const calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    expect(await verbs.get(FindATime).run({ insurer: 'nobody' })).toEqual({ items: [], next: null });
  });

  it('the words of a search are planned anew each time: one plan for all of them reads every row of every table', async () => {
    const source = await newDataSource({ url: database.appUrl, poolSize: 1 }).initialize();
    const alone = new Database(source);
    const search = new FindATime(alone, verbs.clock);
    for (let n = 0; n < 8; n++) await search.run({ q: 'berz', payer: 'paid' });
    const kept = await alone.read<{ generic: number }>(
      `select generic_plans::integer as generic from pg_prepared_statements where statement ~ '^\\s*with asked'`,
    );
    await source.destroy();
    expect(kept.filter(({ generic }) => generic > 0)).toEqual([]);
  });

  it('one that takes too long is answered as busy', async () => {
    const slow = verbs.get(Database).transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '50ms'`);
      return tx.query('select pg_sleep(5)');
    });
    await expect(slow).rejects.toMatchObject({ code: 'busy' });
  });
});
