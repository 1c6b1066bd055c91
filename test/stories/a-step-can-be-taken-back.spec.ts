import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import {
  Appointments,
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  type DeskStep,
  HistoryOfAppointment,
  MoveAppointment,
  type ReferralDetails,
  RejectAppointment,
  StepAppointment,
  undoOf,
  UndoStep,
} from '#libs/appointments';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { type RunningApp, prepareEnvironment, startApp } from '../support/app.js';
import { aRoom, aSession, needsRoom } from '../support/builders.js';
import { type TestClock, testClock } from '../support/clock.js';
import { serverLog, type TestDatabase, testDatabase, theTenSecondsPass } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : Promise.reject(thrown as Error)),
  );

interface Visit {
  id: string;
  guest: Actor;
  desk: Actor;
  email: string;
}

describe('a step at the desk', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let mail: SmtpCatcher;
  let worker: RunningApp;
  let workerClock: TestClock;

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    verbs = await verbsOn(database, start);
    workerClock = testClock(start);
    worker = await startApp('worker', { clock: workerClock });
  });
  afterAll(async () => {
    await worker?.stop();
    await verbs?.close();
    await mail?.stop();
    await database?.drop();
  });
  beforeEach(() => verbs.clock.is(start));

  const anOpenCalendar = async (wishes: Parameters<typeof aCalendar>[1] = {}): Promise<BookableCalendar> => {
    const calendar = await aCalendar(database, wishes);
    await freeDaysAsOf(database, calendar, start);
    return calendar;
  };
  const slotOf = ({ calendarId, serviceId }: BookableCalendar, when: string) => ({
    calendarId,
    serviceId,
    start: at(when),
  });
  const book = async (
    calendar: BookableCalendar,
    when: string,
    told: { referral?: ReferralDetails } = {},
  ): Promise<Visit> => {
    const email = `${randomUUID()}@patient.example`;
    const guest = asGuest(await anAccount(database, email));
    const { id } = await verbs.get(BookAppointment).run({
      actor: guest,
      slot: slotOf(calendar, when),
      patient: {
        givenName: 'Jānis',
        familyName: `Ozols ${email}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email, phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(guest),
      ...told,
    });
    return { id, guest, email, desk: asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId)) };
  };
  const rowOf = async (id: string) => {
    const [row] = await database.sql<{
      status: string;
      version: number;
      starts: string;
      minutes: number;
      rows: string;
      seats: number;
    }>(
      `select status, version, to_char(starts_at at time zone 'UTC', 'DD HH24:MI') as starts,
              extract(epoch from ends_at - starts_at)::integer / 60 as minutes,
              (select coalesce(string_agg(concat_ws(' ', owner_kind, to_char(lower(during) at time zone 'UTC', 'HH24:MI'),
                        to_char(upper(during) at time zone 'UTC', 'HH24:MI')), ', ' order by owner_kind, during), '')
                 from occupation where owner_id = $1) as rows,
              (select count(*)::integer from seat where owner_id = $1) as seats
         from appointment where id = $1`,
      [id],
    );
    return row!;
  };
  const standOf = async (id: string) => {
    const { version: _, ...stand } = await rowOf(id);
    return stand;
  };
  const versionOf = async (id: string): Promise<number> => (await rowOf(id)).version;
  const step = async ({ id, desk }: Visit, taken: DeskStep): Promise<unknown> =>
    verbs
      .get(StepAppointment)
      .run({ actor: desk, id, version: await versionOf(id), step: taken, request: aRequest(desk) });
  const undo = async ({ id, desk }: Visit, actor = desk): Promise<unknown> =>
    verbs.get(UndoStep).run({ actor, id, version: await versionOf(id), request: aRequest(actor) });
  const move = async (
    { id, desk }: Visit,
    calendar: BookableCalendar,
    when: string,
    how: Partial<Parameters<MoveAppointment['run']>[0]> = {},
  ): Promise<unknown> =>
    verbs.get(MoveAppointment).run({
      actor: desk,
      id,
      version: await versionOf(id),
      to: slotOf(calendar, when),
      request: aRequest(how.actor ?? desk),
      ...how,
    });
  const cancel = async ({ id, desk }: Visit): Promise<unknown> =>
    verbs.get(CancelAppointment).run({
      actor: desk,
      id,
      version: await versionOf(id),
      reason: 'clinic-other',
      request: aRequest(desk),
    });
  const lettersTo = ({ email }: Visit): string[] =>
    mail.letters
      .filter((letter) => letter.to.includes(email))
      .map((letter) => /(\p{L}.*)/u.exec(letter.parsed.text ?? '')![0]);
  /** All jobs of the appointment are done: whatever was to leave has left. */
  const allIsTold = async ({ id }: Visit): Promise<void> => {
    for (let waited = 0; waited < 40_000; waited += 50) {
      await theTenSecondsPass(database);
      const [row] = await database.sql<{ n: number }>(
        `select count(*)::integer as n from jobs.job
          where name = 'appointment-changed' and data ->> 'appointmentId' = $1 and state in ('created', 'active', 'retry')`,
        [id],
      );
      if (row?.n === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the jobs did not end within 40 s');
  };
  const clean = async ({ freeDays = true } = {}): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    const wrong = await audit({ query }, verbs.clock.now());
    // On another day than the first the worker's rounds would have gone on with the free days.
    expect(wrong.filter(({ promise }) => freeDays || !promise.startsWith('free days'))).toEqual([]);
  };

  it('undoes a move within ten seconds, and the patient never hears of it', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    await allIsTold(visit);
    const before = await standOf(visit.id);
    await move(visit, calendar, '2026-12-02T09:00:00Z', { minutes: 60 });
    expect(await rowOf(visit.id)).toMatchObject({ starts: '02 09:00', minutes: 60 });
    verbs.clock.passes({ seconds: 10 });
    await undo(visit);
    expect(await standOf(visit.id)).toEqual(before);
    await allIsTold(visit);
    expect(lettersTo(visit)).toEqual(['Jūsu pieraksts ir veikts']);
    // What follows is told, with a SEQUENCE above everything that happened.
    await cancel(visit);
    await allIsTold(visit);
    expect(lettersTo(visit)).toHaveLength(2);
    const cancelled = mail.letters.findLast((letter) => letter.to.includes(visit.email));
    const [part] = cancelled?.parsed.attachments ?? [];
    expect(Buffer.from(part?.content as ArrayBuffer).toString('utf8')).toMatch(/SEQUENCE:3/);
    await clean();
  });

  it('is not undone after ten seconds, nor by the next one, nor when something followed', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    await move(visit, calendar, '2026-12-02T09:00:00Z');
    const moved = await versionOf(visit.id);
    verbs.clock.passes({ seconds: 11 });
    expect(await codeOf(undo(visit))).toBe('too-late');
    const view = await verbs.get(Appointments).find(visit.desk, visit.id);
    expect(undoOf(view.status, view.lastStep, verbs.clock.now())).toBeNull();
    await move(visit, calendar, '2026-12-02T10:00:00Z');
    const late = verbs
      .get(UndoStep)
      .run({ actor: visit.desk, id: visit.id, version: moved, request: aRequest(visit.desk) });
    expect(await codeOf(late)).toBe('state-changed');
    await allIsTold(visit);
    expect(lettersTo(visit)).toHaveLength(3);
    await clean();
  });

  it('is told at once by what follows it, in order', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    await allIsTold(visit);
    await move(visit, calendar, '2026-12-02T09:00:00Z');
    await move(visit, calendar, '2026-12-03T09:00:00Z', { actor: visit.guest });
    await mail.waitFor(visit.email, () => lettersTo(visit).length === 3);
    expect(lettersTo(visit)).toEqual([
      'Jūsu pieraksts ir veikts',
      'Iestāde ir pārcēlusi Jūsu pierakstu uz citu laiku',
      'Jūsu pieraksts ir pārcelts',
    ]);
  });

  it('does not undo a cancellation when the time was taken meanwhile', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    await cancel(visit);
    const other = await book(calendar, '2026-12-01T08:00:00Z');
    expect(await codeOf(undo(visit))).toBe('slot-taken');
    await cancel(other);
    await undo(visit);
    expect(await rowOf(visit.id)).toMatchObject({ status: 'booked', starts: '01 08:00' });
    await clean();
  });

  it('gives one winner when the time is taken and the cancellation undone at the same moment', async () => {
    const calendar = await anOpenCalendar();
    for (let round = 0; round < 10; round++) {
      const visit = await book(calendar, '2026-12-01T08:00:00Z');
      await cancel(visit);
      let other: Visit | undefined;
      const results = await Promise.all([
        codeOf(undo(visit)),
        codeOf(book(calendar, '2026-12-01T08:00:00Z').then((booked) => (other = booked))),
        codeOf(undo(visit)),
      ]);
      expect(results.filter((each) => each === 'done')).toHaveLength(1);
      await cancel(other ?? visit);
    }
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
  });

  it('brings a request back that was rejected or cancelled, with the old time of its move', async () => {
    const calendar = await anOpenCalendar({ confirmation: 'manual' });
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    await verbs
      .get(ConfirmAppointment)
      .run({ actor: visit.desk, id: visit.id, version: 1, request: aRequest(visit.desk) });
    await move(visit, calendar, '2026-12-01T08:30:00Z', { actor: visit.guest });
    const before = await rowOf(visit.id);
    expect(before.status).toBe('pending');
    expect(before.rows).toMatch(/^appointment .*, former /);
    const reject = async (): Promise<unknown> =>
      verbs.get(RejectAppointment).run({
        actor: visit.desk,
        id: visit.id,
        version: await versionOf(visit.id),
        reason: 'clinic-other',
        request: aRequest(visit.desk),
      });
    await reject();
    expect((await rowOf(visit.id)).status).toBe('booked');
    await undo(visit);
    expect(await standOf(visit.id)).toEqual({ ...before, version: undefined });
    await cancel(visit);
    expect((await rowOf(visit.id)).rows).toBe('');
    await undo(visit);
    expect(await rowOf(visit.id)).toMatchObject({ status: 'pending', rows: before.rows });
    await allIsTold(visit);
    expect(lettersTo(visit)).not.toContain('Iestāde ir atcēlusi Jūsu pierakstu');
  });

  it('takes the room, the seat and the referral again', async () => {
    const calendar = await anOpenCalendar();
    await aRoom(database, calendar);
    await needsRoom(database, calendar);
    await freeDaysAsOf(database, calendar, start);
    await database.sql(`update service set referral_required = true where id = $1`, [calendar.serviceId]);
    const referral: ReferralDetails = {
      number: `R${randomUUID()}`,
      date: Temporal.PlainDate.from('2026-11-20'),
      priority: 'planned',
      referrer: { name: 'Dr. Anna Liepa', institution: 'Liepas prakse', phone: '+37167000000', email: null },
    };
    const visit = await book(calendar, '2026-12-01T08:00:00Z', { referral });
    const before = await standOf(visit.id);
    expect(before.rows.split(', ')).toHaveLength(2);
    await cancel(visit);
    await undo(visit);
    expect(await standOf(visit.id)).toEqual(before);
    expect(await database.sql(`select from referral where appointment_id = $1 and active`, [visit.id])).toHaveLength(1);
    await cancel(visit);
    await book(calendar, '2026-12-02T08:00:00Z', { referral });
    expect(await codeOf(undo(visit))).toBe('referral-used');

    const groups = await anOpenCalendar();
    await aSession(database, groups, { start: '2026-12-01T09:00:00Z', seats: 1 });
    await freeDaysAsOf(database, groups, start);
    const seated = await book(groups, '2026-12-01T09:00:00Z');
    await cancel(seated);
    await undo(seated);
    expect(await rowOf(seated.id)).toMatchObject({ status: 'booked', seats: 1 });
    await cancel(seated);
    await book(groups, '2026-12-01T09:00:00Z');
    expect(await codeOf(undo(seated))).toBe('slot-taken');
    await clean();
  });

  it('tells nobody when staff say why, and history keeps it', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    await move(visit, calendar, '2026-12-02T09:00:00Z', { untold: 'told-by-phone', reason: 'clinic-other' });
    await allIsTold(visit);
    expect(lettersTo(visit)).toEqual(['Jūsu pieraksts ir veikts']);
    const history = await verbs.get(HistoryOfAppointment).run(visit.desk, visit.id);
    expect(history.at(-1)).toMatchObject({ kind: 'moved', tells: false, untoldWhy: 'told-by-phone' });
  });

  it('leads from the door to the end of the visit, and each can be taken back', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    verbs.clock.is('2026-12-01T07:50:00Z');
    const seen: string[] = [];
    const look = async () => seen.push((await rowOf(visit.id)).status);
    for (const each of ['arrive', 'admit', 'fulfil'] as const) {
      await step(visit, each);
      await look();
    }
    for (let n = 0; n < 3; n++) {
      await undo(visit);
      await look();
    }
    expect(seen).toEqual(['arrived', 'checked-in', 'fulfilled', 'checked-in', 'arrived', 'booked']);
    expect(await codeOf(undo(visit))).toBe('wrong-state');
    await step(visit, 'arrive');
    await step(visit, 'fulfil');
    await undo(visit);
    expect((await rowOf(visit.id)).status).toBe('arrived');
    await clean({ freeDays: false });
  });

  it('is refused where it does not begin, and before its day', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    // In Riga it is still the day before.
    verbs.clock.is('2026-11-30T21:59:00Z');
    expect(await codeOf(step(visit, 'arrive'))).toBe('not-yet');
    verbs.clock.is('2026-11-30T22:01:00Z');
    expect(await codeOf(step(visit, 'miss'))).toBe('not-yet');
    expect(await codeOf(step(visit, 'admit'))).toBe('wrong-state');
    await step(visit, 'arrive');
    expect(await codeOf(step(visit, 'arrive'))).toBe('wrong-state');
    expect(await codeOf(step(visit, 'miss'))).toBe('wrong-state');
    expect(await codeOf(cancel(visit))).toBe('not-cancellable');
    expect(await codeOf(undo(visit, visit.guest))).toBe('not-allowed');
    expect(await codeOf(step({ ...visit, desk: visit.guest }, 'admit'))).toBe('not-allowed');
    const stranger = asStaff(randomUUID(), await aStaffMember(database, calendar.clinicId));
    expect(await codeOf(undo(visit, stranger))).toBe('not-found');
  });

  it('gives a missed visit’s time back, and takes it again', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    const before = await standOf(visit.id);
    verbs.clock.is('2026-12-01T08:05:00Z');
    await step(visit, 'miss');
    expect(await rowOf(visit.id)).toMatchObject({ status: 'noshow', rows: '' });
    await clean({ freeDays: false });
    verbs.clock.passes({ hours: 30 });
    await undo(visit);
    expect(await standOf(visit.id)).toEqual(before);
    await clean({ freeDays: false });
  });

  it('changes the length where there is room, also of a visit that has begun, and keeps it on the next move', async () => {
    const calendar = await anOpenCalendar();
    const visit = await book(calendar, '2026-12-01T08:00:00Z');
    const { minutes } = await rowOf(visit.id);
    const next = await book(calendar, at('2026-12-01T08:00:00Z').add({ minutes }).toString());
    expect(await codeOf(move(visit, calendar, '2026-12-01T08:00:00Z', { minutes: minutes + 10 }))).toBe('slot-taken');
    await cancel(next);
    verbs.clock.is('2026-12-01T08:05:00Z');
    await move(visit, calendar, '2026-12-01T08:00:00Z', { minutes: minutes + 10 });
    expect(await rowOf(visit.id)).toMatchObject({ starts: '01 08:00', minutes: minutes + 10 });
    await move(visit, calendar, '2026-12-02T08:00:00Z', { actor: visit.desk });
    expect(await rowOf(visit.id)).toMatchObject({ starts: '02 08:00', minutes: minutes + 10 });
    // A patient cannot make it longer.
    await move(visit, calendar, '2026-12-03T08:00:00Z', { actor: visit.guest, minutes: 240 });
    expect(await rowOf(visit.id)).toMatchObject({ starts: '03 08:00', minutes: minutes + 10 });
    await clean({ freeDays: false });
  });
});
