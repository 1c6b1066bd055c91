import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { verificationCode } from '#libs/access';
import { BookAppointment, CancelAppointment, MoveAppointment } from '#libs/appointments';
import { DisconnectCalendar, Google, NoteEntries, PutEntry, RetryEntries, TakeBackEntries } from '#libs/calendar-sync';
import { environment, seal } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { type TestClock, testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import {
  aCalendar as aGoogleCalendar,
  aPerson as aGooglePerson,
  type GoogleCalendar,
  type GoogleEvent,
  type GooglePerson,
} from '../support/google-calendars.js';
import { type GoogleServer, googleServer } from '../support/google-server.js';
import { PageVisitor, type VisitedPage } from '../support/page-visitor.js';
import { aRequest, asGuest } from '../support/verbs.js';
import { aCalendar, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

let database: TestDatabase;
let google: GoogleServer;
let clock: TestClock;
let booking: RunningApp;
let calendar: BookableCalendar;
let visits = 0;

beforeAll(async () => {
  database = await testDatabase();
  google = await googleServer(aGooglePerson('nobody@gmail.example'));
  await prepareEnvironment({
    database,
    variables: {
      GOOGLE_CLIENT_ID: google.clientId,
      GOOGLE_CLIENT_SECRET: google.clientSecret,
      GOOGLE_API_ROOT: google.url,
    },
  });
  clock = testClock(start);
  booking = await startApp('booking', { clock });
  calendar = await aCalendar(database);
  await freeDaysAsOf(database, calendar, start);
});
afterEach(() => {
  google.faults.length = 0;
  // Everybody here comes from one address: none may use up what the next is allowed within a minute.
  clock.advance({ minutes: 1 });
});
afterAll(async () => {
  await booking?.stop();
  await google?.stop();
  await database?.drop();
});

/** Somebody with an account here and one at Google. */
class Person {
  readonly email = `${randomUUID()}@patient.example`;
  readonly visitor = new PageVisitor(booking);
  readonly google: GooglePerson = aGooglePerson(`${randomUUID()}@gmail.example`);
  accountId = '';

  async signIn(): Promise<this> {
    const proof = await this.visitor.send(await this.visitor.get('/en/sign-in'), '/sign-in/email', {
      email: this.email,
    });
    const [row] = await database.sql<{ id: string }>('select id from verification where email = $1', [this.email]);
    await this.visitor.send(proof, '/sign-in/code', { code: verificationCode(row!.id, 0) });
    const [account] = await database.sql<{ id: string }>('select id from account where email = $1', [this.email]);
    this.accountId = account!.id;
    return this;
  }

  /** The way to Google and back: the page where it ends. */
  async connect(kind: 'own' | 'chosen' = 'own', consent: Partial<GoogleServer['consent']> = {}): Promise<VisitedPage> {
    return this.visitor.get(await this.agree(kind, consent));
  }

  /** The path on our site that Google sends the browser back to. */
  async agree(kind: 'own' | 'chosen' = 'own', consent: Partial<GoogleServer['consent']> = {}): Promise<string> {
    google.consent = { person: this.google, decision: 'agree', ...consent };
    const { path } = await this.visitor.post('/en/my-calendar/connect', { kind });
    const back = new URL(await google.agree(path));
    return back.pathname + back.search;
  }

  page(): Promise<VisitedPage> {
    return this.visitor.get('/en/my-calendar');
  }

  get actor() {
    return asGuest(this.accountId);
  }

  /** Each visit has an hour of its own, and the next one free. */
  async book(givenName = 'Jānis'): Promise<string> {
    const begins = at('2026-12-01T07:00:00Z').add({ hours: 24 * (visits % 19) + 2 * Math.floor(visits / 19) });
    visits += 1;
    const { id } = await booking.get(BookAppointment).run({
      actor: this.actor,
      slot: slot(begins.toString()),
      patient: { givenName, familyName: 'Ozols', birthDate: Temporal.PlainDate.from('1980-05-04'), language: 'lv' },
      contact: { email: this.email, phone: null },
      reason: 'Sirds sāp',
      language: 'en',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(this.actor),
    });
    return id;
  }

  /** The calendar that we made. */
  get own(): GoogleCalendar {
    const made = [...this.google.calendars.values()].filter(({ isAppCreated }) => isAppCreated);
    if (made.length !== 1) throw new Error(`${made.length} calendars were made`);
    return made[0]!;
  }

  get events(): GoogleEvent[] {
    return standing(this.own);
  }
}

const standing = ({ events }: GoogleCalendar): GoogleEvent[] =>
  [...events.values()].filter(({ status }) => status !== 'cancelled');
const startOf = ({ start: time }: GoogleEvent): string => (time as { dateTime: string }).dateTime;
const slot = (when: string) => ({ calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at(when) });
const aPersonHere = (): Promise<Person> => new Person().signIn();

/** Does every job about calendars that is due now, as workers would. */
async function work(): Promise<void> {
  const due = await database.sql<{ id: string }>(
    `select id from calendar_entry where due_at <= $1 order by due_at, id`,
    [clock.now().toString()],
  );
  for (const { id: entryId } of due) await booking.get(PutEntry).run({ entryId });
}
const changed = async (appointmentId: string): Promise<void> => {
  await booking.get(NoteEntries).run({ appointmentId });
  await work();
};
const rowOf = async (id: string) =>
  (
    await database.sql<{ version: number; starts_at: Date; icsSequence: number }>(
      'select version, starts_at, sequence as "icsSequence" from appointment where id = $1',
      [id],
    )
  )[0]!;
async function move(person: Person, id: string, hours = 1): Promise<void> {
  const { version, starts_at: from } = await rowOf(id);
  const to = slot(from.toTemporalInstant().add({ hours }).toString());
  await booking.get(MoveAppointment).run({ actor: person.actor, id, version, to, request: aRequest(person.actor) });
}
async function cancel(person: Person, id: string): Promise<void> {
  const { version } = await rowOf(id);
  const reason = 'patient-asked';
  await booking
    .get(CancelAppointment)
    .run({ actor: person.actor, id, version, reason, request: aRequest(person.actor) });
}
const entryOf = async (appointmentId: string) =>
  (
    await database.sql<{ id: string; state: string; due_at: Date | null; failure: string | null; attempts: number }>(
      'select id, state, due_at, failure, attempts from calendar_entry where appointment_id = $1',
      [appointmentId],
    )
  )[0];
const connectionOf = async ({ accountId }: Person) =>
  (
    await database.sql<{ id: string; state: string; failure: string | null; token_sealed: Buffer | null }>(
      'select id, state, failure, token_sealed from calendar_connection where account_id = $1 and not is_former',
      [accountId],
    )
  )[0]!;
/** What a worker does about calendars that somebody left for another. */
async function takeAlong({ accountId }: Person): Promise<void> {
  const former = await database.sql<{ connectionId: string }>(
    `select id as "connectionId" from calendar_connection where account_id = $1 and is_former`,
    [accountId],
  );
  for (const each of former) await booking.get(TakeBackEntries).run({ ...each, isLastTry: false });
}
/** They take the permission back at Google; the next call hears of it. */
function endPermission(person: Person): void {
  for (const all of [google.grants, google.accessTokens])
    for (const [token, grant] of all) if (grant.person === person.google) all.delete(token);
}
const toldOf = async ({ accountId }: Person): Promise<number> =>
  (
    await database.sql<{ n: number }>(
      `select count(*)::integer as n from account_notice where account_id = $1 and kind = 'calendar-stopped'`,
      [accountId],
    )
  )[0]!.n;
const callsSince = (from: number, method: string): number =>
  google.calls.slice(from).filter((call) => call.method === method && call.path.includes('/events')).length;

describe('somebody connects their Google calendar', () => {
  it('agrees to no more than a calendar of ours, and finds their coming visits there', async () => {
    const person = await aPersonHere();
    const id = await person.book();
    await person.book('Emīlija');
    expect((await person.page()).text).toContain('Never what the visit is for');
    const page = await person.connect();
    const asked = google.calls.findLast(({ path }) => path.startsWith('/o/oauth2'))!.query;
    expect(asked.get('scope')).toBe('https://www.googleapis.com/auth/calendar.app.created');
    expect([asked.get('code_challenge_method'), asked.get('prompt')]).toEqual(['S256', 'consent']);
    expect(page.path).toBe('/en/my-calendar');
    expect(page.text).toContain('Google Calendar is connected.');
    await work();
    expect(person.own.summary).toBe('Pieraksts: visits');
    expect(person.events).toHaveLength(2);
    const [first] = await database.sql<{ branch: string; service: string }>(
      `select b.address as branch, s.name->>'lv' as service from appointment a join branch b on b.id = a.branch_id
         join service s on s.id = a.service_id where a.id = $1`,
      [id],
    );
    const bytes = JSON.stringify([...person.google.calendars.values()].map(({ events }) => [...events.values()]));
    expect(bytes).toContain(first!.branch);
    for (const secret of ['Ozols', 'Emīlija', 'Bērziņa', 'Sirds', first!.service, 'Jānis'])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
    expect(person.events.every(({ visibility }) => visibility === 'private')).toBe(true);
    expect((await person.page()).text).toMatch(/In your calendar 2 visits/);
  });

  it('is told plainly why nothing was connected', async () => {
    const person = await aPersonHere();
    expect((await person.connect('own', { decision: 'deny' })).text).toContain('You did not agree at Google');
    expect((await person.connect('own', { scopes: ['openid'] })).text).toContain('A box was not ticked');
    expect(
      google.grants.size === 0 || [...google.grants.values()].every((grant) => grant.person !== person.google),
    ).toBe(true);
    expect((await person.connect('own', { isWithoutRefreshToken: true })).text).toContain('no lasting permission');
    google.faults.push({ path: /token/, status: 503 });
    expect((await person.connect()).text).toContain('Google did not answer');
    const wrong = await person.visitor.get('/my-calendar/google?code=stolen&state=guessed');
    expect(wrong.text).toContain('started elsewhere or too long ago');
    expect(await database.sql('select from calendar_connection where account_id = $1', [person.accountId])).toEqual([]);
  });

  it('takes a way back once, in the session that began it', async () => {
    const [person, thief] = [await aPersonHere(), await aPersonHere()];
    const way = await person.agree();
    expect((await thief.visitor.get(way)).text).toContain('started elsewhere');
    expect((await person.visitor.get(way)).text).toContain('started elsewhere');
    const other = await person.agree();
    expect((await person.visitor.get(other)).text).toContain('is connected');
    expect((await person.visitor.get(other)).text).toContain('started elsewhere');
    const late = await thief.agree();
    clock.advance({ minutes: 31 });
    expect((await thief.visitor.get(late)).text).not.toContain('is connected');
    expect(await database.sql('select from calendar_connection where account_id = $1', [thief.accountId])).toEqual([]);
    await new PageVisitor(booking).get(way);
  });

  it('may come back in two tabs at once, and has one calendar', async () => {
    const person = await aPersonHere();
    await person.book();
    const ways = [await person.agree(), await person.agree()];
    await Promise.all(ways.map((way) => person.visitor.get(way)));
    await work();
    expect(person.events).toHaveLength(1);
  });

  it('may choose one of the calendars that are theirs', async () => {
    const person = await aPersonHere();
    await person.book();
    person.google.calendars.set('work', aGoogleCalendar('work', { summary: 'Darbs' }));
    person.google.calendars.set('shared', aGoogleCalendar('shared', { summary: 'Kopīgs', accessRole: 'writer' }));
    const page = await person.connect('chosen');
    expect(page.path).toBe('/en/my-calendar/choose');
    expect(page.text).toContain('Darbs');
    expect(page.text).not.toContain('Kopīgs');
    expect((await person.visitor.send(page, '/choose', { calendar: 'shared' })).text).not.toContain('is connected');
    const connected = await person.visitor.send(page, '/choose', { calendar: 'work' });
    expect(connected.text).toContain('is connected');
    await work();
    expect(standing(person.google.calendars.get('work')!)).toHaveLength(1);
    const [row] = await database.sql(`select * from calendar_connection where account_id = $1`, [person.accountId]);
    expect(Buffer.from(JSON.stringify(row)).includes('Darbs')).toBe(false);
  });
});

describe('a visit in Google Calendar', () => {
  it('moves with the visit and goes with it, and is one event all its life', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    await changed(id);
    const [first] = person.events;
    await move(person, id);
    await changed(id);
    const [moved] = person.events;
    expect(moved!.id).toBe(first!.id);
    expect(startOf(moved!)).toBe((await rowOf(id)).starts_at.toISOString().replace('.000', ''));
    expect(moved!.sequence).toBeGreaterThan(first!.sequence);
    const before = google.calls.length;
    await changed(id);
    await database.sql('update appointment set version = version + 1 where id = $1', [id]);
    await changed(id);
    expect(google.calls.slice(before)).toEqual([]);
    await cancel(person, id);
    await changed(id);
    expect([...person.own.events.values()].map(({ status }) => status)).toEqual(['cancelled']);
    await changed(id);
    expect((await entryOf(id))!.state).toBe('removed');
  });

  it.each([
    [
      'a limit, with a wish for patience',
      { status: 403, reason: 'rateLimitExceeded', headers: { 'retry-after': '400' } },
    ],
    ['too many requests', { status: 429, reason: 'rateLimitExceeded' }],
    ['an error of its own', { status: 503, reason: 'backendError' }],
    ['a cut line', { cuts: true }],
    ['a fault of the set-up', { status: 403, reason: 'accessNotConfigured' }],
  ])('is put later after %s', async (_, fault) => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    google.faults.push({ path: /\/events$/, method: 'POST', ...fault });
    await changed(id);
    expect(person.events).toEqual([]);
    expect(await connectionOf(person)).toMatchObject({ state: 'failing' });
    expect((await person.page()).text).toContain('We keep trying; your bookings are not affected');
    const waits = (await entryOf(id))!.due_at!.toTemporalInstant().since(clock.now()).total('seconds');
    expect(waits).toBeGreaterThanOrEqual('headers' in fault ? 400 : 30);
    expect(await booking.get(RetryEntries).run()).toBe(0);
    clock.advance({ seconds: 400 });
    expect(await booking.get(RetryEntries).run()).toBe(1);
    await work();
    expect(person.events).toHaveLength(1);
    expect(await connectionOf(person)).toMatchObject({ state: 'connected', failure: null });
  });

  it('is put with a new access token when the old one ran out', async () => {
    const person = await aPersonHere();
    await person.connect();
    await changed(await person.book());
    google.accessTokens.clear();
    await changed(await person.book());
    expect(person.events).toHaveLength(2);
  });

  it('stands there once when the answer is lost, or the worker dies before it writes it down', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    google.faults.push({ path: /\/events$/, method: 'POST', isDone: true, cuts: true });
    await changed(id);
    expect(person.events).toHaveLength(1);
    clock.advance({ minutes: 2 });
    await work();
    expect(person.events).toHaveLength(1);
    expect((await entryOf(id))!.state).toBe('put');
    // As the row stands when the worker was killed after Google said 200: claimed, and nothing known.
    await database.sql(
      `update calendar_entry set state = 'wanted', etag = null, fingerprint = null, due_at = $2, claimed_until = $3
        where appointment_id = $1`,
      [id, clock.now().toString(), clock.now().add({ minutes: 2 }).toString()],
    );
    await work();
    expect((await entryOf(id))!.state).toBe('wanted');
    clock.advance({ minutes: 3 });
    await work();
    expect(person.events).toHaveLength(1);
    expect((await entryOf(id))!.state).toBe('put');
  });

  it('is put once by many workers, and a change meanwhile is not lost', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    await booking.get(NoteEntries).run({ appointmentId: id });
    const { id: entryId } = (await entryOf(id))!;
    const before = google.calls.length;
    google.faults.push({ path: /\/events$/, method: 'POST', isDone: true, delayMs: 300, status: 503 });
    const tries = Array.from({ length: 6 }, () => booking.get(PutEntry).run({ entryId }));
    await sleep(100);
    await move(person, id);
    await booking.get(NoteEntries).run({ appointmentId: id });
    await Promise.all(tries);
    expect(callsSince(before, 'POST')).toBe(1);
    await work();
    expect(person.events.map(startOf)).toEqual([(await rowOf(id)).starts_at.toISOString().replace('.000', '')]);
  });

  it('is found by the round of the night when no job told of it', async () => {
    const person = await aPersonHere();
    await person.connect();
    const [moved] = [await person.book(), await person.book()];
    await changed(moved);
    await move(person, moved);
    expect(await booking.get(NoteEntries).reconcile()).toBe(2);
    await work();
    expect(person.events).toHaveLength(2);
    expect(person.events.map(startOf)).toContain((await rowOf(moved)).starts_at.toISOString().replace('.000', ''));
    expect(await booking.get(NoteEntries).reconcile()).toBe(0);
  });

  it('of somebody whom the clinic booked stands there by their proven address, and goes when it is another’s', async () => {
    const [person, other] = [await aPersonHere(), await aPersonHere()];
    await person.connect();
    await other.connect();
    const id = await person.book();
    await database.sql('update appointment set account_id = null where id = $1', [id]);
    await changed(id);
    expect([person.events.length, other.events.length]).toEqual([1, 0]);
    await database.sql('update appointment set contact_email = $2, version = version + 1 where id = $1', [
      id,
      other.email,
    ]);
    expect(await booking.get(NoteEntries).reconcile()).toBe(1);
    await work();
    expect([person.events.length, other.events.length]).toEqual([0, 1]);
    expect(await booking.get(NoteEntries).reconcile()).toBe(0);
  });

  it('says less when the person wishes that messages say as little as they can', async () => {
    const person = await aPersonHere();
    await person.connect();
    await changed(await person.book());
    expect(person.events[0]!.location).not.toBe('');
    const { location } = person.events[0]!;
    await person.visitor.send(await person.visitor.get('/en/my-notices'), '/my-notices', { strict: 'on' });
    await work();
    expect(person.events).toHaveLength(1);
    expect(JSON.stringify(person.events)).not.toContain(String(location).split(',')[0]);
  });

  it('keeps what the person made of it, but for our own words and times', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    await changed(id);
    const [event] = person.events;
    Object.assign(event!, { etag: '"changed-by-hand"', colorId: '11', summary: 'Ārsts', sequence: 7 });
    await move(person, id);
    await changed(id);
    const [after] = person.events;
    expect(after).toMatchObject({ id: event!.id, colorId: '11' });
    expect(after!.summary).not.toBe('Ārsts');
    expect(startOf(after!)).toBe((await rowOf(id)).starts_at.toISOString().replace('.000', ''));
  });

  it('that was deleted there stays booked and deleted, until it moves or is asked for', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    await changed(id);
    Object.assign(person.events[0]!, { status: 'cancelled', etag: '"deleted-by-hand"' });
    const elsewhere = async (address: string): Promise<void> => {
      await database.sql('update branch set address = $2 where id = $1', [calendar.branchId, address]);
      await database.sql('update appointment set version = version + 1 where id = $1', [id]);
    };
    await elsewhere('Klusā iela 7');
    await changed(id);
    expect(person.events).toEqual([]);
    const [visit] = await database.sql<{ status: string }>('select status from appointment where id = $1', [id]);
    expect(visit!.status).toBe('booked');
    const page = await person.page();
    expect(page.text).toContain('You deleted 1 visit in Google');
    await person.visitor.send(page, '/put-back');
    await work();
    expect(person.events).toHaveLength(1);
    // Deleted again: its new time is put all the same, because they would miss it.
    Object.assign(person.events[0]!, { status: 'cancelled', etag: '"deleted-by-hand-again"' });
    await move(person, id);
    await changed(id);
    expect(person.events).toHaveLength(1);
    person.own.events.delete(person.events[0]!.id);
    await elsewhere('Klusā iela 8');
    await changed(id);
    expect((await entryOf(id))!.state).toBe('deleted');
  });
});

