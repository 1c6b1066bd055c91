import { randomUUID } from 'node:crypto';
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
import { Database, Refusal } from '#libs/platform';
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
    // This clinic changes hundreds of visits within an hour: no letter waits for a second person here.
    await database.sql('insert into notice_limit (clinic_id, per_hour) values ($1, 10000)', [first.clinicId]);
    guests = await Promise.all(
      [1, 2, 3, 4].map(async (n) => asGuest(await anAccount(database, `g${n}@patient.example`))),
    );
  });
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
    for (let waited = 0; waited < 80_000; waited += 200) {
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
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
    const known =
      /^(done|slot-taken|not-bookable|patient-busy|state-changed|wrong-state|other-payer|not-cancellable|in-progress|not-found|too-late|not-yet)$/;
    expect(Object.keys(said).filter((what) => !known.test(what))).toEqual([]);
    expect(said['done']).toBeGreaterThan(100);
  }, 120_000);

  const codeOf = (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'done',
      (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown)),
    );
  const aDay = async (): Promise<BookableCalendar> => {
    const calendar = await aCalendar(database, {
      grid: 10,
      ...(calendars[0] && { beside: calendars[0] }),
      practitioner: 'other',
    });
    await freeDaysAsOf(database, calendar, start);
    return calendar;
  };
  const slot = ({ calendarId, serviceId }: BookableCalendar, at: string) => ({
    calendarId,
    serviceId,
    start: Temporal.Instant.from(`2026-12-03T${at}:00Z`),
  });
  const booked = async (calendar: BookableCalendar, at: string, how: object = {}): Promise<{ id: string }> => {
    const email = `${randomUUID()}@patient.example`;
    return verbs.get(BookAppointment).run({
      actor: staff,
      slot: slot(calendar, at),
      patient: {
        givenName: 'Anna',
        familyName: `Ozola ${email}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email, phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'desk',
      request: aRequest(staff),
      ...how,
    });
  };
  const standing = async (): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    await verbs.get(RefreshStaleDays).run();
    const wrong = await audit({ query }, verbs.clock.now());
    expect(wrong.filter(({ promise }) => !promise.startsWith('free days'))).toEqual([]);
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
  };

  it('ends the time for undoing with the letter, whatever the clock says', async () => {
    const calendar = await aDay();
    const { id } = await booked(calendar, '08:00');
    await verbs
      .get(CancelAppointment)
      .run({ actor: staff, id, version: 1, reason: 'clinic-other', request: aRequest(staff) });
    const [row] = await database.sql<{ email: string }>(
      'select contact_email as email from appointment where id = $1',
      [id],
    );
    await theTenSecondsPass(database);
    await mail.waitFor(row?.email ?? '', ({ raw }) => raw.includes('METHOD:CANCEL') || raw.includes('method=CANCEL'));
    const undo = verbs.get(UndoStep).run({ actor: staff, id, version: 2, request: aRequest(staff) });
    expect(await codeOf(undo)).toBe('too-late');
  });

  it('says that it is busy, not broken, when the database goes away in the middle of a change', async () => {
    const portal = verbs.get(Database);
    const cut = portal.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await portal.read('select pg_terminate_backend($1, 10000)', [row?.pid]);
      // What is heard of it first is the connection's end; the next statement comes after that.
      await new Promise((resolve) => setImmediate(resolve));
      await tx.query('select 1');
    });
    expect(await codeOf(cut)).toBe('busy');
    expect(await portal.read('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('moves no visit to where it stands, and tells nobody that it did', async () => {
    const calendar = await aDay();
    const { id } = await booked(calendar, '08:00');
    const move = (at: string, minutes: number | null = null): Promise<unknown> =>
      verbs.get(MoveAppointment).run({
        actor: staff,
        id,
        version: 1,
        to: slot(calendar, at),
        minutes,
        request: aRequest(staff),
      });
    await expect(move('08:00')).rejects.toMatchObject({ code: 'wrong-state', details: { why: 'already-there' } });
    expect(await codeOf(move('08:00', 45))).toBe('done');
    const told = await database.sql('select version from appointment_event where appointment_id = $1 and tells', [id]);
    expect(told).toHaveLength(2);
  });

  it('takes a visit back only to where those who undo it may put it', async () => {
    const [here, there] = [await aDay(), await aDay()];
    const { id } = await booked(here, '08:00');
    const to = slot(there, '08:00');
    await verbs.get(MoveAppointment).run({ actor: staff, id, version: 1, to, request: aRequest(staff) });
    const doctor: Actor = {
      ...(staff as Extract<Actor, { kind: 'staff' }>),
      role: 'practitioner',
      practitionerId: there.practitionerId,
      practitionerIds: [there.practitionerId],
    };
    const undo = (actor: Actor) => verbs.get(UndoStep).run({ actor, id, version: 2, request: aRequest(actor) });
    expect(await codeOf(undo(doctor))).toBe('not-allowed');
    expect(await codeOf(undo(staff))).toBe('done');
  });

  it('lets two visits that want each other’s time both stay somewhere', async () => {
    const calendar = await aDay();
    for (let round = 0; round < 5; round++) {
      const at = [`0${7 + round}:00`, `0${7 + round}:30`].map((text) => text.replace(/^0(\d\d)/, '$1')) as [
        string,
        string,
      ];
      const [one, other] = [await booked(calendar, at[0]), await booked(calendar, at[1])];
      const move = (id: string, to: string) =>
        codeOf(
          verbs
            .get(MoveAppointment)
            .run({ actor: staff, id, version: 1, to: slot(calendar, to), request: aRequest(staff) }),
        );
      expect(await Promise.all([move(one.id, at[1]), move(other.id, at[0])])).toEqual(['slot-taken', 'slot-taken']);
    }
    await standing();
  });

  it('books twenty beside another at once in lanes of their own, or says why not', async () => {
    const calendar = await aDay();
    await booked(calendar, '08:00');
    const override = { kinds: ['beside'], reason: 'urgent', note: null };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(booked(calendar, '08:00', { override }))),
    );
    expect(answers.filter((each) => !['done', 'slot-taken', 'not-bookable'].includes(each))).toEqual([]);
    const lanes = await database.sql<{ lane: number }>(
      `select lane from occupation where resource_id = $1 and owner_kind = 'appointment' order by lane`,
      [calendar.practitionerId],
    );
    expect(lanes).toHaveLength(1 + answers.filter((each) => each === 'done').length);
    expect(new Set(lanes.map(({ lane }) => lane)).size).toBe(lanes.length);
    await standing();
  });

  it('notes one of two steps that are pressed at once', async () => {
    const calendar = await aDay();
    const { id } = await booked(calendar, '08:00');
    verbs.clock.is('2026-12-03T08:05:00Z');
    const step = (each: 'arrive' | 'miss') =>
      codeOf(verbs.get(StepAppointment).run({ actor: staff, id, version: 1, step: each, request: aRequest(staff) }));
    const answers = await Promise.all([step('arrive'), step('miss'), step('arrive'), step('miss')]);
    expect(answers.filter((each) => each === 'done')).toHaveLength(1);
    expect(answers.filter((each) => each === 'state-changed')).toHaveLength(3);
    await standing();
  });

  it('gives the last minutes to the longer visit or to the next one, never to both', async () => {
    const calendar = await aDay();
    verbs.clock.is(start);
    for (const hour of ['08', '09', '10', '11']) {
      const { id } = await booked(calendar, `${hour}:00`);
      const answers = await Promise.all([
        codeOf(booked(calendar, `${hour}:30`)),
        codeOf(
          verbs.get(MoveAppointment).run({
            actor: staff,
            id,
            version: 1,
            to: slot(calendar, `${hour}:00`),
            minutes: 45,
            request: aRequest(staff),
          }),
        ),
      ]);
      expect(answers.toSorted()[0]).toBe('done');
      expect(['slot-taken', 'not-bookable']).toContain(answers.toSorted()[1]);
    }
    await standing();
  });
});
