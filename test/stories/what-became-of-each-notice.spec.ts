import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  MoveAppointment,
  OfferTimes,
  ReportAbsence,
} from '#libs/appointments';
import { DeliverNotices, NoteBounce, NoteReceipt, WatchLateness } from '#libs/notifications';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPatient,
  aPractitioner,
  aStaffMember,
  anAccount,
  at,
  type Calendar,
  type Clinic,
  type Credential,
  type Practitioner,
  type StaffMember,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase, theTenSecondsPass } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';

const start = '2026-12-21T08:00:00Z';
const clock = testClock(start);
const days = Array.from({ length: 5 }, (_, n) => Temporal.PlainDate.from('2027-01-11').add({ days: n }).toString());
const phone = '+37126123411';

let database: TestDatabase;
let mail: SmtpCatcher;
let app: RunningApp;
let worker: RunningApp;
let strangers: Desk;
/** Addresses that the mail server does not know. */
const dead = new Set<string>();

interface Desk {
  clinic: Clinic;
  calendar: Calendar;
  practitioner: Practitioner;
  ieva: StaffMember;
  desk: StaffVisitor;
}

const credentials = new Map<string, Credential>();
/** Signs in; anew when the session of days ago is over. */
async function enter(staff: StaffMember): Promise<StaffVisitor> {
  // A code is good for one sign-in.
  if (credentials.has(staff.id)) clock.advance({ seconds: 30 });
  const credential = credentials.get(staff.id) ?? (await aCredential(database, staff));
  credentials.set(staff.id, credential);
  return staffVisitor(app, staff, credential, clock);
}

async function aDesk(terms: { confirmation?: 'manual'; answerWithinHours?: number } = {}): Promise<Desk> {
  const clinic = await aClinic(database, { name: 'Liepu klīnika' });
  const branch = await aBranch(database, { clinic });
  const open = days.map((day): [string, string] => [`${day}T08:00`, `${day}T18:00`]);
  const practitioner = await aPractitioner(database, { clinic });
  const calendar = await aCalendar(database, { branch, practitioner, open, now: start, ...terms });
  const ieva = await aStaffMember(database, { clinic, name: 'Ieva Reģistratore' });
  return { clinic, calendar, practitioner, ieva, desk: await enter(ieva) };
}

interface Visit {
  id: string;
  email: string | null;
  actor: ReturnType<typeof asGuest>;
}

let booked = 0;
/** @param address where letters go, unless it is the account's own address */
async function book({ calendar }: Desk, address?: { email: string | null }): Promise<Visit> {
  const account = await anAccount(database);
  const patient = await aPatient(database, { account, familyName: `Ozoliņa ${++booked}` });
  const actor = asGuest(account.id);
  const time = `${days[booked % 5]}T${String(9 + Math.floor(booked / 5)).padStart(2, '0')}:00`;
  const start = Temporal.Instant.from(at(calendar, time));
  const contact = { email: address ? address.email : account.email, phone };
  const { id } = await app.get(BookAppointment).run({
    actor,
    slot: { calendarId: calendar.id, serviceId: calendar.serviceId, start },
    patient: { id: patient },
    contact,
    language: 'en',
    termsVersion: null,
    origin: 'portal',
    request: aRequest(actor),
  });
  return { id, email: contact.email, actor };
}

const staffActor = ({ clinic }: Desk, { id, accountId }: StaffMember) =>
  asStaff(clinic.id, { accountId, staffMemberId: id });

async function cancel(desk: Desk, { id }: Visit, by = desk.ieva): Promise<void> {
  const actor = staffActor(desk, by);
  await app.get(CancelAppointment).run({ actor, id, version: 1, reason: 'clinic-closed', request: aRequest(actor) });
  await theTenSecondsPass(database);
}

