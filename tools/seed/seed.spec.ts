import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDataSource, type Tx } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
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
  });

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
    expect(rows.map(({ status }) => status)).toEqual(['fulfilled', 'cancelled', 'booked', 'pending', 'booked']);
  });

  it('has requests that wait at each clinic, one of them not answered in time', async () => {
    const [row] = await database.sql<{ clinics: number; late: boolean }>(
      `select count(distinct clinic_id)::integer as clinics,
              bool_or(answered_at is null and answer_due_on < '2026-11-22') as late
         from waiting_list_entry where state = 'waiting'`,
    );
    expect(row).toEqual({ clinics: expect.any(Number), late: true });
    expect(row?.clinics).toBeGreaterThan(1);
  });

  it('shows what came of the last weeks, and leaves some of it to close', async () => {
    const rows = await database.sql<{ status: string; n: number }>(
      `select status, count(*)::integer as n from appointment where ends_at <= '2026-11-22T06:00:00Z' and status <> 'cancelled'
        group by status`,
    );
    const counted = new Map(rows.map(({ status, n }) => [status, n]));
    expect(counted.get('fulfilled')).toBeGreaterThan(500);
    expect(counted.get('noshow')).toBeGreaterThan(10);
    expect(counted.get('booked')).toBeGreaterThan(5);
    expect(counted.get('booked')).toBeLessThan(100);
  });

  it('shows what services ask: questions that stop, ages, groups and referrals', async () => {
    const [row] = await database.sql<Record<string, number>>(
      `select count(*) filter (where q.stops)::integer as stopping,
              count(*) filter (where s.age_from is not null or s.age_to is not null)::integer as by_age,
              count(*) filter (where cardinality(s.target_groups) > 0)::integer as by_group,
              count(*) filter (where s.referral_scope = 'all')::integer as always_referred,
              count(*) filter (where s.preparation = '{}')::integer as unprepared, count(*)::integer as services
         from service s
         left join lateral (select bool_or(cardinality(stop_values) > 0) as stops
                              from service_question where service_id = s.id) q on true`,
    );
    expect(row?.['stopping']).toBeGreaterThan(3);
    expect(row?.['by_age']).toBeGreaterThan(3);
    expect(row?.['by_group']).toBeGreaterThan(0);
    expect(row?.['always_referred']).toBe(2);
    expect(row?.['unprepared']).toBeLessThan((row?.['services'] ?? 0) / 2);
  });

  it('has rooms, devices and lines with seats, partly taken', async () => {
    const [row] = await database.sql<Record<string, number>>(
      `select (select count(*) from calendar c join resource r on r.id = c.resource_id and r.kind = 'room')::integer as rooms,
              (select count(*) from occupation o join resource r on r.id = o.resource_id and r.kind = 'device')::integer as devices,
              (select count(*) from group_session)::integer as sessions,
              (select sum(seats) from group_session)::integer as seats, (select count(*) from seat)::integer as taken`,
    );
    expect(row?.['rooms']).toBe(5);
    expect(row?.['devices']).toBeGreaterThan(10);
    expect(row?.['sessions']).toBeGreaterThan(30);
    expect(row?.['taken']).toBeGreaterThan((row?.['seats'] ?? 0) / 10);
    expect(row?.['taken']).toBeLessThan(row?.['seats'] ?? 0);
  });

  it('takes a device for every visit to come that needs one', async () => {
    const without = await database.sql(
      `select from appointment a join service_need n on n.service_id = a.service_id
        where a.status in ('pending', 'booked')
          and not exists (select from occupation o join resource r on r.id = o.resource_id
                           where o.owner_id = a.id and r.capability = n.capability and r.branch_id = a.branch_id)`,
    );
    expect(without).toEqual([]);
  });

  it('leaves something of each quota, and not all of it', async () => {
    const rows = await database.sql<{ left: number; used: number }>(
      `select q.visits_a_month - u.used as left, u.used
         from quota q
        cross join lateral (
          select count(*)::integer as used
            from occupation o join calendar c on c.id = o.calendar_id and c.payer = 'state'
           where o.resource_id = q.resource_id and o.clinic_id = q.clinic_id
             and lower(o.visit) >= '2026-12-01' and lower(o.visit) < '2027-01-01') u
        where q.visits_a_month is not null`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { left, used } of rows) {
      expect(left).toBeGreaterThan(0);
      expect(used).toBeGreaterThan(0);
    }
    expect(
      await database.sql('select from quota where visits_a_day is not null or minutes_a_month is not null'),
    ).not.toEqual([]);
  });

  it('opens a clinic on a public holiday, and closes one earlier on the day before', async () => {
    const days = await database.sql<{ day: string; kind: string; open: number }>(
      `select d.day::text, d.kind, (
                select count(*) from opening o where o.clinic_id = d.clinic_id
                   and (lower(o.during) at time zone 'Europe/Riga')::date = d.day)::integer as open
         from clinic_day d order by d.country desc`,
    );
    expect(days.map(({ day, kind }) => [day, kind])).toEqual([
      ['2026-12-31', 'open'],
      ['2026-12-23', 'shortened'],
    ]);
    for (const { open } of days) expect(open).toBeGreaterThan(0);
  });

  it('has people on the work list, whose day was closed with a reason for patients', async () => {
    const orphaned = await database.sql<{ public_reason: string | null }>(
      `select c.public_reason from appointment a
         join closure c on c.resource_id = a.resource_id and c.during @> a.starts_at
        where a.orphaned_at is not null`,
    );
    expect(orphaned.length).toBeGreaterThan(1);
    for (const { public_reason: reason } of orphaned) expect(reason).not.toBeNull();
  });

  it('has one clinic that is not published, with somebody to fill it in', async () => {
    const rows = await database.sql(
      `select c.slug from clinic c
         join staff_member m on m.clinic_id = c.id and m.role = 'admin'
         join staff_credential s on s.account_id = m.account_id
        where not c.published`,
    );
    expect(rows).toEqual([{ slug: 'piekrastes-doktorats' }]);
  });

  it('has somebody beside another, an assistant of one practitioner, and a screen', async () => {
    const [row] = await database.sql<Record<string, number>>(
      `select (select count(*) from appointment_event where overrides = '{beside}')::integer as beside,
              (select count(*) from staff_practitioner)::integer as assisted, (select count(*) from waiting_screen)::integer as screens`,
    );
    expect(row).toEqual({ beside: 1, assisted: 1, screens: 1 });
  });

  it('is never seeded twice', async () => {
    await expect(seed()).rejects.toThrow('has clinics already');
  });

  it('does not go back to a version without a desk, as history would be lost', async () => {
    const history = () => database.sql(`select id from appointment_event union all select id from waiting_list_event`);
    const before = await history();
    const back = await newDataSource({ url: database.ownerUrl, migrations }).initialize();
    const refused: string[] = [];
    for (const Migration of migrations) {
      const runner = back.createQueryRunner();
      await runner.startTransaction();
      await new Migration().down(runner).catch(({ message }: Error) => refused.push(message));
      await runner.rollbackTransaction();
      await runner.release();
    }
    await back.destroy();
    const lost = refused.filter((each) => each.includes('would be lost'));
    expect(lost).toEqual([expect.stringContaining('steps of visits'), expect.stringContaining('registered requests')]);
    expect(await history()).toEqual(before);
  });
});
