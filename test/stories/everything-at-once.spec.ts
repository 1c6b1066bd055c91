import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import {
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  ExpireAppointment,
  ExtendHold,
  HoldSlot,
  MoveAppointment,
  RejectAppointment,
  ReleaseHold,
} from '#libs/appointments';
import {
  CloseTime,
  ExtendHorizon,
  PublishHours,
  RedoSharedDays,
  RefreshStaleDays,
  ReopenTime,
  SaveDraftHours,
  SweepHolds,
} from '#libs/calendars';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { aQuota, aRoom, aSession, needsRoom } from '../support/builders.js';
import { serverLog, type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';

/** The same numbers in every run, so that a failure comes again. */
const dice =
  (seed: number) =>
  (sides: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };

describe('everything at once', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let calendars: BookableCalendar[];
  let staff: Actor;
  let guests: Actor[];
  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, start);
    const first = await aCalendar(database, { confirmation: 'manual', bufferAfter: 10, grid: 10 });
    calendars = [
      first,
      await aCalendar(database, { confirmation: 'automatic', beside: first, payer: 'state', grid: 10 }),
      await aCalendar(database, { confirmation: 'manual', beside: first, practitioner: 'other', grid: 10 }),
      await aCalendar(database, { confirmation: 'automatic', beside: first, practitioner: 'other', bufferBefore: 10 }),
    ];
    await database.sql(
      `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, week_anchor, published)
       select c.clinic_id, c.id, d, '09:00', '17:00', '2026-01-01', '2026-01-05', true
         from calendar c cross join generate_series(1, 7) d`,
    );
    // Two doctors share one room, the state pays for twelve visits a month, and one calendar has sessions only.
    for (const calendar of [first, calendars[2]]) if (calendar) await needsRoom(database, calendar);
    await aRoom(database, first);
    await aQuota(database, first, { visits_a_month: 12, visits_a_day: 8 });
    const group = await aCalendar(database, { beside: first, practitioner: 'other', confirmation: 'manual' });
    for (const hour of ['07', '08', '09'])
      await aSession(database, group, { start: `2026-12-01T${hour}:00:00Z`, seats: 3 });
    calendars.push(group);
    for (const calendar of calendars) await freeDaysAsOf(database, calendar, start);
    staff = asStaff(first.clinicId, await aStaffMember(database, first.clinicId));
    guests = await Promise.all([1, 2, 3].map(async () => asGuest(await anAccount(database))));
  });
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });

  it('leaves every promise kept, and answers everyone with a result or a reason', async () => {
    const roll = dice(20_261_122);
    const one = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
    const wanted = () => {
      const { calendarId, serviceId } = one(calendars);
      const at = Temporal.Instant.from('2026-12-01T07:00:00Z').add({ hours: 24 * roll(2), minutes: 10 * roll(18) });
      return { calendarId, serviceId, start: at };
    };
    const holds: { id: string; token: string }[] = [];
    const someone = async () => {
      const [row] = await database.sql<{ id: string; version: number; account_id: string }>(
        `select id, version, account_id from appointment order by (status in ('pending', 'booked')) desc, random() limit 1`,
      );
      return row;
    };
    const closures: string[] = [];
    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const { id, token } = await verbs
          .get(HoldSlot)
          .run({ actor: { kind: 'anonymous', sessionId: null }, sessionId: null, addressIndex: null, ...wanted() });
        holds.push({ id, token });
      },
      async () => {
        const actor = one(guests);
        const hold = roll(2) === 0 ? holds.pop() : undefined;
        await verbs.get(BookAppointment).run({
          actor,
          slot: hold ? { holdId: hold.id, proof: { token: hold.token } } : wanted(),
          patient: {
            givenName: one(['Ilze', 'Jānis']),
            familyName: 'Ozols',
            birthDate: Temporal.PlainDate.from('1980-05-04'),
            language: 'lv',
          },
          contact: { email: 'a@example.com', phone: null },
          language: 'lv',
          termsVersion: '1',
          origin: 'portal',
          request: aRequest(actor),
        });
      },
      async () => {
        const found = await someone();
        const actor =
          roll(2) === 0 ? staff : guests.find((each) => 'accountId' in each && each.accountId === found?.account_id);
        if (!found || !actor) return;
        const hold = roll(3) === 0 ? holds.pop() : undefined;
        const to = hold ? { holdId: hold.id, proof: { token: hold.token } } : wanted();
        await verbs.get(MoveAppointment).run({ actor, ...found, to, request: aRequest(actor) });
      },
      async () => {
        const found = await someone();
        if (found) await verbs.get(CancelAppointment).run({ actor: staff, ...found, request: aRequest(staff) });
      },
      async () => {
        const found = await someone();
        if (found) await verbs.get(ConfirmAppointment).run({ actor: staff, ...found, request: aRequest(staff) });
      },
      async () => {
        const found = await someone();
        const no = { actor: staff, reason: 'clinic-other', request: aRequest(staff) };
        if (found) await verbs.get(RejectAppointment).run({ ...no, ...found });
      },
      async () => {
        for (const id of await verbs.get(ExpireAppointment).due()) await verbs.get(ExpireAppointment).run({ id });
      },
      async () => {
        const hold = one(holds);
        if (hold) await verbs.get(ExtendHold).run({ holdId: hold.id, proof: { token: hold.token } });
      },
      async () => {
        const hold = holds.pop();
        if (hold) await verbs.get(ReleaseHold).run({ holdId: hold.id, proof: { token: hold.token } });
      },
      () => verbs.get(SweepHolds).run(),
      () => Promise.all([verbs.get(RefreshStaleDays).run(), verbs.get(RedoSharedDays).run()]),
      async () => {
        const { clinicId, practitionerId: resourceId } = one(calendars);
        const { start: from } = wanted();
        const during = { start: from, end: from.add({ minutes: 20 }) };
        const scope = { clinicId, branchId: null, resourceId: roll(2) === 0 ? resourceId : null };
        closures.push((await verbs.get(CloseTime).run({ actor: staff, scope, times: [during], reason: null })).id);
      },
      async () => {
        const closureId = closures.pop();
        if (closureId) await verbs.get(ReopenTime).run({ actor: staff, closureId });
      },
      async () => {
        const { calendarId } = one(calendars);
        const day = Temporal.PlainDate.from('2026-01-05');
        const hours = [1, 2, 3, 4, 5].map((weekday) => ({
          weekday,
          starts: one(['09:00', '09:10', '09:30']),
          ends: '17:00',
          validFrom: day,
          validTo: null,
          everyNthWeek: 1,
          weekAnchor: day,
        }));
        await verbs.get(SaveDraftHours).run({ actor: staff, calendarId, hours });
        await verbs.get(PublishHours).run({ actor: staff, calendarId });
      },
      () => verbs.get(ExtendHorizon).run(),
    ];
    const weights = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
    const said: Record<string, number> = {};
    for (let round = 0; round < 25; round++) {
      const settled = await Promise.allSettled(
        Array.from({ length: 24 }, () => Promise.resolve(acts[one(weights)]?.())),
      );
      for (const each of settled) {
        const what =
          each.status === 'fulfilled'
            ? 'done'
            : each.reason instanceof Refusal
              ? each.reason.code
              : String(each.reason);
        said[what] = (said[what] ?? 0) + 1;
      }
      verbs.clock.passes({ minutes: roll(4) * 7 });
    }
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    await verbs.get(SweepHolds).run();
    await verbs.get(RefreshStaleDays).run();
    await verbs.get(RedoSharedDays).run();
    expect(await audit({ query }, verbs.clock.now())).toEqual([]);
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
    const known =
      /^(done|slot-taken|not-bookable|hold-expired|patient-busy|state-changed|wrong-state|other-payer|not-cancellable|in-progress|not-found)$/;
    expect(Object.keys(said).filter((what) => !known.test(what))).toEqual([]);
    expect(said['done']).toBeGreaterThan(100);
  });
});