interface NoticeRow {
  id: string;
  event_id: string;
  kind: string;
  state: string;
  failure: string | null;
  address: string | null;
  answer: string | null;
  message_id: string;
  attempts: number;
}
const noticesOf = ({ id }: Visit) =>
  database.sql<NoticeRow>(
    `select n.* from notice n join appointment_event e on e.id = n.event_id
      where n.appointment_id = $1 and n.channel = 'mail' order by e.version`,
    [id],
  );

async function until(what: string, test: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 40_000; waited += 40) {
    if (await test()) return;
    await sleep(40);
  }
  throw new Error(`did not happen: ${what}`);
}
const becomes = (visit: Visit, n: number, state: string): Promise<void> =>
  until(`letter ${n} of ${visit.id} is ${state}`, async () => (await noticesOf(visit))[n]?.state === state);
const isEmpty = /Everybody was reached/;

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  mail.trouble = async (to) => (dead.has(to) ? 550 : undefined);
  await prepareEnvironment({ database, smtpUrl: mail.url });
  app = await startApp('clinic', { clock });
  worker = await startApp('worker', { clock });
  strangers = await aDesk();
});

afterAll(async () => {
  await worker?.stop();
  await app?.stop();
  await mail?.stop();
  await database?.drop();
});

describe('what became of each notice', () => {
  it('is seen: a letter that nobody takes is a call instead, with proof of it', async () => {
    const desk = await aDesk();
    const visit = await book(desk);
    await becomes(visit, 0, 'sent');
    dead.add(visit.email!);
    await cancel(desk, visit);
    await becomes(visit, 1, 'failed');

    const notice = (await noticesOf(visit))[1]!;
    expect(notice).toMatchObject({ failure: 'address-refused', attempts: 1 });
    expect(notice.answer).toMatch(/^550/);
    expect(notice.address).toMatch(/^p….@patient\.example$/);
    const tries = await database.sql('select outcome, answer from notice_attempt where notice_id = $1', [notice.id]);
    expect(tries).toEqual([{ outcome: 'failed', answer: notice.answer }]);

    const list = await desk.desk.get('/en/notices');
    expect(list.html).toContain(`href="tel:${phone}"`);
    expect(list.text).toMatch(/1 patient does not know .* Ilze Ozoliņa \d+ .* The clinic cancelled the visit: /);
    expect(list.text).toContain('the mail server knows no such mailbox');
    expect(list.html).not.toContain(visit.email!);
    const [seen] = await database.sql<{ n: number }>(
      `select count(*)::int as n from access_log where appointment_id = $1 and action = 'unreached-list'`,
      [visit.id],
    );
    expect(seen!.n).toBe(1);

    const told = (who: StaffVisitor, how: string) =>
      who.post('/en/notices/informed', { eventId: notice.event_id, how });
    const stranger = await enter(strangers.ieva);
    expect((await told(stranger, 'by-phone')).status).toBe(404);
    expect((await stranger.post('/en/notices/again', { noticeId: notice.id })).status).toBe(404);
    expect((await stranger.get('/en/notices')).text).toMatch(isEmpty);
    expect((await told(desk.desk, 'by-telepathy')).status).toBe(400);

    expect((await told(desk.desk, 'not-reached')).status).toBe(303);
    expect((await desk.desk.get('/en/notices')).text).toMatch(/One try reached nobody/);
    await told(desk.desk, 'by-phone');
    await told(desk.desk, 'by-phone');
    expect((await desk.desk.get('/en/notices')).text).toMatch(isEmpty);
    const marks = await database.sql(
      'select how, staff_member_id from informed_mark where event_id = $1 order by at, id',
      [notice.event_id],
    );
    expect(marks).toEqual(['not-reached', 'by-phone'].map((how) => ({ how, staff_member_id: desk.ieva.id })));

    const page = await desk.desk.get(`/en/appointments/${visit.id}`);
    expect(page.text).toMatch(/Told by phone: Ieva Reģistratore, /);
    expect(page.text).toMatch(/E-mail to p…\w@patient\.example · not delivered · .*answer: 550/);
  });

  it('counts for the next one: nothing goes to a dead address until somebody answers for it', async () => {
    const desk = await aDesk();
    const first = await book(desk);
    await becomes(first, 0, 'sent');
    dead.add(first.email!);
    await cancel(desk, first);
    await becomes(first, 1, 'failed');
    dead.clear();
    const second = await book(desk, first);
    await becomes(second, 0, 'dropped');
    // What the patient did themselves they saw: it is told apart and counted nowhere.
    const before = await desk.desk.get('/en/notices');
    expect(before.text).toMatch(
      /1 patient does not know .* What patients did themselves : a letter did not reach 1 patient/,
    );
    expect(before.text).not.toContain('The visit is booked');
    const own = await desk.desk.get('/en/notices?by=patients');
    expect(own.text).toMatch(/Not reached 1 .*The visit is booked: .*earlier letters to this address came back/);
    expect(own.text).not.toContain('The clinic cancelled the visit');
    await cancel(desk, second);
    await becomes(second, 1, 'dropped');
    expect((await noticesOf(second))[1]).toMatchObject({ failure: 'address-suppressed' });
    const sent = mail.letters.length;

    const list = await desk.desk.get('/en/notices');
    expect(list.text).toContain('2 patients do not know');
    expect(list.text).toContain('The address is right – send again');
    const { id: noticeId } = (await noticesOf(second))[1]!;
    expect((await desk.desk.post('/en/notices/again', { noticeId })).status).toBe(303);
    expect((await desk.desk.post('/en/notices/again', { noticeId })).status).toBe(409);
    await becomes(second, 1, 'sent');
    expect(mail.letters.length).toBe(sent + 1);
    expect((await desk.desk.get('/en/notices')).text).toContain('1 patient does not know');
    const [lifted] = await database.sql(
      'select lifted_why, lifted_by from suppressed_address where lifted_at is not null',
    );
    expect(lifted).toEqual({ lifted_why: 'staff', lifted_by: desk.ieva.id });
  });

  it('is known when a letter comes back later, and ends when the patient proves the address again', async () => {
    const desk = await aDesk();
    const visit = await book(desk);
    await becomes(visit, 0, 'sent');
    await cancel(desk, visit);
    await becomes(visit, 1, 'sent');
    expect((await desk.desk.get('/en/notices')).text).toMatch(isEmpty);
    const { message_id: messageId, id: noticeId } = (await noticesOf(visit))[1]!;
    const bounce = worker.get(NoteBounce);
    expect(await bounce.run({ messageId: '<nobody@knows.example>', isPermanent: true, status: '5.1.1' })).toBe(false);
    await bounce.run({ messageId, isPermanent: false, status: '4.4.7' });
    expect((await desk.desk.get('/en/notices')).text).toMatch(isEmpty);
    for (const _ of [1, 2]) expect(await bounce.run({ messageId, isPermanent: true, status: '5.1.1' })).toBe(true);
    const list = await desk.desk.get('/en/notices');
    expect(list.text).toMatch(/it came back as undeliverable · the server’s answer: 5\.1\.1/);
    const outcomes = await database.sql<{ outcome: string }>(
      'select outcome from notice_attempt where notice_id = $1 order by id',
      [noticeId],
    );
    expect(outcomes.map((each) => each.outcome)).toEqual(['sent', 'bounced']);

    clock.advance({ minutes: 1 });
    await database.sql('update account set email_verified_at = $2 where email = $1', [
      visit.email,
      clock.now().toString(),
    ]);
    const next = await book(desk, visit);
    await cancel(desk, next);
    await becomes(next, 1, 'sent');
  });

  it('is called a fault of ours where it is one, with the number under which the log has it, and is tried again', async () => {
    const desk = await aDesk();
    const visit = await book(desk);
    await becomes(visit, 0, 'sent');
    // No letter can be written with such a clock.
    const zone = (name: string) => database.sql('update appointment set zone = $2 where id = $1', [visit.id, name]);
    await zone('Europe/Nowhere');
    await cancel(desk, visit);
    await until('it is a fault of ours', async () => (await noticesOf(visit))[1]?.failure === 'our-fault');
    const { id, event_id: eventId, state } = (await noticesOf(visit))[1]!;
    expect(state).toBe('queued');
    await worker.get(DeliverNotices).run({ appointmentId: visit.id, eventId, isLastTry: true });
    await zone('Europe/Riga');
    expect((await desk.desk.get('/en/notices')).text).toContain(`an error in the portal (number ${id} in its log)`);
    expect((await desk.desk.post('/en/notices/again', { noticeId: id })).status).toBe(303);
    await becomes(visit, 1, 'sent');
  });

  it('is known of a short message from its receipt, and of somebody without an address at all', async () => {
    const desk = await aDesk();
    const visit = await book(desk, { email: null });
    await becomes(visit, 0, 'dropped');
    expect((await desk.desk.get('/en/notices')).text).toMatch(isEmpty);
    await cancel(desk, visit);
    await becomes(visit, 1, 'dropped');
    expect((await desk.desk.get('/en/notices')).text).toContain('there is no e-mail address');
    // A place in the list that is none is its beginning.
    for (const place of [`2026-99-99T00:00:00Z,${visit.id}`, `2026-12-30T00:00:00Z,${'0'.repeat(36)}`])
      expect((await desk.desk.get(`/en/notices?after=0,${place}`)).text).toContain('there is no e-mail address');

    const { event_id: eventId } = (await noticesOf(visit))[1]!;
    await database.sql(
      `insert into notice (clinic_id, appointment_id, event_id, kind, channel, language, state, attempts, provider_id, address, created_at, sent_at)
       values ($1, $2, $3, 'cancelled-by-clinic', 'sms', 'en', 'sent', 1, 'gateway-1', '+371 2… ••11', $4, $4)`,
      [desk.clinic.id, visit.id, eventId, clock.now().toString()],
    );
    expect((await desk.desk.get('/en/notices')).text).toMatch(isEmpty);
    const receipt = worker.get(NoteReceipt);
    expect(await receipt.run({ providerId: 'gateway-2', state: 'failed', answer: null })).toBe(false);
    await receipt.run({ providerId: 'gateway-1', state: 'failed', answer: 'absent' });
    await receipt.run({ providerId: 'gateway-1', state: 'delivered', answer: 'late' });
    expect((await desk.desk.get('/en/notices')).text).toContain('Ozoliņa');
  });

  it('is alarmed before a working day has passed, with the holidays of the country', async () => {
    const desk = await aDesk();
    const visit = await book(desk);
    await becomes(visit, 0, 'sent');
    const state = async (now: string) => {
      clock.set(now);
      const visitor = await enter(desk.ieva);
      return (await visitor.get('/en/notices/in-time')).text;
    };
    clock.set('2026-12-23T15:30:00Z');
    mail.refuse = true;
    try {
      await cancel(desk, visit);
      await until('the server refuses', async () => (await noticesOf(visit))[1]?.failure === 'server-refused');
      expect(await state('2026-12-28T12:59:00Z')).toMatch(/Nothing is late .*1 more change has not been told yet/);
      const before = await worker.get(WatchLateness).run();
      expect(await state('2026-12-28T13:00:00Z')).toMatch(/Due Mon 28 Dec,? 17:00/);
      const after = await worker.get(WatchLateness).run();
      expect(after.soon).toBe(before.soon + 1);
      expect(await state('2026-12-28T15:01:00Z')).toMatch(/Late: was due Mon 28 Dec,? 17:00/);
    } finally {
      mail.refuse = false;
    }
    await database.sql(`update jobs.job set start_after = now() where state = 'retry'`);
    await becomes(visit, 1, 'sent');
    expect(await state('2026-12-28T15:02:00Z')).toMatch(/Nothing is late .*Told too late .*Ozoliņa/);
  });

  it('has a request in writing answered within two working days, with an alarm before', async () => {
    clock.set('2026-12-28T16:00:00Z');
    const desk = await aDesk({ confirmation: 'manual', answerWithinHours: 300 });
    const request = await book(desk);
    const watch = worker.get(WatchLateness);
    const page = async (now: string): Promise<string> => {
      clock.set(now);
      return (await (await enter(desk.ieva)).get('/en/notices/in-time')).text;
    };
    const { requests: before } = await watch.run();
    expect(await page('2026-12-30T10:59:00Z')).toMatch(/Nothing is late .*1 more request waits for an answer/);
    expect(await page('2026-12-30T11:00:00Z')).toMatch(
      /In time 1 .*Answer due Wed 30 Dec,? 17:00 .*request was received.* Answer/,
    );
    expect((await watch.run()).requests).toEqual({ soon: before.soon + 1, late: before.late });
    expect(await page('2026-12-30T15:01:00Z')).toMatch(/Late: the answer was due Wed 30 Dec,? 17:00/);
    const actor = staffActor(desk, desk.ieva);
    await app.get(ConfirmAppointment).run({ actor, id: request.id, version: 1, request: aRequest(actor) });
    expect(await page('2026-12-30T15:02:00Z')).toMatch(/Nothing is late/);
  });

  it('waits for a second person when one caused very many at once', async () => {
    clock.set('2026-12-30T16:00:00Z');
    const desk = await aDesk();
    const admin = async (name: string): Promise<StaffMember> =>
      aStaffMember(database, { clinic: desk.clinic, role: 'admin', name });
    const [anna, berta] = [await admin('Anna Admina'), await admin('Berta Otrā')];
    const [asAnna, asBerta] = [await enter(anna), await enter(berta)];
    expect((await asAnna.post('/en/notices/approval/limit', { perHour: '0' })).status).toBe(422);
    expect((await asAnna.post('/en/notices/approval/limit', { perHour: '2' })).status).toBe(303);

    const visits = [await book(desk), await book(desk), await book(desk)];
    for (const visit of visits) await becomes(visit, 0, 'sent');
    const [moved, ...others] = visits as [Visit, Visit, Visit];
    const actor = staffActor(desk, anna);
    const to = {
      calendarId: desk.calendar.id,
      serviceId: desk.calendar.serviceId,
      start: Temporal.Instant.from(at(desk.calendar, `${days[0]}T17:00`)),
    };
    await app.get(MoveAppointment).run({ actor, id: moved.id, version: 1, to, request: aRequest(actor) });
    for (const visit of others) {
      await app
        .get(CancelAppointment)
        .run({ actor, id: visit.id, version: 1, reason: 'clinic-closed', request: aRequest(actor) });
    }
    await theTenSecondsPass(database);
    for (const visit of visits) await becomes(visit, 1, 'held');
    await app
      .get(CancelAppointment)
      .run({ actor: moved.actor, id: moved.id, version: 2, request: aRequest(moved.actor) });
    await becomes(moved, 2, 'held');
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, clock.now())).toEqual([]);

    const [bulk] = await database.sql<{ id: string }>('select id from notice_bulk where clinic_id = $1', [
      desk.clinic.id,
    ]);
    const decide = (who: StaffVisitor, decision: string) => who.post(`/en/notices/approval/${bulk!.id}`, { decision });
    expect((await asAnna.get('/en/notices/approval')).text).toContain('These letters come from your own changes');
    expect((await decide(asAnna, 'approved')).status).toBe(403);
    expect((await decide(desk.desk, 'approved')).status).toBe(403);
    expect((await decide(await enter(strangers.ieva), 'approved')).status).toBe(404);
    await expect(
      database.sql(`update notice_bulk set decision = 'approved', decided_by = caused_by, decided_at = opened_at`),
    ).rejects.toThrow('notice_bulk_second_person');
    const page = await asBerta.get('/en/notices/approval');
    expect(page.text).toMatch(/4 letters Changed by Anna Admina, .* cancelled by the clinic: 2/);

    expect((await decide(asBerta, 'approved')).status).toBe(303);
    expect((await decide(asBerta, 'approved')).status).toBe(409);
    await becomes(moved, 2, 'sent');
    for (const visit of others) await becomes(visit, 1, 'sent');
    // To have been held is no try.
    const tries = await database.sql('select distinct attempts from notice where bulk_id = $1', [bulk!.id]);
    expect(tries).toEqual([{ attempts: 1 }]);
    const subjects = mail.letters
      .filter(({ to: each }) => each.includes(moved.email!))
      .map(({ parsed }) => parsed.text);
    expect(subjects.map((text) => text?.split('\n')[0])).toEqual([
      expect.stringMatching(/booked/i),
      expect.stringMatching(/moved/i),
      expect.stringMatching(/cancelled/i),
    ]);

    clock.advance({ minutes: 20 });
    const late = await book(desk);
    await becomes(late, 0, 'sent');
    await cancel(desk, late, anna);
    await becomes(late, 1, 'held');
    const [second] = await database.sql<{ id: string }>('select id from notice_bulk where decision is null');
    await asBerta.post(`/en/notices/approval/${second!.id}`, { decision: 'rejected' });
    expect((await desk.desk.get('/en/notices')).text).toContain('sending many letters at once was not approved');
    expect(await audit({ query }, clock.now())).toEqual([]);
  });

  it('waits for the second factor where nobody else could look, and counts an absence as the act of who reported it', async () => {
    const desk = await aDesk();
    const anna = await aStaffMember(database, { clinic: desk.clinic, role: 'admin', name: 'Anna Viena' });
    const asAnna = await enter(anna);
    await asAnna.post('/en/notices/approval/limit', { perHour: '1' });
    const visits = [await book(desk), await book(desk)];
    for (const visit of visits) await becomes(visit, 0, 'sent');
    const actor = staffActor(desk, anna);
    const { id: absence } = await app.get(ReportAbsence).run({
      actor,
      clinicId: desk.clinic.id,
      practitionerId: desk.practitioner.id,
      during: { start: clock.now(), end: Temporal.Instant.from('2027-01-20T22:00:00Z') },
      answerBy: clock.now().add({ hours: 48 }),
      request: aRequest(actor),
    });
    // The first of them already: one click made all of them.
    for (const id of await app.get(OfferTimes).waiting(absence)) await app.get(OfferTimes).run({ id });
    for (const visit of visits) await becomes(visit, 1, 'held');

    const page = await asAnna.get('/en/notices/approval');
    expect(page.text).toMatch(/2 letters Changed by Anna Viena, .*Nobody else can look at these letters/);
    const [, path = ''] = /action="(\/en\/notices\/approval\/[\da-f-]{36})"/.exec(page.html) ?? [];
    const decide = (code: string) => asAnna.post(path, { decision: 'approved', code });
    expect((await decide('')).status).toBe(422);
    const wrong = await decide('000000');
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('The code is not right')]);
    clock.advance({ seconds: 30 });
    const code = await credentials.get(anna.id)!.code(clock.now());
    // With somebody else who could look, no code helps.
    const berta = await aStaffMember(database, { clinic: desk.clinic, role: 'admin', name: 'Berta Otrā' });
    await aCredential(database, berta);
    expect((await decide(code)).status).toBe(403);
    await database.sql('update staff_member set active_to = active_from where id = $1', [berta.id]);
    expect((await decide(code)).status).toBe(303);
    for (const visit of visits) await becomes(visit, 1, 'sent');
    expect((await asAnna.get('/en/notices/approval')).text).toContain('Anna Viena alone had the letters');
    const bulks = await database.sql('select decision, alone from notice_bulk where clinic_id = $1', [desk.clinic.id]);
    expect(bulks).toEqual([{ decision: 'approved', alone: true }]);
  });
});
