import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verificationCode } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aPractitioner,
  aRoom,
  at,
  type Calendar,
  type Practitioner,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { formsOf, PageVisitor, type VisitedPage } from '../support/page-visitor.js';

const morning = '2027-03-01T06:00:00Z';
const clock = testClock(morning);
let database: TestDatabase;
let booking: RunningApp;
let doctor: Practitioner;
let calendar: Calendar;
let manual: Calendar;
let device: Calendar;
let people = 0;

const open = [1, 2, 3, 4, 5].map((day) => [`2027-03-0${day}T12:00`, `2027-03-0${day}T16:00`] as const);

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Liepas klīnika' });
  const branch = await aBranch(database, { clinic });
  doctor = await aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Ozola' });
  calendar = await aCalendar(database, { branch, practitioner: doctor, payer: 'paid', open, now: morning });
  const asks = await aPractitioner(database, { clinic, givenName: 'Juris', familyName: 'Kalns' });
  manual = await aCalendar(database, {
    branch,
    practitioner: asks,
    payer: 'state',
    confirmation: 'manual',
    open,
    now: morning,
  });
  const room = await aRoom(database, { clinicId: clinic.id, branchId: branch.id }, { name: 'Sāls istaba' });
  device = await aCalendar(database, { branch, practitioner: { id: room, slug: '' }, open, now: morning });
  booking = await startApp('booking', { clock });
});

afterAll(async () => {
  await booking.stop();
  await database.drop();
});

const newcomer = (language = 'en'): PageVisitor => new PageVisitor(booking, language);
const ownEmail = (): string => `guest${++people}@patient.example`;

/** The code in the newest letter to an address, as the worker would derive it. */
async function codeFor(email: string): Promise<string> {
  const [row] = await database.sql<{ id: string; generation: number }>(
    'select id, generation from verification where email = $1 order by created_at desc limit 1',
    [email],
  );
  return verificationCode(row?.id ?? '', row?.generation ?? 0);
}

async function pick(
  visitor: PageVisitor,
  { id, serviceId }: Calendar,
  start: string,
  language = 'en',
): Promise<VisitedPage> {
  return visitor.post(`/${language}/holds`, { calendarId: id, serviceId, start });
}

/** From the page that asks who one is to the one with the last button. */
async function proveEmail(visitor: PageVisitor, page: VisitedPage, email = ownEmail()): Promise<VisitedPage> {
  const asked = await visitor.send(page, '/email', { email });
  expect(asked.text).toContain('Enter the code');
  return visitor.send(asked, '/code', { code: await codeFor(email) });
}

/** The form with the one button, beside those that keep the time longer and give it up. */
const lastStep = /\/book\/[\w-]+$/;

const details = {
  givenName: 'Ilze',
  familyName: 'Bērziņa',
  birthDate: '1958-03-12',
  phone: '+371 21234567',
  terms: 'on',
};

const appointments = async (start: string): Promise<{ id: string; status: string }[]> =>
  database.sql<{ id: string; status: string }>(`select id, status from appointment where starts_at = $1`, [start]);

