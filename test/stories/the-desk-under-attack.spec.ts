import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import {
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  deskSteps,
  MoveAppointment,
  RejectAppointment,
  StepAppointment,
  UndoStep,
} from '#libs/appointments';
import { RedoSharedDays, RefreshStaleDays, SweepHolds } from '#libs/calendars';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aRoom, needsRoom } from '../support/builders.js';
import { type TestClock, testClock } from '../support/clock.js';
import { serverLog, type TestDatabase, testDatabase, theTenSecondsPass } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-12-01T09:00:00Z';

/** The same numbers in every run, so that a failure comes again. */
const dice =
  (seed: number) =>
  (sides: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };

describe('the desk under attack', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let mail: SmtpCatcher;
  let clock: TestClock;
  const workers: RunningApp[] = [];
  let calendars: BookableCalendar[];
  let staff: Actor;
  let guests: Actor[];

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    verbs = await verbsOn(database, start);
    clock = testClock(start);
    workers.push(await startApp('worker', { clock }), await startApp('worker', { clock, isCopy: true }));
    const first = await aCalendar(database, { confirmation: 'manual', bufferAfter: 10, grid: 10 });
    calendars = [
      first,
      await aCalendar(database, { confirmation: 'automatic', beside: first, practitioner: 'other', grid: 10 }),
      await aCalendar(database, { confirmation: 'manual', beside: first, practitioner: 'other', grid: 10 }),
    ];
    await needsRoom(database, first);
    await aRoom(database, first);
    for (const calendar of calendars) await freeDaysAsOf(database, calendar, start);
    staff = asStaff(first.clinicId, await aStaffMember(database, first.clinicId));
    guests = await Promise.all(
      [1, 2, 3, 4].map(async (n) => asGuest(await anAccount(database, `g${n}@patient.example`))),
    );
  }, 60_000);
  afterAll(async () => {
    for (const worker of workers) await worker.stop();
    await verbs?.close();
    await mail?.stop();
    await database?.drop();
  });

  it('keeps every promise while desk and patients do everything at once, and tells exactly what stands', async () => {
    const roll = dice(20_261_122);
    const one = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
    const wanted = () => {
      const { calendarId, serviceId } = one(calendars);
      const at = Temporal.Instant.from('2026-12-01T08:00:00Z').add({ hours: 24 * roll(2), minutes: 10 * roll(24) });
      return { calendarId, serviceId, start: at };
    };
    const someone = async (order = 'random()') => {
      const [row] = await database.sql<{ id: string; version: number; account_id: string; calendar_id: string }>(
        `select id, version, account_id, calendar_id from appointment order by ${order} limit 1`,
      );
      return row;
    };
    const anOverride = () =>
      roll(2) === 0
        ? { kinds: ['outside-hours', 'over-quota', 'beside'] as const, reason: 'urgent' as const, note: null }
        : null;
    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const actor = roll(3) === 0 ? staff : one(guests);
        await verbs.get(BookAppointment).run({
          actor,
          slot: wanted(),
          patient: {
            givenName: one(['Ilze', 'Jānis', 'Anna', 'Pēteris']),
            familyName: 'Ozols',
            birthDate: Temporal.PlainDate.from('1980-05-04'),
            language: 'lv',
          },
          contact: { email: `g${1 + roll(4)}@patient.example`, phone: null },
          language: 'lv',
          termsVersion: '1',
          origin: actor === staff ? 'desk' : 'portal',
          override: actor === staff ? anOverride() : null,
          request: aRequest(actor),
        });
      },
      async () => {
        const found = await someone(`(status in ('booked', 'pending')) desc, random()`);
        const mine = guests.find((each) => 'accountId' in each && each.accountId === found?.account_id);
        const actor = roll(3) === 0 ? mine : staff;
        if (!found || !actor) return;
        const minutes = actor === staff && roll(2) === 0 ? 5 + 5 * roll(16) : null;
        const override = actor === staff ? anOverride() : null;
        await verbs
          .get(MoveAppointment)
          .run({ actor, ...found, to: wanted(), minutes, override, request: aRequest(actor) });
      },
      async () => {
        const found = await someone(`(status in ('booked', 'pending')) desc, random()`);
        const mine = guests.find((each) => 'accountId' in each && each.accountId === found?.account_id);
        const actor = roll(3) === 0 ? mine : staff;
        if (found && actor) await verbs.get(CancelAppointment).run({ actor, ...found, request: aRequest(actor) });
      },
      async () => {
        const found = await someone(`(status = 'pending') desc, random()`);
        if (found) await verbs.get(ConfirmAppointment).run({ actor: staff, ...found, request: aRequest(staff) });
      },
      async () => {
        const found = await someone(`(status = 'pending') desc, random()`);
        const no = { actor: staff, reason: 'clinic-other', request: aRequest(staff) };
        if (found) await verbs.get(RejectAppointment).run({ ...no, ...found });
      },
      async () => {
        const found = await someone(`(status in ('booked', 'arrived')) desc, random()`);
        const step = one(deskSteps);
        if (found) await verbs.get(StepAppointment).run({ actor: staff, ...found, step, request: aRequest(staff) });
      },
      async () => {
        const found = await someone(
          `(select e.at from appointment_event e where e.appointment_id = appointment.id order by e.version desc limit 1) desc, random()`,
        );
        if (!found) return;
        const undo = () => verbs.get(UndoStep).run({ actor: staff, ...found, request: aRequest(staff) });
        if (roll(2) === 0) await undo();
        else await Promise.all([undo(), undo()]);
      },
      // Two machines' clocks do not agree: the letter's time comes while staff may still undo.
      () => theTenSecondsPass(database),
    ];
    const weights = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 5, 5, 6, 6, 6, 6, 7];
    const said: Record<string, number> = {};
    for (let round = 0; round < 30; round++) {
      const settled = await Promise.allSettled(
        Array.from({ length: 20 }, () => Promise.resolve(acts[one(weights)]?.())),
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
      verbs.clock.passes({ seconds: roll(4) * 3 });
    }
    await verbs.get(SweepHolds).run();
    await verbs.get(RefreshStaleDays).run();
    await verbs.get(RedoSharedDays).run();
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    for (let waited = 0; waited < 40_000; waited += 200) {
      await theTenSecondsPass(database);
      await database.sql(
        `update jobs.job set start_after = now() where name = 'appointment-changed' and state = 'retry'`,
      );
      const [row] = await database.sql<{ n: number }>(
        `select count(*)::integer as n from jobs.job where name = 'appointment-changed' and state in ('created', 'active', 'retry')`,
      );
      if (row?.n === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const wrong = await audit({ query }, verbs.clock.now());
    expect(wrong).toEqual([]);
    // What was undone is told to nobody, and whatever stands to somebody.
    const lied = await database.sql(
      `select e.id from appointment_event e join appointment_event u on u.undoes = e.id join notice n on n.event_id = e.id`,
    );
    expect(lied).toEqual([]);
    const silent = await database.sql(
      `select e.id, e.kind from appointment_event e
        where e.tells and not exists (select from appointment_event u where u.undoes = e.id)
          and not exists (select from notice n where n.event_id = e.id and n.state <> 'queued')`,
    );
    expect(silent).toEqual([]);
    expect(serverLog()).not.toMatch(/deadlock detected/);
    const known =
      /^(done|slot-taken|not-bookable|patient-busy|state-changed|wrong-state|other-payer|not-cancellable|in-progress|not-found|too-late|not-yet)$/;
    expect(Object.keys(said).filter((what) => !known.test(what))).toEqual([]);
    expect(said['done']).toBeGreaterThan(100);
  }, 120_000);
});
