import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import pg from 'pg';
import { verificationCode } from '#libs/access';
import {
  AcceptOffer,
  BookAppointment,
  CancelAppointment,
  CarryOutChange,
  type Change,
  MoveAppointment,
  PlanChange,
} from '#libs/appointments';
import { RedoSharedDays } from '#libs/calendars';
import type { Interval } from '#libs/time';
import { Rounds } from '../../apps/worker/src/rounds.js';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { type TestClock, testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type CaughtLetter, type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { formsOf, PageVisitor, type VisitedPage } from '../support/page-visitor.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';
import { aCalendar, anAccount, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const firstLine = (letter: CaughtLetter): string => (letter.parsed.text ?? '').split('\n')[0]!;

/** What a calendar program would make of a letter. */
function invitationIn(letter: CaughtLetter): string {
  const part = letter.parsed.attachments.find((each) => each.mimeType === 'text/calendar');
  if (!part) return 'none';
  const text = typeof part.content === 'string' ? part.content : Buffer.from(part.content as ArrayBuffer).toString();
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
  const starts = event.startDate.toJSDate().toISOString().slice(0, 16);
  return `${String(calendar.getFirstPropertyValue('method'))} ${starts}`;
}

const visitorKey = (visitor: StaffVisitor, page: StaffPage): string => visitor.field(page, 'idempotencyKey');

interface Guest {
  accountId: string;
  email: string;
  id: string;
}

describe('a change with people inside', () => {
  let database: TestDatabase;
  let mail: SmtpCatcher;
  let clock: TestClock;
  let clinic: RunningApp;
  let worker: RunningApp;
  let booking: RunningApp;

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    clock = testClock(start);
    clinic = await startApp('clinic', { clock });
    worker = await startApp('worker', { clock });
    booking = await startApp('booking', { clock });
  });
  afterAll(async () => {
    await booking?.stop();
    await worker?.stop();
    await clinic?.stop();
    await mail?.stop();
    await database?.drop();
  });

  const clean = async (): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, clock.now())).toEqual([]);
  };
  const until = async (test: () => boolean | Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < 40_000; waited += 50) {
      if (await test()) return;
      await sleep(50);
    }
    throw new Error('it did not happen within 40 s');
  };
  const nothingIsToBeTold = async (): Promise<boolean> =>
    (await database.sql(`select from jobs.job where state in ('created', 'retry', 'active') limit 1`)).length === 0;
  const lettersOf = (email: string): CaughtLetter[] => mail.letters.filter(({ to }) => to.includes(email));
  const lettersTo = ({ email }: Guest): CaughtLetter[] => lettersOf(email);

  const anOpenCalendar = async (wishes: Parameters<typeof aCalendar>[1] = {}): Promise<BookableCalendar> => {
    const calendar = await aCalendar(database, wishes);
    await freeDaysAsOf(database, calendar, start);
    return calendar;
  };
  const book = async ({ calendarId, serviceId }: BookableCalendar, when: string): Promise<Guest> => {
    const email = `${randomUUID()}@patient.example`;
    const actor = asGuest(await anAccount(database, email));
    const { id } = await clinic.get(BookAppointment).run({
      actor,
      slot: { calendarId, serviceId, start: at(when) },
      patient: {
        givenName: 'Jānis',
        familyName: `Ozols ${randomUUID().slice(0, 4)}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email, phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return { accountId: (actor as { accountId: string }).accountId, email, id };
  };
  const aMember = async (clinicId: string) => {
    const staff = await build.aStaffMember(database, {
      clinic: { id: clinicId },
      role: 'registrar',
      name: 'Ilze Kalniņa',
    });
    const visitor = await staffVisitor(clinic, staff, await build.aCredential(database, staff), clock);
    const actor = asStaff(clinicId, { accountId: staff.accountId, staffMemberId: staff.id });
    return { visitor, actor };
  };
  const closing = (calendar: BookableCalendar, times: Interval[], whole = false) =>
    ({
      kind: 'close',
      scope: {
        clinicId: calendar.clinicId,
        branchId: null,
        resourceId: whole ? null : calendar.practitionerId,
      },
      times,
      reason: null,
      publicReason: null,
    }) as const;
  const aDay = (day: string): Interval => ({ start: at(`${day}T00:00:00Z`), end: at(`${day}T22:00:00Z`) });
  const standsAt = async (id: string) => {
    const [row] = await database.sql<{ status: string; starts: string; orphaned: boolean }>(
      `select status, to_char(starts_at at time zone 'UTC', 'DD HH24:MI') as starts, orphaned_at is not null as orphaned
         from appointment where id = $1`,
      [id],
    );
    return row!;
  };
  /** The radio buttons of a visit on the page that asks, by what they say. */
  const choicesOf = (page: StaffPage, id: string): string[] =>
    [...page.html.matchAll(new RegExp(`name="visit\\.${id}" value="([^"]*)"`, 'g'))].map(([, value]) => value!);
  const chosenOn = (page: StaffPage, id: string): string | undefined =>
    new RegExp(`name="visit\\.${id}" value="([^"]*)"[^>]* checked`).exec(page.html)?.[1];

  it('moves, cancels and keeps what was decided, and tells each patient once', async () => {
    const calendar = await anOpenCalendar();
    const { visitor, actor } = await aMember(calendar.clinicId);
    const times = Array.from({ length: 16 }, (_, n) => at('2026-12-02T07:00:00Z').add({ minutes: 30 * n }));
    const other = await anOpenCalendar({ beside: calendar, practitioner: 'other' });
    await database.sql(
      `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents)
       select $1, service_id, clinic_id, minutes, price_cents from calendar_service where calendar_id = $2`,
      [other.calendarId, calendar.calendarId],
    );
    await freeDaysAsOf(database, other, start);
    const guests: Guest[] = [];
    for (const time of times) guests.push(await book(calendar, time.toString()));
    for (const time of times.slice(0, 14))
      guests.push(await book({ ...other, serviceId: calendar.serviceId }, time.toString()));
    expect(guests).toHaveLength(30);
    await until(() => guests.every((guest) => lettersTo(guest).length === 1));

    const change = closing(calendar, [aDay('2026-12-02')], true);
    const plan = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change });
    expect(plan.peopleInside).toBe(30);
    const path = `/en/changes/${plan.id}`;
    const page = await visitor.get(path);
    expect(page.text).toContain('30 appointments would lose their time');
    const firsts = guests.map(({ id }) => choicesOf(page, id)[0]!);
    expect(new Set(firsts.map((each) => each.split('|').slice(1).join())).size).toBe(30);
    const answers: Record<string, string> = {};
    guests.forEach(
      ({ id }, n) => (answers[`visit.${id}`] = n % 3 === 0 ? firsts[n]! : n % 3 === 1 ? 'cancel' : 'keep'),
    );
    const done = await visitor.post(path, {
      ...answers,
      reason: 'clinic-closed',
      idempotencyKey: visitor.field(page, 'idempotencyKey'),
    });
    expect(done.status).toBe(303);
    expect((await visitor.get(path)).text).toContain('10 appointments moved');
    for (const [n, { id }] of guests.entries()) {
      const { status, orphaned, starts } = await standsAt(id);
      expect([status, orphaned]).toEqual(n % 3 === 1 ? ['cancelled', false] : ['booked', n % 3 === 2]);
      expect(starts.startsWith('02')).toBe(n % 3 !== 0);
    }
    await until(() => guests.every((guest, n) => n % 3 === 2 || lettersTo(guest).length === 2));
    await until(nothingIsToBeTold);
    for (const [n, guest] of guests.entries()) {
      const [, letter, ...more] = lettersTo(guest);
      expect(more).toEqual([]);
      if (n % 3 === 2) expect(letter).toBeUndefined();
      else if (n % 3 === 1) {
        expect(firstLine(letter!)).toBe('Iestāde ir atcēlusi Jūsu pierakstu');
        expect(letter!.parsed.text).toContain('Iemesls: šajā laikā iestāde ir slēgta.');
        expect(invitationIn(letter!)).toMatch(/^CANCEL 2026-12-02/);
      } else {
        expect(firstLine(letter!)).toBe('Iestāde ir pārcēlusi Jūsu pierakstu uz citu laiku');
        const to = firsts[n]!.split('|')[3]!.slice(0, 16);
        expect(invitationIn(letter!)).toBe(`REQUEST ${to}`);
      }
    }
    await clean();
  });

  it('counts whoever loses an opening, whatever the change, and nobody else', async () => {
    const calendar = await anOpenCalendar();
    const { actor } = await aMember(calendar.clinicId);
    const admin = { ...actor, role: 'admin' } as typeof actor;
    const { clinicId, calendarId, serviceId, practitionerId } = calendar;
    const early = await book(calendar, '2026-12-02T07:00:00Z');
    const noon = await book(calendar, '2026-12-02T10:00:00Z');
    const later = await book(calendar, '2026-12-09T10:00:00Z');
    const inside = async (change: Change): Promise<number> =>
      (await clinic.get(PlanChange).run({ actor: admin, clinicId, change })).peopleInside;
    await database.sql(
      `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, week_anchor, published)
       select $1, $2, weekday, '11:00', '15:00', date '2026-11-30', date '2026-11-30', false from generate_series(1, 7) weekday`,
      [clinicId, calendarId],
    );
    await database.sql(`update calendar set has_draft_hours = true where id = $1`, [calendarId]);
    expect(await inside({ kind: 'publish-hours', calendarIds: [calendarId] })).toBe(1);
    expect(await inside({ kind: 'end-service', serviceId, calendarIds: null })).toBe(3);
    expect(await inside({ kind: 'end-service', serviceId, calendarIds: [calendarId] })).toBe(3);
    const lastDay = Temporal.PlainDate.from('2026-12-05');
    expect(await inside({ kind: 'end-role', practitionerId, lastDay })).toBe(1);
    const day = { day: Temporal.PlainDate.from('2026-12-02'), kind: 'closed', worksAs: null, shorterBy: null } as const;
    expect(await inside({ kind: 'keep-days', country: 'LV', branchId: null, days: [{ ...day, note: null }] })).toBe(2);
    // Nothing of all that was kept.
    expect(await database.sql(`select from closure where clinic_id = $1`, [clinicId])).toEqual([]);
    expect(await database.sql(`select from clinic_day where clinic_id = $1`, [clinicId])).toEqual([]);
    await book(calendar, '2026-12-09T07:00:00Z');

    const published = await clinic.get(PlanChange).run({
      actor: admin,
      clinicId,
      change: { kind: 'publish-hours', calendarIds: [calendarId] },
    });
    expect(published.peopleInside).toBe(2);
    const everybody = await database.sql<{ id: string }>(
      `select id from appointment where calendar_id = $1 and (starts_at at time zone 'Europe/Riga')::time < '11:00'`,
      [calendarId],
    );
    const decisions = Object.fromEntries(everybody.map(({ id }) => [id, 'keep' as const]));
    await clinic.get(CarryOutChange).run({ actor: admin, id: published.id, decisions, request: aRequest(admin) });
    expect(await standsAt(early.id)).toMatchObject({ status: 'booked', orphaned: true });
    expect(await standsAt(noon.id)).toMatchObject({ status: 'booked', orphaned: false });

    const ended = await clinic.get(PlanChange).run({
      actor: admin,
      clinicId,
      change: { kind: 'end-role', practitionerId, lastDay },
    });
    expect(ended.peopleInside).toBe(1);
    await clinic.get(CarryOutChange).run({
      actor: admin,
      id: ended.id,
      decisions: { [later.id]: 'cancel' },
      request: aRequest(admin),
    });
    expect((await standsAt(later.id)).status).toBe('cancelled');
    await expect(book(calendar, '2026-12-10T10:00:00Z')).rejects.toMatchObject({ code: 'not-bookable' });
    expect((await book(calendar, '2026-12-04T10:00:00Z')).id).toBeTruthy();
    await clean();
  });

  it('ends the work of a doctor who has no calendar there', async () => {
    const { clinicId } = await anOpenCalendar();
    const { actor: registrar } = await aMember(clinicId);
    const actor = { ...registrar, role: 'admin' } as const;
    const { id: practitionerId } = await build.aPractitioner(database, { clinic: { id: clinicId } });
    const lastDay = Temporal.PlainDate.from('2026-12-05');
    const change = { kind: 'end-role', practitionerId, lastDay } as const;
    const { id, peopleInside } = await clinic.get(PlanChange).run({ actor, clinicId, change });
    expect(peopleInside).toBe(0);
    const done = await clinic.get(CarryOutChange).run({ actor, id, decisions: {}, request: aRequest(actor) });
    expect(done.state).toBe('done');
    const roles = await database.sql(
      `select active_to::text as last from practitioner_role where practitioner_id = $1`,
      [practitionerId],
    );
    expect(roles).toEqual([{ last: '2026-12-05' }]);
    await clean();
  });

  it('closes a room, and asks about the visits that use it', async () => {
    const calendar = await anOpenCalendar();
    const { clinicId, branchId, serviceId } = calendar;
    const { actor } = await aMember(clinicId);
    const room = randomUUID();
    await database.sql(
      `insert into resource (id, kind, clinic_id, branch_id, capability, name) values ($1, 'room', $2, $3, 'ultrasound', '12')`,
      [room, clinicId, branchId],
    );
    await database.sql(`insert into service_need (clinic_id, service_id, capability) values ($1, $2, 'ultrasound')`, [
      clinicId,
      serviceId,
    ]);
    await freeDaysAsOf(database, calendar, start);
    const { id } = await book(calendar, '2026-12-02T08:00:00Z');
    const scope = { clinicId, branchId: null, resourceId: room };
    const change = { ...closing(calendar, [aDay('2026-12-02')]), scope };
    const plan = await clinic.get(PlanChange).run({ actor, clinicId, change });
    expect(plan.peopleInside).toBe(1);
    await clinic.get(CarryOutChange).run({
      actor,
      id: plan.id,
      decisions: { [id]: 'keep' },
      request: aRequest(actor),
    });
    expect(await standsAt(id)).toMatchObject({ status: 'booked', orphaned: true });
    await expect(book(calendar, '2026-12-02T10:00:00Z')).rejects.toMatchObject({ code: 'slot-taken' });
    await clinic.get(RedoSharedDays).run();
    await clean();
  });

  it('asks again when somebody books meanwhile, and refuses who comes after', async () => {
    const calendar = await anOpenCalendar();
    const { visitor, actor } = await aMember(calendar.clinicId);
    const first = await book(calendar, '2026-12-03T08:00:00Z');
    const change = closing(calendar, [aDay('2026-12-03')]);
    const { id: plan } = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change });
    const page = await visitor.get(`/en/changes/${plan}`);
    const second = await book(calendar, '2026-12-03T09:00:00Z');
    const send = (from: StaffPage, choices: Record<string, string>) =>
      visitor.post(`/en/changes/${plan}`, {
        ...choices,
        reason: 'clinic-closed',
        idempotencyKey: visitor.field(from, 'idempotencyKey'),
      });
    const asked = await send(page, { [`visit.${first.id}`]: 'cancel' });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Decide about this appointment');
    expect(chosenOn(asked, first.id)).toBe('cancel');
    expect(await standsAt(first.id)).toMatchObject({ status: 'booked', orphaned: false });
    const done = await send(asked, { [`visit.${first.id}`]: 'cancel', [`visit.${second.id}`]: 'keep' });
    expect(done.status).toBe(303);
    expect(await standsAt(second.id)).toMatchObject({ status: 'booked', orphaned: true });
    await expect(book(calendar, '2026-12-03T10:00:00Z')).rejects.toMatchObject({ code: 'not-bookable' });
    await clean();
  });

  it('decides of a booking that races with it: it is asked about, or it is refused', async () => {
    const calendar = await anOpenCalendar();
    const { actor } = await aMember(calendar.clinicId);
    for (let round = 0; round < 12; round++) {
      const day = Temporal.PlainDate.from('2026-12-04').add({ days: round }).toString();
      const change = closing(calendar, [aDay(day)]);
      const plan = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change });
      expect(plan.peopleInside).toBe(0);
      const [booked, carried] = await Promise.allSettled([
        book(calendar, `${day}T08:00:00Z`),
        clinic.get(CarryOutChange).run({ actor, id: plan.id, decisions: {}, request: aRequest(actor) }),
      ]);
      const codes = [booked, carried].map((each) =>
        each.status === 'fulfilled' ? 'done' : (each.reason as { code?: string }).code,
      );
      expect([
        ['done', 'state-changed'],
        ['not-bookable', 'done'],
      ]).toContainEqual(codes);
    }
    await clean();
  });

  it('is made once when two staff press at once, and cancelled ones are asked about anew', async () => {
    const calendar = await anOpenCalendar();
    const [one, two] = [await aMember(calendar.clinicId), await aMember(calendar.clinicId)];
    const guests = [
      await book(calendar, '2026-12-03T08:00:00Z'),
      await book(calendar, '2026-12-03T09:00:00Z'),
      await book(calendar, '2026-12-03T10:00:00Z'),
    ];
    const change = closing(calendar, [aDay('2026-12-03')]);
    const { id } = await clinic.get(PlanChange).run({ actor: one.actor, clinicId: calendar.clinicId, change });
    const page = await one.visitor.get(`/en/changes/${id}`);
    const actor = asGuest(guests[2]!.accountId);
    await clinic.get(CancelAppointment).run({ actor, id: guests[2]!.id, version: 1, request: aRequest(actor) });
    const choices = Object.fromEntries(guests.map((guest) => [`visit.${guest.id}`, 'cancel']));
    const refused = await one.visitor.post(`/en/changes/${id}`, {
      ...choices,
      reason: 'clinic-closed',
      idempotencyKey: visitorKey(one.visitor, page),
    });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('The list is new; your choices are kept');
    expect(choicesOf(refused, guests[2]!.id)).toEqual([]);
    const two3 = Object.fromEntries(guests.slice(0, 2).map((guest) => [`visit.${guest.id}`, 'cancel']));
    const press = async ({ visitor }: { visitor: StaffVisitor }): Promise<StaffPage> => {
      const seen = await visitor.get(`/en/changes/${id}`);
      return visitor.post(`/en/changes/${id}`, {
        ...two3,
        reason: 'clinic-closed',
        idempotencyKey: visitorKey(visitor, seen),
      });
    };
    const pressed = await Promise.all([press(one), press(one), press(two)]);
    expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303]);
    await until(() => guests.every((guest) => lettersTo(guest).length === 2));
    await until(nothingIsToBeTold);
    expect(guests.map((guest) => lettersTo(guest).length)).toEqual([2, 2, 2]);
    expect(await database.sql(`select from closure where clinic_id = $1`, [calendar.clinicId])).toHaveLength(1);
    await clean();
  });

  it('goes on where it stopped, one practitioner after another', async () => {
    const calendar = await anOpenCalendar();
    const { visitor, actor } = await aMember(calendar.clinicId);
    const other = await anOpenCalendar({ beside: calendar, practitioner: 'other' });
    const [first, second] = [other, calendar].sort((a, b) => (a.practitionerId < b.practitionerId ? -1 : 1)) as [
      BookableCalendar,
      BookableCalendar,
    ];
    const inFirst = await book(first, '2026-12-03T08:00:00Z');
    const inSecond = await book(second, '2026-12-03T08:00:00Z');
    const change = closing(calendar, [aDay('2026-12-03')], true);
    const { id } = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change });
    // The second practitioner's lock is held by somebody else: the first one's part is done all the same.
    const blocker = new pg.Client(database.ownerUrl);
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('select from resource where id = $1 for update', [second.practitionerId]);
    const decisions = { [inFirst.id]: 'cancel', [inSecond.id]: 'keep' } as const;
    await expect(
      clinic.get(CarryOutChange).run({ actor, id, decisions, request: aRequest(actor) }),
    ).rejects.toMatchObject({ code: 'in-progress' });
    expect((await standsAt(inFirst.id)).status).toBe('cancelled');
    expect(await standsAt(inSecond.id)).toMatchObject({ status: 'booked', orphaned: false });
    expect((await visitor.get(`/en/changes/${id}`)).text).toContain('1 of 2 calendars are changed');
    await blocker.query('rollback');
    await blocker.end();
    clock.advance({ minutes: 2 });
    await worker.get(Rounds).goAll();
    await until(async () => (await standsAt(inSecond.id)).orphaned);
    expect(await standsAt(inSecond.id)).toMatchObject({ status: 'booked', orphaned: true });
    expect((await visitor.get(`/en/changes/${id}`)).text).toContain('The change is made');
    await clean();
  });

  it('leaves a work list, from which staff keep for good, move and cancel', async () => {
    const calendar = await anOpenCalendar();
    const { visitor, actor } = await aMember(calendar.clinicId);
    const guests: Guest[] = [];
    for (const hour of ['08', '09', '10']) guests.push(await book(calendar, `2026-12-03T${hour}:00:00Z`));
    const change = closing(calendar, [aDay('2026-12-03')]);
    const { id } = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change });
    const decisions = Object.fromEntries(guests.map((guest) => [guest.id, 'keep' as const]));
    await clinic.get(CarryOutChange).run({ actor, id, decisions, request: aRequest(actor) });
    const list = await visitor.get('/en/orphaned');
    expect(list.text).toContain('3 appointments are at times that are closed');
    expect(list.text).toContain('The time was closed');
    const [keep, move, cancel] = guests as [Guest, Guest, Guest];
    expect((await visitor.post('/en/orphaned/keep', { id: keep.id, version: '1' })).status).toBe(303);
    const to = { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at('2026-12-07T08:00:00Z') };
    await clinic.get(MoveAppointment).run({ actor, id: move.id, version: 1, to, request: aRequest(actor) });
    await clinic.get(CancelAppointment).run({ actor, id: cancel.id, version: 1, request: aRequest(actor) });
    expect((await visitor.get('/en/orphaned')).text).toContain('Nothing to do here');
    expect(await standsAt(move.id)).toMatchObject({ status: 'booked', orphaned: false });
    const [closure] = await database.sql<{ id: string }>(`select id from closure where clinic_id = $1`, [
      calendar.clinicId,
    ]);
    const reopen = { kind: 'reopen', closureIds: [closure!.id] } as const;
    const back = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change: reopen });
    expect(back.peopleInside).toBe(0);
    await clinic.get(CarryOutChange).run({ actor, id: back.id, decisions: {}, request: aRequest(actor) });
    expect((await until(() => lettersTo(keep).length === 1), lettersTo(keep)).length).toBe(1);
  });

  /** Follows a link of a letter as somebody who has to prove their address first. */
  const signedIn = async (browser: PageVisitor, path: string, email: string): Promise<VisitedPage> => {
    const asked = await browser.send(await browser.get(path), '/sign-in/email', { email });
    const [row] = await database.sql<{ id: string; generation: number }>(
      'select id, generation from verification where email = $1 order by created_at desc limit 1',
      [email],
    );
    const code = verificationCode(row!.id, row!.generation);
    return browser.send(asked, '/sign-in/code', { code });
  };

  describe('a doctor is ill', () => {
    const report = async (calendar: BookableCalendar, visitor: StaffVisitor, more: Record<string, string> = {}) => {
      const page = await visitor.get('/en/ill');
      const sent = await visitor.post('/en/ill', {
        practitioner: calendar.practitionerId,
        when: 'days',
        first: '2026-12-01',
        last: '2026-12-01',
        answerDay: '2026-12-01',
        answerTime: '18:00',
        idempotencyKey: visitorKey(visitor, page),
        ...more,
      });
      if (sent.status !== 303) throw new Error(sent.text);
      return sent.location!;
    };
    const offersOf = (id: string) =>
      database.sql<{ id: string; state: string; starts: string; calendar: string }>(
        `select id, state, calendar_id as calendar, to_char(starts_at at time zone 'UTC', 'DD HH24:MI') as starts
           from offer where appointment_id = $1 order by starts_at`,
        [id],
      );
    const stateOf = async (id: string): Promise<string> => {
      const [row] = await database.sql<{ state: string }>(
        `select state from affected_visit where appointment_id = $1 order by answer_by desc limit 1`,
        [id],
      );
      return row!.state;
    };
    const heldTimes = async (id: string): Promise<number> =>
      (
        await database.sql(
          `select from occupation o join offer f on f.id = o.owner_id and o.owner_kind = 'offer' where f.appointment_id = $1`,
          [id],
        )
      ).length;

    it('says where nothing is free, whom no letter reaches, and takes it back', async () => {
      const calendar = await anOpenCalendar({
        openings: [
          { start: '2026-12-01T07:00:00Z', end: '2026-12-01T08:00:00Z' },
          { start: '2026-12-03T07:00:00Z', end: '2026-12-03T07:30:00Z' },
        ],
      });
      await database.sql(
        `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, valid_to, week_anchor, published)
         select $1, $2, extract(isodow from d.day), d.starts, d.ends, d.day, d.day, d.day, true
           from (values (date '2026-12-01', time '09:00', time '10:00'), (date '2026-12-03', time '09:00', time '09:30'))
                as d(day, starts, ends)`,
        [calendar.clinicId, calendar.calendarId],
      );
      const { visitor, actor } = await aMember(calendar.clinicId);
      const first = await book(calendar, '2026-12-01T07:00:00Z');
      const second = await book(calendar, '2026-12-01T07:30:00Z');
      await database.sql(`update appointment set contact_email = null, contact_phone = '+37120000000' where id = $1`, [
        second.id,
      ]);
      const where = await report(calendar, visitor);
      await until(() => lettersTo(first).length === 2);
      expect((await offersOf(first.id)).map(({ starts }) => starts)).toEqual(['03 07:00']);
      expect(await stateOf(second.id)).toBe('nothing-free');
      const page = await visitor.get(where);
      expect(page.text).toContain('No other time is free: work list');
      expect(page.text).toContain('No e-mail: call');
      // The closure is taken back with the clinic's other closures; the worker notices.
      const [closure] = await database.sql<{ id: string }>('select id from closure where clinic_id = $1', [
        calendar.clinicId,
      ]);
      const change = { kind: 'reopen', closureIds: [closure!.id] } as const;
      const plan = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change });
      await clinic.get(CarryOutChange).run({ actor, id: plan.id, decisions: {}, request: aRequest(actor) });
      clock.advance({ minutes: 1 });
      await worker.get(Rounds).goAll();
      await until(() => lettersTo(first).length === 3);
      expect(firstLine(lettersTo(first)[2]!)).toBe('Jūsu vizīte tomēr notiks paredzētajā laikā');
      expect(invitationIn(lettersTo(first)[2]!)).toBe('REQUEST 2026-12-01T07:00');
      expect(await standsAt(first.id)).toMatchObject({ status: 'booked', starts: '01 07:00', orphaned: false });
      for (const { id } of [first, second]) await until(async () => (await stateOf(id)) === 'withdrawn');
      expect(await heldTimes(first.id)).toBe(0);
      await clean();
    });

    it('is back: who has not chosen keeps the appointment, who has keeps the choice', async () => {
      const calendar = await anOpenCalendar();
      const { visitor } = await aMember(calendar.clinicId);
      const [choosing, waiting] = [
        await book(calendar, '2026-12-01T07:00:00Z'),
        await book(calendar, '2026-12-01T08:00:00Z'),
      ];
      const where = await report(calendar, visitor);
      const [offer] = await offersOf(choosing.id);
      const patient = asGuest(choosing.accountId);
      await clinic.get(AcceptOffer).run({ actor: patient, offerId: offer!.id, request: aRequest(patient) });
      expect((await visitor.post(`${where}/reopen`, {})).status).toBe(303);
      expect((await visitor.post(`${where}/reopen`, {})).status).toBe(303);
      expect([await stateOf(choosing.id), await stateOf(waiting.id)]).toEqual(['accepted', 'withdrawn']);
      expect(await standsAt(choosing.id)).toMatchObject({ starts: offer!.starts });
      expect(await standsAt(waiting.id)).toMatchObject({ starts: '01 08:00' });
      await until(() => lettersTo(waiting).length === 3);
      expect(await heldTimes(waiting.id)).toBe(0);
    });

    it('and so is the one whose time was offered: it is no longer held', async () => {
      const calendar = await anOpenCalendar();
      const { visitor } = await aMember(calendar.clinicId);
      const guest = await book(calendar, '2026-12-01T07:00:00Z');
      await report(calendar, visitor);
      const [first, second] = await offersOf(guest.id);
      expect([first!.starts.slice(0, 2), second!.starts.slice(0, 2)]).toEqual(['03', '04']);
      await report(calendar, visitor, { first: '2026-12-03', last: '2026-12-03' });
      const left = (await offersOf(guest.id)).filter(({ state }) => state === 'held');
      expect(left.map(({ starts }) => starts)).not.toContain(first!.starts);
      const patient = asGuest(guest.accountId);
      await expect(
        clinic.get(AcceptOffer).run({ actor: patient, offerId: first!.id, request: aRequest(patient) }),
      ).rejects.toMatchObject({ code: 'wrong-state' });
      expect(await heldTimes(guest.id)).toBe(left.length);
      await clean();
    });

    it('every patient is offered two held times, and each answer does what it says', async () => {
      const calendar = await anOpenCalendar();
      const { visitor } = await aMember(calendar.clinicId);
      const guests: Guest[] = [];
      for (const hour of ['07', '08', '09', '10', '11', '12', '13'])
        guests.push(await book(calendar, `2026-12-01T${hour}:00:00Z`));
      const [taking, moving, cancelling, silent, phoning, late, reading] = guests as [
        Guest,
        Guest,
        Guest,
        Guest,
        Guest,
        Guest,
        Guest,
      ];
      const where = await report(calendar, visitor);
      await until(() => guests.every((guest) => lettersTo(guest).length === 2));
      const taken = new Set<string>();
      for (const guest of guests) {
        const offers = await offersOf(guest.id);
        expect(offers.map(({ state }) => state)).toEqual(['held', 'held']);
        expect(new Set(offers.map(({ starts }) => starts.slice(0, 2))).size).toBe(2);
        for (const { starts } of offers) taken.add(starts);
        const letter = lettersTo(guest)[1]!;
        expect(firstLine(letter)).toBe('Iestāde nevar Jūs pieņemt šajā laikā un piedāvā citu');
        expect(invitationIn(letter)).toBe('none');
        expect(letter.parsed.text).toContain(`/lv/appointments/${guest.id}/offers`);
        // As it is read: the source has random boundaries in it.
        const { subject, text, html } = letter.parsed;
        expect(`${subject} ${text} ${html}`).not.toMatch(/slim|\bill\b/i);
      }
      expect(taken.size).toBe(14);
      await clean();

      const [one, two] = await offersOf(taking.id);
      await expect(book(calendar, `2026-12-${one!.starts.replace(' ', 'T')}:00Z`)).rejects.toMatchObject({
        code: 'slot-taken',
      });
      // Both offers are pressed at once, each twice.
      const patient = asGuest(taking.accountId);
      const presses = await Promise.allSettled(
        [one!, two!, one!, two!].map((offer) =>
          clinic.get(AcceptOffer).run({ actor: patient, offerId: offer.id, request: aRequest(patient) }),
        ),
      );
      expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const each of presses)
        if (each.status === 'rejected')
          expect(['wrong-state', 'in-progress', 'state-changed']).toContain(each.reason.code);
      expect(await heldTimes(taking.id)).toBe(0);
      expect([one!.starts, two!.starts]).toContain((await standsAt(taking.id)).starts);
      await until(() => lettersTo(taking).length === 3);
      expect(firstLine(lettersTo(taking)[2]!)).toBe('Jūsu pieraksts ir pārcelts');

      // The letter's one button: who is there is asked first, then one press takes the time.
      const browser = new PageVisitor(booking);
      const page = await signedIn(browser, `/en/appointments/${reading.id}/offers`, reading.email);
      const [earlier] = await offersOf(reading.id);
      expect(page.text).toContain('The clinic cannot see you on');
      expect(formsOf(page).filter(({ action }) => action.endsWith('/offers'))).toHaveLength(2);
      const chosen = await browser.send(page, '/offers');
      expect(chosen.path).toBe(`/en/appointments/${reading.id}`);
      expect(chosen.text).toContain('The new time is yours');
      expect(await standsAt(reading.id)).toMatchObject({ starts: earlier!.starts, orphaned: false });
      expect((await browser.get(`/en/appointments/${reading.id}/offers`)).text).toContain('There is nothing to choose');

      const self = asGuest(moving.accountId);
      const to = { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at('2026-12-15T14:30:00Z') };
      await clinic.get(MoveAppointment).run({ actor: self, id: moving.id, version: 2, to, request: aRequest(self) });
      expect([await stateOf(moving.id), await heldTimes(moving.id)]).toEqual(['other-time', 0]);
      const off = asGuest(cancelling.accountId);
      await clinic.get(CancelAppointment).run({ actor: off, id: cancelling.id, version: 2, request: aRequest(off) });
      expect([await stateOf(cancelling.id), await heldTimes(cancelling.id)]).toEqual(['cancelled', 0]);

      const progress = await visitor.get(where);
      expect(progress.text).toContain('Took an offered time');
      expect(progress.text).toContain('Chose another time');
      expect(progress.text).toContain('Letter delivered to the mail server');
      const [byPhone] = await offersOf(phoning.id);
      const accepted = await visitor.post(`${where}/accept`, {
        offer: byPhone!.id,
        idempotencyKey: randomUUID(),
      });
      expect(accepted.status).toBe(303);
      expect(await standsAt(phoning.id)).toMatchObject({ starts: byPhone!.starts, orphaned: false });

      clock.set('2026-12-01T16:00:00Z');
      const tooLate = asGuest(late.accountId);
      const [lapsed] = await offersOf(late.id);
      await expect(
        clinic.get(AcceptOffer).run({ actor: tooLate, offerId: lapsed!.id, request: aRequest(tooLate) }),
      ).rejects.toMatchObject({ code: 'offer-lapsed' });
      // Before any round has gone: expiry is decided by whoever wants the time.
      expect((await book(calendar, `2026-12-${lapsed!.starts.replace(' ', 'T')}:00Z`)).id).toBeTruthy();
      await worker.get(Rounds).goAll();
      for (const { id } of [silent, late]) await until(async () => (await stateOf(id)) === 'no-answer');
      expect(await heldTimes(silent.id)).toBe(0);
      const { visitor: nextDay } = await aMember(calendar.clinicId);
      expect((await nextDay.get(where)).text).toContain('No answer: work list');
      await clean();
    });
  });
});