describe('a connection that only the person can mend', () => {
  it('stops when the permission ended, tells them once, and goes on where it stopped', async () => {
    const person = await aPersonHere();
    await person.connect();
    const ids = [await person.book(), await person.book()];
    for (const id of ids) await changed(id);
    endPermission(person);
    for (const id of ids) await move(person, id);
    await Promise.all(ids.map((appointmentId) => booking.get(NoteEntries).run({ appointmentId })));
    await work();
    expect(await connectionOf(person)).toMatchObject({ state: 'stopped', failure: 'access-ended' });
    expect(await toldOf(person)).toBe(1);
    const page = await person.page();
    expect(page.text).toContain('Google says that your permission has ended.');
    expect(await booking.get(RetryEntries).run()).toBe(0);
    expect((await person.connect()).text).toContain('is connected');
    await work();
    expect(person.events).toHaveLength(2);
    const starts = await Promise.all(ids.map(async (id) => (await rowOf(id)).starts_at.toISOString()));
    expect(person.events.map(startOf).toSorted()).toEqual(starts.map((each) => each.replace('.000', '')).toSorted());
  });

  it('puts everything into the calendar of another Google account', async () => {
    const person = await aPersonHere();
    await person.connect();
    await changed(await person.book());
    const [former, account] = [person.own, person.google];
    endPermission(person);
    await changed(await person.book());
    expect(await connectionOf(person)).toMatchObject({ state: 'stopped' });
    Object.assign(person, { google: aGooglePerson(`${randomUUID()}@gmail.example`) });
    await person.connect();
    await work();
    await takeAlong(person);
    expect(standing(former)).toHaveLength(1);
    expect(person.events).toHaveLength(2);
    // Said plainly, until a permission reaches it again: then it is taken out and these two go there.
    expect((await person.page()).text).toMatch(/2 visits that we put into “Pieraksts: visits” before are still there/);
    const between = person.own;
    Object.assign(person, { google: account });
    await person.connect();
    await work();
    await takeAlong(person);
    expect(standing(between)).toEqual([]);
    expect(account.calendars.has(former.id)).toBe(false);
    expect(person.events).toHaveLength(2);
    expect((await person.page()).text).not.toContain('still in Google');
  });

  it('takes what it put out of our calendar and into one of theirs, whoever dies in between', async () => {
    const person = await aPersonHere();
    person.google.calendars.set('work', aGoogleCalendar('work', { summary: 'Darbs' }));
    await person.connect();
    const id = await person.book();
    await changed(id);
    const former = person.own;
    endPermission(person);
    await move(person, id);
    await changed(id);
    await person.visitor.send(await person.connect('chosen'), '/choose', { calendar: 'work' });
    await work();
    google.faults.push({ path: /\/events\//, method: 'DELETE', isDone: true, cuts: true });
    await expect(takeAlong(person)).rejects.toThrow('unreachable');
    expect((await person.page()).text).toContain('We are taking your visits out of “Pieraksts: visits”');
    await takeAlong(person);
    expect([standing(former), standing(person.google.calendars.get('work')!).map(startOf)]).toEqual([
      [],
      [(await rowOf(id)).starts_at.toISOString().replace('.000', '')],
    ]);
    // The permission for one of theirs does not remove calendars.
    const page = await person.page();
    expect(page.text).toContain('“Pieraksts: visits” that we made is empty now');
    expect((await person.visitor.send(page, '/forget-left')).text).not.toContain('still in Google');
  });

  it('takes what it put out of one of theirs as soon as a permission reaches it', async () => {
    const person = await aPersonHere();
    person.google.calendars.set('work', aGoogleCalendar('work', { summary: 'Darbs' }));
    const choose = async (): Promise<VisitedPage> =>
      person.visitor.send(await person.connect('chosen'), '/choose', { calendar: 'work' });
    await choose();
    const id = await person.book();
    await changed(id);
    const theirs = (): string[] => standing(person.google.calendars.get('work')!).map((event) => event.id);
    const [first] = theirs();
    endPermission(person);
    await move(person, id);
    await changed(id);
    await person.connect('own');
    await work();
    await takeAlong(person);
    expect([theirs(), person.events.length]).toEqual([[first], 1]);
    expect((await person.page()).text).toContain('1 visit that we put into “Darbs” before is still there');
    // While the one permission still holds, the way to the other: nothing is left, and the new one stays.
    await choose();
    await work();
    await takeAlong(person);
    expect([...person.google.calendars.keys()]).toEqual([person.google.email, 'work']);
    expect([theirs().length, theirs().includes(first!)]).toEqual([1, false]);
    await changed(await person.book());
    expect(theirs()).toHaveLength(2);
    expect((await person.page()).text).not.toContain('still in Google');
  });

  it.each([
    ['too little is permitted', { status: 403, reason: 'insufficientPermissions' }, 'scope', 'no longer enough'],
    ['the calendar is another’s', { status: 403, reason: 'requiredAccessLevel' }, 'forbidden', 'no longer write'],
  ])('stops when %s', async (_, fault, failure, words) => {
    const person = await aPersonHere();
    await person.connect();
    google.faults.push({ path: /\/events$/, method: 'POST', ...fault });
    await changed(await person.book());
    expect(await connectionOf(person)).toMatchObject({ state: 'stopped', failure });
    expect((await person.page()).text).toContain(words);
    expect(await toldOf(person)).toBe(1);
  });

  it('stops when the calendar is gone, and makes another', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    await changed(id);
    person.google.calendars.delete(person.own.id);
    await move(person, id);
    await changed(id);
    expect(await connectionOf(person)).toMatchObject({ state: 'stopped', failure: 'calendar-gone' });
    await person.connect();
    await work();
    expect(person.events).toHaveLength(1);
  });
});

describe('a Google that is dead', () => {
  it('is left alone after five calls, and booking and pages do not wait for it', async () => {
    const person = await aPersonHere();
    await person.connect();
    google.faults.push({ path: /\/events/, status: 500, times: 100 });
    const before = google.calls.length;
    for (let count = 0; count < 8; count++) {
      const id = await person.book();
      await changed(id);
    }
    expect(google.calls.length - before).toBe(5 + 1);
    expect((await person.page()).text).toContain('Being added 8 visits');
    google.faults.length = 0;
    clock.advance({ minutes: 10 });
    await work();
    expect(person.events).toHaveLength(8);
  });

  it('is not waited for longer than a call may take', async () => {
    const person = await aPersonHere();
    await person.connect();
    const client = booking.get(Google);
    client.callMs = 300;
    google.faults.push({ path: /\/events$/, hangs: true });
    const began = performance.now();
    await changed(await person.book());
    client.callMs = 10_000;
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(await connectionOf(person)).toMatchObject({ state: 'failing', failure: 'unreachable' });
  });
});

describe('somebody disconnects', () => {
  const end = async (person: Person, isLastTry = false): Promise<void> => {
    const { id: connectionId } = await connectionOf(person);
    await booking.get(TakeBackEntries).run({ connectionId, isLastTry });
  };

  it('and gets the calendar and the permission back', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    await changed(id);
    const page = await person.visitor.send(await person.page(), '/disconnect');
    expect(page.text).toContain('Your bookings stay as they are.');
    await move(person, id);
    await changed(id);
    google.faults.push({ path: /\/events/, status: 503 });
    await expect(end(person)).rejects.toThrow('unreachable');
    expect((await person.page()).text).toContain('We are taking your visits out');
    expect((await person.visitor.post('/en/my-calendar/connect', { kind: 'own' })).status).toBe(422);
    await end(person);
    expect([...person.google.calendars.keys()]).toEqual([person.google.email]);
    expect([...google.grants.values()].some((grant) => grant.person === person.google)).toBe(false);
    expect(await connectionOf(person)).toMatchObject({ state: 'disconnected', failure: null, token_sealed: null });
    expect(await database.sql(`select from calendar_entry where appointment_id = $1`, [id])).toEqual([]);
    expect((await person.page()).text).toContain('Continue at Google');
  });

  it('while a visit is on its way to Google: it is taken back as well, when its worker is done', async () => {
    const person = await aPersonHere();
    await person.connect();
    const id = await person.book();
    await booking.get(NoteEntries).run({ appointmentId: id });
    const { id: entryId } = (await entryOf(id))!;
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    google.faults.push({ path: /\/events$/, method: 'POST', waits: () => (arrive(), answered) });
    const put = booking.get(PutEntry).run({ entryId });
    await arrived;
    await person.visitor.send(await person.page(), '/disconnect');
    await expect(end(person)).rejects.toThrow('still putting an entry');
    answer();
    await put;
    await end(person);
    expect([...person.google.calendars.keys()]).toEqual([person.google.email]);
    expect(await connectionOf(person)).toMatchObject({ state: 'disconnected', failure: null });
  });

  it('and comes back from Google in another tab meanwhile: nothing is connected to what is being taken back', async () => {
    const person = await aPersonHere();
    await person.connect();
    await changed(await person.book());
    const back = await person.agree();
    await person.visitor.send(await person.page(), '/disconnect');
    await person.visitor.get(back);
    expect(await connectionOf(person)).toMatchObject({ state: 'ending' });
    await end(person);
    expect(await connectionOf(person)).toMatchObject({ state: 'disconnected', token_sealed: null });
    expect([...person.google.calendars.keys()]).toEqual([person.google.email]);
  });

  it('and keeps what they put into our calendar themselves', async () => {
    const person = await aPersonHere();
    await person.connect();
    await changed(await person.book());
    const own = person.own;
    const theirs = { ...person.events[0]!, id: 'theirs', summary: 'Dzimšanas diena' };
    own.events.set('theirs', theirs);
    await booking
      .get(DisconnectCalendar)
      .run({ actor: { ...person.actor, sessionId: randomUUID() } as never, purpose: 'visits' });
    await end(person);
    expect(standing(own).map(({ id }) => id)).toEqual(['theirs']);
  });

  it('and reads what could not be taken back, when Google stays dead', async () => {
    const person = await aPersonHere();
    await person.connect();
    await changed(await person.book());
    await person.visitor.send(await person.page(), '/disconnect');
    google.faults.push({ path: /\/events/, status: 503 });
    await end(person, true);
    expect(await connectionOf(person)).toMatchObject({ state: 'disconnected', token_sealed: null });
    expect((await person.page()).text).toContain('Google did not let us take out everything');
  });
});

describe('secrets', () => {
  it('are sealed anew under a new key when they are used', async () => {
    const person = await aPersonHere();
    await person.connect();
    const { token_sealed: former } = await connectionOf(person);
    environment().secretKeys.unshift('a newer key for tests that guards nothing');
    const name = seal('').subarray(0, 4);
    await changed(await person.book());
    const { token_sealed: anew } = await connectionOf(person);
    expect(former!.subarray(0, 4).equals(name)).toBe(false);
    expect(anew!.subarray(0, 4).equals(name)).toBe(true);
    environment().secretKeys.pop();
    await changed(await person.book());
    expect(person.events).toHaveLength(2);
  });
});

describe('the worker', () => {
  it('carries a booking to Google by itself', async () => {
    clock.set(start);
    const person = await aPersonHere();
    await person.connect();
    const worker = await startApp('worker', { clock });
    try {
      await person.book();
      for (let waited = 0; waited < 40_000 && person.events.length === 0; waited += 50) await sleep(50);
      expect(person.events).toHaveLength(1);
    } finally {
      await worker.stop();
    }
  });
});