describe('a guest', () => {
  it('gets from the start page to a booked visit in four steps', async () => {
    const visitor = newcomer();
    const start = await visitor.get('/en');
    const results = await visitor.get(`/en/find?${new URLSearchParams({ ...formsOf(start)[0]!.fields, q: 'Ozola' })}`);
    expect(results.text).toContain('Anna Ozola');
    expect(results.text).toContain('Self-paid');
    expect(results.text).toContain('€45');
    expect(results.text).toContain('Riga time');
    const who = await visitor.send(results, '/holds');
    expect(who.text).toContain('Who are you?');
    expect(who.text).toContain('Monday, 1 March 2027, 12:00');
    const last = await proveEmail(visitor, who);
    expect(last.text).toContain('less than 24 hours away: cancelling already counts as late');
    const done = await visitor.send(last, lastStep, details);
    expect(done.status).toBe(200);
    expect(done.path).toMatch(/\/appointments\/[0-9a-f-]{36}\/done$/);
    expect(done.text).toContain('Your visit is booked');
    expect(await appointments('2027-03-01T10:00:00Z')).toMatchObject([{ status: 'booked' }]);
    const ics = await visitor.get(done.path.replace('/done', '/appointment.ics'));
    expect(ics.html).toContain('METHOD:PUBLISH');
    expect(ics.html).not.toContain('ATTENDEE');
  });

  it('reads that a request was sent, not booked, where the clinic confirms', async () => {
    const visitor = newcomer();
    const last = await proveEmail(visitor, await pick(visitor, manual, '2027-03-02T10:00:00Z'));
    expect(last.text).toContain('Send the request');
    const done = await visitor.send(last, lastStep, details);
    expect(done.text).toContain('Your request is sent');
    expect(done.text).toContain('The clinic answers by Tuesday, 2 March 2027, 08:00 (Riga time)');
    expect(done.text).not.toContain('is booked');
  });

  it('makes one booking by pressing twice, going back, and from a second tab', async () => {
    const visitor = newcomer();
    const start = '2027-03-02T11:00:00Z';
    const last = await proveEmail(visitor, await pick(visitor, calendar, start));
    const [first, second] = await Promise.all([
      visitor.send(last, lastStep, details),
      visitor.send(last, lastStep, details),
    ]);
    expect(first.path).toBe(second.path);
    const again = await visitor.send(last, lastStep, { ...details, givenName: 'Ilze Anna' });
    expect(again.path).toBe(first.path);
    const back = await visitor.get(last.path);
    expect(back.path).toBe(first.path);
    expect(await appointments(start)).toHaveLength(1);
  });

  it('is told beside each field what is wrong, all at once, and keeps what was typed', async () => {
    const visitor = newcomer();
    const last = await proveEmail(visitor, await pick(visitor, calendar, '2027-03-02T12:00:00Z'));
    const empty = await visitor.send(last, lastStep, { givenName: 'Ilze' });
    expect(empty.status).toBe(422);
    expect(empty.html.match(/class="field-error"/g)).toHaveLength(4);
    expect(empty.text).toContain('Enter the person code or the date of birth.');
    expect(formsOf(empty).find(({ fields }) => 'givenName' in fields)?.fields['givenName']).toBe('Ilze');
    const wrongs: Record<string, string>[] = [
      { personCode: '111111-11111' },
      { birthDate: '1958-02-30' },
      { birthDate: '2190-01-01' },
      { phone: '12' },
      { phone: 'x'.repeat(5000) },
      { givenName: '7' },
      { givenName: 'Il\u0000ze' },
      { who: '00000000-0000-4000-8000-000000000001' },
    ];
    for (const wrong of wrongs) {
      const page = await visitor.send(last, lastStep, { ...details, ...wrong });
      expect([wrong, page.status]).toEqual([wrong, 'who' in wrong ? 404 : 422]);
    }
    expect(await appointments('2027-03-02T12:00:00Z')).toHaveLength(0);
  });

  it('reads what else is free when the time is no longer kept, and types nothing again', async () => {
    const visitor = newcomer();
    const start = '2027-03-03T10:00:00Z';
    const last = await proveEmail(visitor, await pick(visitor, calendar, start));
    clock.advance({ minutes: 11 });
    const late = await visitor.send(last, lastStep, { ...details, reason: 'Sirds' });
    expect(late.status).toBe(410);
    expect(late.text).toContain('The time is no longer kept');
    expect(late.text).toContain('Free times close by');
    const anew = await visitor.send(late, '/holds');
    const fields = formsOf(anew).find((form) => 'givenName' in form.fields)?.fields;
    expect(fields).toMatchObject({ givenName: 'Ilze', familyName: 'Bērziņa', birthDate: '1958-03-12', reason: '' });
    expect(await appointments(start)).toHaveLength(0);
    clock.set(morning);
  });

  it('keeps the time longer with one press', async () => {
    const visitor = newcomer();
    const who = await pick(visitor, calendar, '2027-03-03T11:00:00Z');
    clock.advance({ minutes: 8 });
    const extended = await visitor.send(who, '/extend');
    expect(/data-hold="([^"]*)"/.exec(extended.html)?.[1]).toBe('2027-03-01T06:18:00Z');
    clock.set(morning);
  });

  it('gives a time up for others, and searches on for the same payer', async () => {
    const start = '2027-03-03T11:30:00Z';
    const visitor = newcomer();
    const who = await pick(visitor, calendar, start);
    const search = await visitor.send(who, '/release');
    expect(search.path).toBe('/en/find?payer=paid');
    expect((await pick(newcomer(), calendar, start)).text).toContain('Who are you?');
  });

  it('finds other times when somebody was quicker', async () => {
    const start = '2027-03-03T12:00:00Z';
    await pick(newcomer(), calendar, start);
    const slower = await pick(newcomer(), calendar, start);
    expect(slower.text).toContain('Somebody has just taken this time');
    expect(slower.text).toContain('Free times close by');
    const past = await pick(newcomer(), calendar, '2027-02-01T10:00:00Z');
    expect(past.text).toContain('This time has already passed.');
  });

  it('is not let in by a wrong code, and not by somebody else’s hold', async () => {
    const visitor = newcomer();
    const who = await pick(visitor, calendar, '2027-03-03T13:00:00Z');
    const email = ownEmail();
    const asked = await visitor.send(who, '/email', { email });
    const right = await codeFor(email);
    const wrong = await visitor.send(asked, '/code', { code: right === '000000' ? '111111' : '000000' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Check the six-digit code');
    const stranger = await newcomer().get(who.path);
    expect(stranger.status).toBe(404);
  });
});

describe('what somebody typed', () => {
  it('never becomes markup', async () => {
    const visitor = newcomer();
    const last = await proveEmail(visitor, await pick(visitor, calendar, '2027-03-05T13:00:00Z'));
    const name = `"><script>alert(1)</script>`;
    const page = await visitor.send(last, lastStep, { ...details, givenName: name, terms: '' });
    expect(page.status).toBe(422);
    expect(page.html.includes('<script>alert')).toBe(false);
    expect(formsOf(page).find(({ fields }) => 'givenName' in fields)?.fields['givenName']).toBe(name);
  });
});

describe('whoever is signed in', () => {
  let visitor: PageVisitor;
  let done: VisitedPage;
  const email = 'ilze@patient.example';

  beforeAll(async () => {
    visitor = newcomer();
    const last = await proveEmail(visitor, await pick(visitor, calendar, '2027-03-04T10:00:00Z'), email);
    done = await visitor.send(last, lastStep, { ...details, reason: 'Sirds sāp' });
  });

  it('books the next visit without typing the person again, and for a relative too', async () => {
    const next = await pick(visitor, calendar, '2027-03-04T11:00:00Z');
    expect(next.text).toContain('Ilze Bērziņa');
    const mine = await visitor.send(next, lastStep, { phone: details.phone, terms: 'on' });
    expect(mine.text).toContain('Your visit is booked');
    const relative = await pick(visitor, calendar, '2027-03-04T12:00:00Z');
    const theirs = await visitor.send(relative, lastStep, {
      ...details,
      who: 'new',
      givenName: 'Jānis',
      birthDate: '2015-05-05',
    });
    expect(theirs.text).toContain('Jānis Bērziņa');
    expect((await visitor.get('/en/my-appointments')).text).toContain('Patient: Jānis Bērziņa');
  });

  it('is told when the patient already has an appointment then', async () => {
    const last = await pick(visitor, manual, '2027-03-04T10:00:00Z');
    const refused = await visitor.send(last, lastStep, { phone: details.phone, terms: 'on' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('The patient already has an appointment at this time.');
  });

  it('moves a visit in three presses, and the old time is free', async () => {
    const path = done.path.replace('/done', '');
    const choose = await visitor.get(`${path}/move?day=2027-03-05`);
    const confirm = await visitor.send(choose, '/choose', { start: '2027-03-05T10:00:00Z' });
    expect(confirm.text).toContain('Thursday, 4 March 2027, 12:00 (Riga time)');
    expect(confirm.text).toContain('Friday, 5 March 2027, 12:00 (Riga time)');
    expect(await appointments('2027-03-05T10:00:00Z')).toHaveLength(0);
    const moved = await visitor.send(confirm, '/move');
    expect(moved.text).toContain('The appointment is moved.');
    expect(moved.text).toContain('Moved:');
    expect((await pick(newcomer(), calendar, '2027-03-04T10:00:00Z')).text).toContain('Who are you?');
  });

  it('cancels with the deadline as a moment, once, and the time is free', async () => {
    const path = done.path.replace('/done', '');
    const ask = await visitor.get(`${path}/cancel`);
    expect(ask.text).toContain('You can cancel without consequences until Thursday, 4 March 2027, 12:00 (Riga time).');
    const cancelled = await visitor.send(ask, '/cancel', { reason: 'patient-ill' });
    expect(cancelled.text).toContain('The appointment is cancelled.');
    expect(cancelled.text).toContain('(the patient is ill)');
    const again = await visitor.send(ask, '/cancel', { reason: 'patient-ill' });
    expect(again.status).toBe(200);
    const stale = await visitor.post(`${path}/cancel`, {
      reason: 'other',
      version: '1',
      idempotencyKey: 'another-key',
    });
    expect(stale.status).toBe(409);
    expect((await pick(newcomer(), calendar, '2027-03-05T10:00:00Z')).text).toContain('Who are you?');
  });

  it('is the only one who sees it: a link asks who is there, and others find nothing', async () => {
    const path = done.path.replace('/done', '');
    const stranger = newcomer();
    const asked = await stranger.get(path);
    expect(asked.path).toBe(`/en/sign-in?returnTo=${encodeURIComponent(path)}`);
    expect(asked.text).not.toContain('Ilze');
    const proof = await stranger.send(asked, '/sign-in/email', { email: 'other@patient.example' });
    const inside = await stranger.send(proof, '/sign-in/code', { code: await codeFor('other@patient.example') });
    expect(inside.status).toBe(404);
    for (const part of ['/move', '/cancel', '/done', '/appointment.ics']) {
      expect([part, (await stranger.get(path + part)).status]).toEqual([part, 404]);
    }
    const owner = newcomer('lv');
    const known = await owner.send(await owner.get(path), '/sign-in/email', { email });
    const own = await owner.send(known, '/sign-in/code', { code: await codeFor(email) });
    expect(own.path).toBe(path);
    expect(own.text).toContain('Sirds sāp');
  });

  it('is out after signing out', async () => {
    const page = await visitor.get('/en/my-appointments');
    expect(page.text).toContain('My appointments');
    await visitor.send(page, '/sign-out');
    expect((await visitor.get('/en/my-appointments')).path).toContain('/sign-in');
  });

  it('finds a room that is booked by itself, and books it like a practitioner', async () => {
    const visitor = newcomer();
    const results = await visitor.get('/en/find?q=sals%20istaba&payer=paid');
    expect(results.text).toContain('Sāls istaba');
    expect(results.html).toContain(`/en/rooms/${device.resourceId}`);
    const page = await visitor.get(`/en/rooms/${device.resourceId}?payer=paid`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Sāls istaba');
    const confirm = await proveEmail(visitor, await pick(visitor, device, at(device, '2027-03-02T12:00')));
    const done = await visitor.send(confirm, lastStep, details);
    expect(done.text).toContain('Sāls istaba');
    expect(done.text).toContain('booked');
    expect((await visitor.get(`/en/rooms/${doctor.id}0`)).status).toBe(404);
  });
});
