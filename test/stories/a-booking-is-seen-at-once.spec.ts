import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Sessions } from '#libs/access';
import { HoldSlot } from '#libs/appointments';
import { type Hint, Hints } from '#libs/platform';
import { openPortal, type Portal } from '../contract/portal.js';
import { type RunningApp, startApp } from '../support/app.js';
import { aBranch, aCalendar, aClinic, aStaffMember, at, type Branch, type Calendar } from '../support/builders.js';
import { type EventStream, eventStream } from '../support/event-stream.js';

const now = '2027-02-26T08:00:00Z';
const day = '2027-03-01';
/** Milliseconds. Two seconds are promised (docs/decisions/0014); here other test files share two cores. */
const soon = 20_000;

describe('a booking made anywhere', () => {
  let portal: Portal;
  let clinics: [RunningApp, RunningApp];
  let branch: Branch;
  let calendar: Calendar;
  let cookie: string;
  /** Hears what all processes say, as one more process would. */
  let ear: pg.Client;
  const heard: string[] = [];
  const streams: EventStream[] = [];

  const signedIn = async (clinicId: string): Promise<{ cookie: string; token: string; staffId: string }> => {
    const staff = await aStaffMember(portal.database, { clinic: { id: clinicId } });
    const token = await portal.app
      .get(Sessions)
      .open({ app: 'clinic', accountId: staff.accountId, level: 'two-factor' });
    return { cookie: `pieraksts-clinic=${token}`, token, staffId: staff.id };
  };
  const path = (): string => `/api/calendar/events?branch=${branch.id}&day=${day}`;
  const open = async (app: RunningApp, whose = cookie, address = path()): Promise<EventStream> => {
    const stream = await eventStream(app.url + address, whose);
    streams.push(stream);
    return stream;
  };
  /** A stream that has told the version with which it begins. */
  const opened = async (app: RunningApp, whose = cookie): Promise<EventStream> => {
    const stream = await open(app, whose);
    await until(() => stream.told.length > 0);
    expect(stream.told[0]?.name).toBe('version');
    return stream;
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let wait = 0; !isSo() && wait < 1_000; wait++) await pause(20);
    expect(isSo()).toBe(true);
  };
  const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
  const asApp = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await ear.query<Record<string, unknown>>(text, values)).rows;

  beforeAll(async () => {
    portal = await openPortal(now);
    const clinic = await aClinic(portal.database);
    branch = await aBranch(portal.database, { clinic });
    const days = Array.from({ length: 10 }, (_, n) => Temporal.PlainDate.from(day).add({ days: n }).toString());
    calendar = await aCalendar(portal.database, {
      branch,
      gridMinutes: 15,
      minutes: 15,
      open: days.map((each): [string, string] => [`${each}T09:00`, `${each}T17:00`]),
      now,
    });
    clinics = [
      await startApp('clinic', { clock: portal.clock }),
      await startApp('clinic', { clock: portal.clock, isCopy: true }),
    ];
    ({ cookie } = await signedIn(clinic.id));
    ear = new pg.Client(portal.database.appUrl);
    await ear.connect();
    ear.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await ear.query('listen pieraksts_hints');
  });

  afterAll(async () => {
    for (const stream of streams) stream.close();
    await ear?.end();
    for (const app of clinics ?? []) await app.stop();
    await portal?.stop();
  });

  const rushed = (start: Temporal.Instant): Promise<unknown> =>
    portal.app.get(HoldSlot).run({
      actor: { kind: 'anonymous', sessionId: null },
      sessionId: null,
      addressIndex: null,
      calendarId: calendar.id,
      serviceId: calendar.serviceId,
      start,
    });

  it('is told to the open calendars of every copy of the staff app', async () => {
    const both = [await opened(clinics[0]), await opened(clinics[1])];
    for (const { status, type, headers } of both) {
      expect([status, type]).toEqual([200, 'text/event-stream; charset=utf-8']);
      expect(headers.get('cache-control')).toContain('no-store');
      expect(headers.get('x-accel-buffering')).toBe('no');
    }
    const guest = await portal.guest();
    const { id, holdToken } = await portal.hold(calendar, at(calendar, `${day}T09:00`));
    await until(() => both.every(({ told }) => told.length > 1));
    const told = both.map((stream) => stream.next('version', soon));
    const answer = await portal
      .post(
        '/appointments',
        {
          holdId: id,
          patient: { givenName: 'Ilze', familyName: 'Bērziņa', birthDate: '1958-03-12' },
          contact: { email: guest.email, phone: '+37121234567' },
          language: 'lv',
          terms: { version: '2026-11-22' },
        },
        guest,
      )
      .set('X-Hold-Token', holdToken);
    expect(answer.status).toBe(201);
    const versions = await Promise.all(told);
    expect(versions[0]?.data).toBe(versions[1]?.data);
    expect(both[0]?.told[0]?.data).not.toBe(versions[0]?.data);
    expect(heard.at(-1)).toBe(calendar.resourceId);
  });

  it('is not told of another day, nor to another branch’s calendar by a hint of this one', async () => {
    const elsewhere = await aCalendar(portal.database, { open: [[`${day}T09:00`, `${day}T12:00`]], now });
    const other = await signedIn(elsewhere.clinicId);
    const theirs = await open(clinics[0], other.cookie, `/api/calendar/events?branch=${elsewhere.branchId}&day=${day}`);
    await until(() => theirs.told.length > 0);
    await pause(1_200);
    const known = theirs.told.filter(({ name }) => name === 'version').length;
    expect(known).toBe(1);
    await rushed(Temporal.Instant.from(at(calendar, `${day}T11:00`)));
    await pause(1_200);
    expect(theirs.told.filter(({ name }) => name === 'version')).toHaveLength(known);
  });

  it('says nothing when it is refused, because what was rolled back did not happen', async () => {
    const earlier = heard.length;
    await rushed(Temporal.Instant.from(at(calendar, `${day}T12:00`)));
    await until(() => heard.length > earlier);
    const before = heard.length;
    const again = await Promise.allSettled([rushed(Temporal.Instant.from(at(calendar, `${day}T12:00`)))]);
    expect(again[0]?.status).toBe('rejected');
    await pause(300);
    expect(heard).toHaveLength(before);
  });

  it('is one of few notifications when two hundred come at once', async () => {
    const before = heard.length;
    const first = Temporal.PlainDate.from('2027-03-02');
    const starts = Array.from({ length: 200 }, (_, n) =>
      Temporal.Instant.from(at(calendar, `${first.add({ days: Math.floor(n / 32) }).toString()}T09:00`)).add({
        minutes: 15 * (n % 32),
      }),
    );
    const began = performance.now();
    const left = starts.values();
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (const start of left) await rushed(start);
      }),
    );
    const took = performance.now() - began;
    await pause(300);
    const said = heard.length - before;
    expect(said).toBeGreaterThan(0);
    expect(said).toBeLessThanOrEqual(took / 50 + 2);
    expect(new Set(heard.slice(before))).toEqual(new Set([calendar.resourceId]));
    const [{ n } = { n: 0 }] = await portal.database.sql<{ n: number }>(
      `select count(*)::integer as n from hold where expires_at > $1`,
      [now],
    );
    expect(n).toBeGreaterThanOrEqual(200);
  });

  it('is heard again after the connection that listens was cut', async () => {
    const stream = await opened(clinics[0]);
    const hints: Hint[] = [];
    const stop = clinics[0].get(Hints).subscribe((hint) => void hints.push(hint));
    const listening = `select pid from pg_stat_activity where application_name = 'pieraksts-hints' and datname = $1`;
    const before = await asApp(listening, [portal.database.name]);
    // One for each process, however many streams it has.
    expect(before).toHaveLength(2);
    await asApp(`select pg_terminate_backend(pid) from (${listening}) as l`, [portal.database.name]);
    await until(() => hints.includes('all'));
    hints.length = 0;
    const told = stream.next('version', soon);
    await rushed(Temporal.Instant.from(at(calendar, `${day}T13:00`)));
    await told;
    // The version may have been told first: the app looks each second, too.
    await until(() => hints.length > 0);
    stop();
    expect(hints).toEqual([new Set([calendar.resourceId])]);
    const after = await asApp(listening, [portal.database.name]);
    expect(after.filter(({ pid }) => before.some((each) => each['pid'] === pid))).toEqual([]);
  });

  it('is told to nobody whose session ended or whose role was taken', async () => {
    const [ended, left, stays] = [
      await signedIn(branch.clinicId),
      await signedIn(branch.clinicId),
      await signedIn(branch.clinicId),
    ];
    const [one, two, three] = [
      await opened(clinics[0], ended.cookie),
      await opened(clinics[1], left.cookie),
      await opened(clinics[1], stays.cookie),
    ];
    await portal.app.get(Sessions).revoke(ended.token);
    await portal.database.sql(`update staff_member set active_to = '2027-02-25' where id = $1`, [left.staffId]);
    await Promise.all([one.over, two.over]);
    const told = three.next('version', soon);
    await rushed(Temporal.Instant.from(at(calendar, `${day}T14:00`)));
    await told;
  });

  it('is for those who may see the day, in so many windows and no more', async () => {
    const stranger = await signedIn((await aClinic(portal.database)).id);
    expect((await open(clinics[0], stranger.cookie)).status).toBe(404);
    expect((await open(clinics[0], '')).status).toBe(401);
    expect((await open(clinics[0], cookie, `${path()}&days=400`)).status).toBe(400);
    const { cookie: many } = await signedIn(branch.clinicId);
    const windows = await Promise.all(Array.from({ length: 11 }, () => open(clinics[0], many)));
    expect(Object.groupBy(windows, ({ status }) => status)).toMatchObject({ 200: { length: 10 }, 429: { length: 1 } });
    windows.find(({ status }) => status === 200)?.close();
    let again = 0;
    for (let wait = 0; again !== 200 && wait < 100; wait++) {
      await pause(100);
      again = (await open(clinics[0], many)).status;
    }
    expect(again).toBe(200);
  });

  it('keeps no session alive: what a script asks by itself is no use of it', async () => {
    const { cookie: idle } = await signedIn(branch.clinicId);
    const seen = async (): Promise<unknown> =>
      (await portal.database.sql(`select max(last_seen_at) as at from session where app = 'clinic'`))[0]?.['at'];
    const before = await seen();
    portal.clock.advance({ minutes: 2 });
    await opened(clinics[0], idle);
    await fetch(`${clinics[0].url}/api/calendar/version?branch=${branch.id}&day=${day}`, { headers: { cookie: idle } });
    expect(await seen()).toEqual(before);
    await fetch(`${clinics[0].url}/en/calendar?branch=${branch.id}&day=${day}`, { headers: { cookie: idle } });
    expect(await seen()).not.toEqual(before);
  });

  it('answers a program that does not stream with the version of now', async () => {
    const answer = await fetch(clinics[0].url + path(), { headers: { cookie } });
    expect(await answer.text()).toMatch(/^event: version\ndata: \S+\n\n$/);
  });

  it('does not keep a process that is told to stop', async () => {
    const stream = await opened(clinics[1]);
    const began = performance.now();
    await clinics[1].stop();
    expect(performance.now() - began).toBeLessThan(10_000);
    await stream.over;
  });
});
