import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { Sessions, tellAccount } from '#libs/access';
import { BookAppointment, CancelAppointment, MoveAppointment } from '#libs/appointments';
import { Database, Jobs } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { type TestClock, testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase, theTenSecondsPass } from '../support/database.js';
import { type CaughtLetter, type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { readable } from '../support/page-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';

const now = '2027-03-01T06:00:00Z';

interface Seen {
  status: number;
  location: string | null;
  html: string;
  text: string;
  headers: Headers;
}

/** The event of a calendar with one, or the only one of a UID, as another program reads it. */
function eventsIn(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  return {
    method: calendar.getFirstPropertyValue('method'),
    name: String(calendar.getFirstPropertyValue('x-wr-calname')),
    again: String(calendar.getFirstPropertyValue('refresh-interval')),
    events: calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        status: String(component.getFirstPropertyValue('status')),
        starts: event.startDate.toJSDate().toISOString(),
        location: event.location,
        hasPeople: component.hasProperty('attendee') || component.hasProperty('organizer'),
      };
    }),
  };
}
const invitationIn = (letter: CaughtLetter) => {
  const part = letter.parsed.attachments.find((each) => each.mimeType === 'text/calendar');
  const { content } = part!;
  return eventsIn(typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8'))
    .events[0]!;
};

describe('messages are in the portal, too', () => {
  let database: TestDatabase;
  let mail: SmtpCatcher;
  let clock: TestClock;
  let booking: RunningApp;
  let clinicApp: RunningApp;
  let worker: RunningApp;
  let calendar: build.Calendar;
  let practitioner: build.Practitioner;
  let doctor: build.StaffMember;
  let desk: ReturnType<typeof asStaff>;

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    clock = testClock(now);
    booking = await startApp('booking', { clock });
    clinicApp = await startApp('clinic', { clock });
    worker = await startApp('worker', { clock });
    const clinic = await build.aClinic(database, { name: 'Saules klīnika' });
    practitioner = await build.aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Kalniņa' });
    calendar = await build.aCalendar(database, {
      clinic,
      practitioner,
      open: [['2027-03-02T09:00', '2027-03-02T17:00']],
      gridMinutes: 30,
      now,
    });
    await database.sql(`update service set preparation = $2 where id = $1`, [
      calendar.serviceId,
      JSON.stringify({ en: 'Please do not eat for six hours before.' }),
    ]);
    doctor = await build.aStaffMember(database, { clinic, role: 'practitioner', practitioner, name: 'Anna Kalniņa' });
    const { id: staffMemberId, accountId } = await build.aStaffMember(database, { clinic });
    desk = asStaff(clinic.id, { staffMemberId, accountId });
  });

  afterAll(async () => {
    for (const app of [worker, clinicApp, booking]) await app?.stop();
    await mail?.stop();
    await database?.drop();
  });

  class Visitor {
    constructor(
      private readonly app: RunningApp,
      private readonly cookie: string,
    ) {}
    async ask(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Seen> {
      const answer = await fetch(this.app.url + path, {
        method,
        redirect: 'manual',
        headers: { accept: 'text/html', 'accept-language': 'en', cookie: this.cookie, ...headers },
        ...(method === 'POST' && { body: new URLSearchParams() }),
      });
      const html = await answer.text();
      return {
        status: answer.status,
        location: answer.headers.get('location'),
        html,
        text: readable(html),
        headers: answer.headers,
      };
    }
    get = (path: string, headers = {}) => this.ask(path, 'GET', headers);
    post = (path: string, headers = {}) => this.ask(path, 'POST', headers);
    /** The first link of a page that leads so. */
    async link(path: string, pattern: RegExp): Promise<string> {
      const { html } = await this.get(path);
      const found = [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&#x3D;', '='));
      return found.find((href) => pattern.test(href)) ?? '';
    }
  }

  interface Person {
    accountId: string;
    email: string;
    visitor: Visitor;
  }
  const aPerson = async (): Promise<Person> => {
    const { id: accountId, email } = await build.anAccount(database, { email: `${randomUUID()}@patient.example` });
    const token = await booking.get(Sessions).open({ app: 'booking', accountId, level: 'email' });
    return { accountId, email, visitor: new Visitor(booking, `pieraksts-booking=${token}`) };
  };
  const at = (wall: string): Temporal.Instant => Temporal.Instant.from(build.at(calendar, wall));
  const book = async ({ accountId, email }: Person, wall: string): Promise<string> => {
    const actor = asGuest(accountId);
    const booked = await booking.get(BookAppointment).run({
      actor,
      slot: { calendarId: calendar.id, serviceId: calendar.serviceId, start: at(wall) },
      patient: {
        givenName: 'Ilze',
        familyName: `Bērziņa-${randomUUID()}`,
        birthDate: Temporal.PlainDate.from('1958-03-12'),
        language: 'en',
      },
      contact: { email, phone: null },
      language: 'en',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return booked.id;
  };
  const versionOf = async (id: string): Promise<number> =>
    (await database.sql<{ version: number }>('select version from appointment where id = $1', [id]))[0]!.version;
  const move = async (id: string, wall: string): Promise<void> => {
    const to = { calendarId: calendar.id, serviceId: calendar.serviceId, start: at(wall) };
    const version = await versionOf(id);
    await booking.get(MoveAppointment).run({ actor: desk, id, version, to, request: aRequest(desk) });
  };
  const cancel = async (id: string): Promise<void> => {
    const asked = { actor: desk, id, version: await versionOf(id), reason: 'clinic-closed' } as const;
    await booking.get(CancelAppointment).run({ ...asked, request: aRequest(desk) });
  };
  /** Waits until so many letters have come and so many messages are there. */
  const told = async ({ accountId, email }: Person, count: number): Promise<CaughtLetter[]> => {
    for (let waited = 0; waited < 40_000; waited += 50) {
      await theTenSecondsPass(database);
      const [row] = await database.sql<{ sent: number }>(
        `select count(*)::int as sent from notice n join appointment a on a.id = n.appointment_id
          where a.account_id = $1 and n.state = 'sent'`,
        [accountId],
      );
      if (row!.sent >= 2 * count) return mail.letters.filter((letter) => letter.to.includes(email));
      await sleep(50);
    }
    throw new Error('nobody was told within 40 s');
  };
  const api = async (
    { visitor }: Person,
    path: string,
  ): Promise<{ items: Record<string, unknown>[]; next: string | null }> =>
    JSON.parse((await visitor.get(`/api/v1${path}`)).html) as never;

  it('says what the letter says, and what only somebody who is signed in may read', async () => {
    const person = await aPerson();
    const id = await book(person, '2027-03-02T09:00');
    const [letter] = await told(person, 1);
    const list = await person.visitor.get('/en/messages');
    expect(list.text).toContain('1 new message');
    expect(list.text).toContain('Your appointment is booked New');
    const path = await person.visitor.link('/en/messages', /\/en\/messages\/[\da-f-]{36}$/);
    const page = await person.visitor.get(path);
    const words = letter!.parsed.text!.split('\n').map((line) => line.trim());
    for (const line of words.slice(0, words.indexOf('')).concat(words.filter((each) => /^\w+: /.test(each))))
      for (const part of line.split(/: /)) expect(page.text).toContain(part);
    expect(page.text).toContain('Saules klīnika');
    for (const inside of ['Konsultācija', 'Anna Kalniņa', 'Please do not eat for six hours before.']) {
      expect(page.text).toContain(inside);
      expect(letter!.raw).not.toContain(inside);
    }
    // Where the clinic lets letters name neither itself nor anybody, the portal still does.
    await database.sql(`update clinic set named_in_letters = false, practitioner_named_in_letters = false`);
    expect((await person.visitor.get(path)).text).toContain('Saules klīnika');
    await database.sql(`update clinic set named_in_letters = true`);
    const { items } = await api(person, '/me/notices');
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'booked',
        subject: 'Your appointment is booked',
        appointmentId: id,
        readAt: null,
      }),
    ]);
    expect(items[0]!['channels']).toEqual([
      { channel: 'mail', state: 'sent', at: now },
      { channel: 'portal', state: 'sent', at: now },
    ]);
  });

  it('is unread until somebody presses, not until something looks', async () => {
    const person = await aPerson();
    await book(person, '2027-03-02T09:30');
    await told(person, 1);
    const path = await person.visitor.link('/en/messages', /\/en\/messages\/[\da-f-]{36}$/);
    for (let looks = 0; looks < 3; looks++) await person.visitor.get(path);
    expect((await person.visitor.get('/en/messages')).text).toContain('1 new message');
    expect(await person.visitor.post(`${path}/read`)).toMatchObject({ status: 303, location: path });
    expect((await person.visitor.get('/en/messages')).text).not.toContain('new message');
    const [row] = (await api(person, '/me/notices')).items;
    clock.advance({ minutes: 5 });
    await person.visitor.post(`${path}/read`);
    const again = await person.visitor.post(`/api/v1/me/notices/${String(row!['id'])}/read`, {
      'idempotency-key': '"1"',
    });
    expect(JSON.parse(again.html)).toMatchObject({ readAt: now });
    clock.set(now);
  });

  it('keeps the newest first, a page at a time, and marks all at once', async () => {
    const person = await aPerson();
    const id = await book(person, '2027-03-02T10:00');
    await told(person, 1);
    clock.advance({ minutes: 1 });
    await move(id, '2027-03-02T10:30');
    await told(person, 2);
    clock.advance({ minutes: 1 });
    await cancel(id);
    await told(person, 3);
    clock.advance({ minutes: 1 });
    await booking.get(Database).transaction((tx) =>
      tellAccount(tx, booking.get(Jobs), {
        accountId: person.accountId,
        clinicId: null,
        kind: 'calendar-stopped',
        at: clock.now(),
      }),
    );
    let page = await api(person, '/me/notices?limit=2');
    for (let waited = 0; page.items[0]?.['kind'] !== 'calendar-stopped' && waited < 40_000; waited += 50) {
      await sleep(50);
      page = await api(person, '/me/notices?limit=2');
    }
    expect(page.items.map((each) => each['kind'])).toEqual(['calendar-stopped', 'cancelled-by-clinic']);
    const rest = await api(person, `/me/notices?limit=2&cursor=${page.next}`);
    expect(rest.items.map((each) => each['kind'])).toEqual(['moved-by-clinic', 'booked']);
    expect(rest.next).toBeNull();
    for (const { id: notice } of [...page.items, ...rest.items])
      expect((await person.visitor.get(`/en/messages/${String(notice)}`)).status).toBe(200);
    expect((await person.visitor.get('/en/my-appointments')).text).toContain('Messages 4');
    await person.visitor.post('/en/messages/read');
    expect((await person.visitor.get('/en/my-appointments')).text).not.toMatch(/Messages \d/);
    clock.set(now);
  });

  it('is read by whom it went to, and by nobody else, from one moment to the next', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const id = await book(person, '2027-03-02T11:00');
    await told(person, 1);
    const path = await person.visitor.link('/en/messages', /\/en\/messages\/[\da-f-]{36}$/);
    const apiPath = `/api/v1/me/notices/${path.split('/').at(-1)}/read`;
    const nobody = new Visitor(booking, '');
    expect((await nobody.get(path)).location).toMatch(/^\/en\/sign-in/);
    expect((await nobody.post(`${path}/read`)).location).toMatch(/^\/en\/sign-in/);
    expect((await nobody.get('/api/v1/me/notices')).status).toBe(401);
    for (const answer of [
      await other.visitor.get(path),
      await other.visitor.post(`${path}/read`),
      await other.visitor.post(apiPath, { 'idempotency-key': '"1"' }),
    ])
      expect(answer.status).toBe(404);
    expect((await api(other, '/me/notices')).items).toEqual([]);
    // Whoever may act for somebody no longer, reads of them no longer.
    await database.sql('update appointment set account_id = $2 where id = $1', [id, other.accountId]);
    expect((await person.visitor.get(path)).status).toBe(404);
    expect((await api(person, '/me/notices')).items).toEqual([]);
    expect((await other.visitor.get(path)).status).toBe(200);
  });

  it('reminds there, too, of the visits that somebody may still see', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const visits = [await book(person, '2027-03-02T12:00'), await book(person, '2027-03-02T12:30')];
    await told(person, 2);
    const [id, clinicId] = [randomUUID(), calendar.clinicId];
    await database.sql(
      `insert into reminder (id, clinic_id, channel, rule, day, made_at) values ($1, $2, 'mail', '1d', '2027-03-02', $3)`,
      [id, clinicId, now],
    );
    await database.sql(
      `insert into reminder_visit (reminder_id, appointment_id, clinic_id, starts_at, channel, rule)
       select $1, a.id, a.clinic_id, a.starts_at, 'mail', '1d' from appointment a where a.id = any($2)`,
      [id, visits],
    );
    await database.sql(
      `insert into notice (clinic_id, appointment_id, reminder_id, kind, channel, language, state, created_at, sent_at)
       values ($1, $2, $3, 'reminder', 'portal', 'en', 'sent', $4, $4)`,
      [clinicId, visits[0], id, '2027-03-01T06:30:00Z'],
    );
    const [first] = (await api(person, '/me/notices')).items;
    expect(first).toMatchObject({ kind: 'reminder', subject: 'We remind you of your appointment' });
    const path = `/en/messages/${String(first!['id'])}`;
    const { text, html } = await person.visitor.get(path);
    expect(text).toMatch(/2 appointments.*12:00.*12:30.*Konsultācija/);
    expect(html).toMatch(/href="\/en\/come\/[\w-]+"/);
    await database.sql('update appointment set account_id = $2 where id = $1', [visits[1], other.accountId]);
    expect((await person.visitor.get(path)).text).not.toContain('12:30');
  });

  it('is beside a calendar that any program reads: the same events as in the letters', async () => {
    const person = await aPerson();
    const id = await book(person, '2027-03-02T13:00');
    const [letter] = await told(person, 1);
    const invited = invitationIn(letter!);
    expect((await person.visitor.get('/en/my-calendar')).text).not.toContain('/feeds/');
    expect((await person.visitor.post('/en/my-calendar/feed')).location).toBe('/en/my-calendar');
    const address = await person.visitor.link('/en/my-calendar', /^webcal:/);
    expect(address).toMatch(/^webcal:\/\/127\.0\.0\.1:\d+\/feeds\/[\w-]{54}\.ics$/);
    const feed = new URL(address.replace(/^webcal/, 'http')).pathname;
    const program = new Visitor(booking, '');

    const first = await program.get(feed);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toMatch(/^private/);
    const read = eventsIn(first.html);
    expect(read).toMatchObject({ method: null, name: 'Appointments (Pieraksts)', again: 'PT1H' });
    expect(read.events).toEqual([{ ...invited, hasPeople: false }]);
    expect(first.html).not.toMatch(/Konsult|Anna|Bērziņa|cardiology|eat/);
    const plain = await program.get(feed, { 'accept-encoding': 'identity' });
    expect([plain.html, plain.headers.get('content-encoding')]).toEqual([first.html, null]);
    const zipped = await program.get(feed, { 'accept-encoding': 'gzip' });
    expect(zipped.html).toBe(first.html);
    expect(['content-encoding', 'vary'].map((each) => zipped.headers.get(each))).toEqual(['gzip', 'Accept-Encoding']);
    const tag = first.headers.get('etag')!;
    clock.advance({ minutes: 10 });
    const same = await program.get(feed, { 'if-none-match': `"x", ${tag.replace('W/', '')}` });
    expect([same.status, same.html, same.headers.get('etag')]).toEqual([304, '', tag]);

    await move(id, '2027-03-02T14:00');
    const moved = await program.get(feed, { 'if-none-match': tag });
    expect(moved.status).toBe(200);
    expect(eventsIn(moved.html).events).toEqual([
      expect.objectContaining({ uid: invited.uid, sequence: 1, starts: '2027-03-02T12:00:00.000Z' }),
    ]);
    await cancel(id);
    expect(eventsIn((await program.get(feed)).html).events).toEqual([
      expect.objectContaining({ uid: invited.uid, sequence: 2, status: 'CANCELLED' }),
    ]);
    expect((await person.visitor.get('/en/my-calendar')).text).toContain('Last read by a program');

    // Another address ends the old one; what was stopped, replaced or never was, is answered alike.
    await person.visitor.post('/en/my-calendar/feed/renew');
    const next = new URL((await person.visitor.link('/en/my-calendar', /^webcal:/)).replace(/^webcal/, 'http'))
      .pathname;
    expect((await program.get(next)).status).toBe(200);
    await person.visitor.post('/en/my-calendar/feed/stop');
    const never = next.replace(/.{6}\.ics$/, 'AAAAAA.ics');
    const answers = await Promise.all([feed, next, never, '/feeds/x.ics'].map((path) => program.get(path)));
    for (const { status, html } of answers)
      expect([status, html.replace(/urn:request:[\da-f-]+/, '')]).toEqual([
        404,
        answers[0]!.html.replace(/urn:request:[\da-f-]+/, ''),
      ]);
    for (let tries = 0; tries < 60; tries++) await program.get('/feeds/x.ics');
    expect((await program.get('/feeds/x.ics')).status).toBe(429);
    const stored = await database.sql('select * from calendar_feed');
    expect(JSON.stringify(stored)).not.toContain(feed.slice('/feeds/'.length, -'.ics'.length));
    clock.set(now);
  });

  it('shows a practitioner their own visits elsewhere: when and where, and never whom', async () => {
    clock.advance({ hours: 1 });
    const person = await aPerson();
    await book(person, '2027-03-02T15:00');
    const token = await clinicApp.get(Sessions).open({
      app: 'clinic',
      accountId: doctor.accountId,
      level: 'two-factor',
    });
    const visitor = new Visitor(clinicApp, `pieraksts-clinic=${token}`);
    await visitor.post('/en/my-feed');
    const address = await visitor.link('/en/my-feed', /^webcal:/);
    const feed = new URL(address.replace(/^webcal/, 'http')).pathname;
    const program = new Visitor(booking, '');
    await database.sql(
      `update appointment set room = '7. kabinets' where resource_id = (select practitioner_id from staff_member where id = $1)`,
      [doctor.id],
    );
    const { html } = await program.get(feed);
    expect(html).toContain('7. kabinets');
    const { events } = eventsIn(html);
    expect(events).toContainEqual(expect.objectContaining({ starts: '2027-03-02T13:00:00.000Z', status: 'CONFIRMED' }));
    expect(html).not.toMatch(/Ilze|Bērziņa|Konsult|patient\.example|Saules/);
    expect(html).toContain(`/en/appointments/`);
    // Whoever works there no more sees nothing more.
    await database.sql(`update staff_member set active_to = '2027-02-28' where id = $1`, [doctor.id]);
    expect((await program.get(feed)).status).toBe(404);
    clock.set(now);
  });
});
