import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StaffActor } from '#libs/access';
import { BookAppointment, type Override } from '#libs/appointments';
import { DueReadings, ReadBusyTimes } from '#libs/calendar-sync';
import { Database, Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import {
  deleteEvent,
  type GoogleCalendar,
  type GooglePerson,
  aPerson,
  insertEvent,
  patchEvent,
} from '../support/google-calendars.js';
import { type GoogleServer, googleServer } from '../support/google-server.js';
import { staffVisitor, type StaffVisitor } from '../support/staff-visitor.js';
import { aRequest } from '../support/verbs.js';

const clock = testClock('2026-11-30T06:00:00Z');
const secret = 'Trauksmes terapija pie Dr Ozoliņa';

let database: TestDatabase;
let google: GoogleServer;
let person: GooglePerson;
let own: GoogleCalendar;
let clinicApp: RunningApp;
let booking: RunningApp;
let clinic: build.Clinic;
let ours: build.Calendar;
let theirs: build.Calendar;
let doctor: build.StaffMember;
let desk: build.StaffMember;
let visitor: StaffVisitor;
let registrar: StaffVisitor;
let connectionId: string;
/** Signs both in anew: a session of staff does not outlast the times that pass here. */
let enter: () => Promise<void>;
let people = 0;

/** A calendar of the doctor's, open from nine to five every day of half a year. */
async function everyDay(branch: build.Branch, practitioner: build.Practitioner): Promise<build.Calendar> {
  const calendar = await build.aCalendar(database, {
    branch,
    practitioner,
    gridMinutes: 30,
    minutes: 30,
    horizonDays: 170,
  });
  await database.sql(
    `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, week_anchor, published)
     select $2, $1, weekday, '09:00', '17:00', '2026-01-01', '2026-01-05', true from generate_series(1, 7) weekday`,
    [calendar.id, calendar.clinicId],
  );
  await database.sql(
    `insert into opening (calendar_id, clinic_id, during)
     select $1, $2, tstzrange((d + time '09:00') at time zone $3, (d + time '17:00') at time zone $3)
       from generate_series(timestamp '2026-11-30', '2027-05-18', '1 day') d`,
    [calendar.id, calendar.clinicId, calendar.zone],
  );
  await database.sql(`update calendar set published_until = '2027-05-18' where id = $1`, [calendar.id]);
  // No public holidays: a day is as the other.
  return calendar;
}

beforeAll(async () => {
  database = await testDatabase();
  person = aPerson('doctor@gmail.example');
  own = [...person.calendars.values()][0] as GoogleCalendar;
  google = await googleServer(person);
  google.now = clock.now().toString();
  const { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET, url: GOOGLE_API_ROOT } = google;
  await prepareEnvironment({ database, variables: { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_API_ROOT } });
  clinic = await build.aClinic(database);
  const practitioner = await build.aPractitioner(database, { clinic, familyName: 'Liepa' });
  ours = await everyDay(await build.aBranch(database, { clinic }), practitioner);
  const another = await build.aClinic(database);
  theirs = await everyDay(await build.aBranch(database, { clinic: another }), practitioner);
  await build.refreshFreeDays(database, ours, clock.now().toString());
  [clinicApp, booking] = await Promise.all([startApp('clinic', { clock }), startApp('booking', { clock })]);
  doctor = await build.aStaffMember(database, { clinic, role: 'practitioner', practitioner, name: 'Dr Liepa' });
  desk = await build.aStaffMember(database, { clinic, name: 'Anna Kalniņa' });
  const [doctors, desks] = [await build.aCredential(database, doctor), await build.aCredential(database, desk)];
  enter = async () => {
    clock.advance({ seconds: 30 });
    visitor = await staffVisitor(clinicApp, doctor, doctors, clock);
    registrar = await staffVisitor(clinicApp, desk, desks, clock);
  };
  await enter();
});

afterAll(async () => {
  await Promise.all([clinicApp?.stop(), booking?.stop()]);
  await google?.stop();
  await database?.drop();
});

beforeEach(async () => {
  google.faults.length = 0;
  await enter();
});

const instant = (wall: string): string => build.at(ours, wall);
const time = (wall: string): { dateTime: string } => ({ dateTime: instant(wall) });
const busy = (from: string, to: string, more: Record<string, unknown> = {}): string =>
  insertEvent(own, { summary: secret, start: time(from), end: time(to), ...more }, google.now).id;
const read = (): Promise<void> => clinicApp.get(ReadBusyTimes).run({ connectionId });
/** The hours and minutes at which a day can be booked, as patients are shown them. */
const free = async (day: string, { id, resourceId, serviceId, zone } = ours): Promise<string[]> => {
  const from = `${day}T00:00`;
  const rows = await database.sql<{ at: string }>(
    `select to_char(starts_at at time zone $4, 'HH24:MI') as at
       from free_starts($1, $2, $3, ($5::timestamp at time zone $4), (($5::timestamp + interval '1 day') at time zone $4), $6, null)`,
    [resourceId, id, serviceId, zone, from, clock.now().toString()],
  );
  return rows.map(({ at }) => at);
};
const between = (from: string, to: string): string[] => {
  const all: string[] = [];
  for (let at = Temporal.PlainTime.from(from); Temporal.PlainTime.compare(at, to) < 0; at = at.add({ minutes: 30 }))
    all.push(at.toString({ smallestUnit: 'minute' }));
  return all;
};
const wholeDay = between('09:00', '17:00');
const isInOrder = async (): Promise<void> => {
  expect(await clinicApp.get(Database).transaction((tx) => audit(tx, clock.now()))).toEqual([]);
};
const told = async (): Promise<string[]> => {
  const rows = await database.sql<{ change: string }>(
    `select change from account_notice where account_id = $1 and kind = 'calendar-stopped' order by at, id`,
    [doctor.accountId],
  );
  return rows.map(({ change }) => change);
};
const registrarActor = (): StaffActor => ({
  kind: 'staff',
  accountId: desk.accountId,
  staffMemberId: desk.id,
  clinicId: clinic.id,
  sessionId: randomUUID(),
  role: 'registrar',
  practitionerId: null,
  practitionerIds: [],
  branchIds: null,
  name: desk.id,
});
const book = (wall: string, override: Override | null = null): Promise<{ id: string }> => {
  people += 1;
  const actor = registrarActor();
  return clinicApp.get(BookAppointment).run({
    actor,
    slot: { calendarId: ours.id, serviceId: ours.serviceId, start: Temporal.Instant.from(instant(wall)) },
    patient: {
      givenName: 'Ilze',
      familyName: `Ozola ${'abcdefghij'[people % 10]}`,
      birthDate: Temporal.PlainDate.from('1950-01-01').add({ days: people }),
      language: 'lv',
    },
    contact: { email: null, phone: '+37120000000' },
    language: 'lv',
    termsVersion: null,
    origin: 'phone',
    override,
    request: aRequest(actor),
  });
};
const orphaned = async (id: string): Promise<string | null> => {
  const [row] = await database.sql<{ why: string | null; status: string }>(
    'select orphaned_why as why, status from appointment where id = $1',
    [id],
  );
  expect(row?.status).toBe('booked');
  return row?.why ?? null;
};
const connect = async (): Promise<string> => {
  const begun = await visitor.post('/en/my-calendar/connect', {});
  const consent = await fetch(new URL(begun.location ?? '', google.url), { redirect: 'manual' });
  const back = new URL(consent.headers.get('location') ?? '');
  return (await visitor.get(back.pathname + back.search)).location ?? '';
};

describe('a doctor’s own calendar', () => {
  it('is connected by the doctor alone, with the least that says when somebody is busy', async () => {
    expect((await registrar.post('/en/my-calendar/connect', {})).status).toBe(403);
    expect((await visitor.get('/en/my-calendar')).text).toContain('never with what');
    expect(await connect()).toBe('/en/my-calendar/choose');
    const choice = await visitor.get('/en/my-calendar/choose');
    expect(choice.text).toContain('doctor@gmail.example');
    expect((await visitor.post('/en/my-calendar/choose', { whenUnread: 'close' })).status).toBe(422);
    const other = { calendars: 'colleague@gmail.example', whenUnread: 'close' };
    await visitor.post('/en/my-calendar/choose', other);
    expect(await database.sql('select from busy_reading')).toHaveLength(0);
    await visitor.post('/en/my-calendar/choose', { calendars: own.id, whenUnread: 'close' });
    const [row] = await database.sql<{ id: string; scope: string }>('select id, scope from calendar_connection');
    connectionId = row?.id ?? '';
    expect(row?.scope.split(' ').map((each) => each.split('/').at(-1))).toEqual([
      'calendar.events.freebusy',
      'calendar.calendarlist.readonly',
    ]);
  });

  it('takes what it is busy with out of free times, on the grid of the day, and nothing else', async () => {
    busy('2026-12-01T10:10', '2026-12-01T10:40');
    const before = await free('2026-12-02');
    await read();
    expect(await free('2026-12-01')).toEqual([...between('09:00', '10:00'), ...between('11:00', '17:00')]);
    expect(await free('2026-12-02')).toEqual(before);
    // Another clinic, where they are not known by this account, is not concerned.
    expect(await free('2026-12-01', theirs)).toEqual(wholeDay);
    await isInOrder();
    const day = await registrar.get(`/en/calendar?branch=${ours.branchId}&day=2026-12-01`);
    expect(day.text).toContain('Busy (own calendar)');
  });

  it('leaves days alone on which nothing changed', async () => {
    const versions = () =>
      database.sql<{ version: string; at: Date }>('select version::text, xmin::text from resource where id = $1', [
        ours.resourceId,
      ]);
    const closures = () => database.sql('select id from closure order by id');
    const [version, rows] = [await versions(), await closures()];
    await read();
    clock.advance({ minutes: 40 });
    await read();
    expect([await versions(), await closures()]).toEqual([version, rows]);
  });

  it('leaves a visit that it meets, which stands on the work list until the time is free again', async () => {
    const { id } = await book('2026-12-03T09:30');
    const steps = await database.sql('select from appointment_event where appointment_id = $1', [id]);
    const event = busy('2026-12-03T09:00', '2026-12-03T10:00');
    await read();
    expect(await orphaned(id)).toBe('own-calendar');
    expect(await database.sql('select from appointment_event where appointment_id = $1', [id])).toEqual(steps);
    expect((await registrar.get('/en/orphaned')).text).toContain('busy according to their own calendar');
    await isInOrder();
    patchEvent(
      own,
      event,
      { start: time('2026-12-03T10:00'), end: time('2026-12-03T11:00') },
      { ifMatch: undefined, at: google.now },
    );
    await read();
    expect(await orphaned(id)).toBeNull();
    expect(await free('2026-12-03')).toEqual(['09:00', ...between('11:00', '17:00')]);
    deleteEvent(own, event, google.now);
    await read();
    expect(await free('2026-12-03')).toEqual(['09:00', ...between('10:00', '17:00')]);
    await isInOrder();
  });

  it('counts whole days, what comes back every week, and the night in which the clocks change', async () => {
    busy('2026-12-08T00:00', '2026-12-08T00:30', { start: { date: '2026-12-08' }, end: { date: '2026-12-09' } });
    const weekly = { timeZone: 'Europe/Riga', ...time('2027-03-23T15:00') };
    busy('2027-03-23T15:00', '2027-03-23T16:00', {
      start: weekly,
      end: { timeZone: 'Europe/Riga', ...time('2027-03-23T16:00') },
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'],
    });
    busy('2027-03-27T23:30', '2027-03-28T09:30');
    await read();
    expect(await free('2026-12-08')).toEqual([]);
    const withoutThree = [...between('09:00', '15:00'), ...between('16:00', '17:00')];
    for (const day of ['2027-03-23', '2027-03-30']) expect([day, await free(day)]).toEqual([day, withoutThree]);
    // Ten hours by the clock, nine in truth.
    const [night] = await database.sql<{ hours: number }>(
      `select extract(epoch from upper(during) - lower(during))::integer / 3600 as hours from closure
        where kind = 'external' and lower(during) = $1`,
      [instant('2027-03-27T23:30')],
    );
    expect(night?.hours).toBe(9);
    await isInOrder();
  });

  it('does not count what is declined, shown as free, cancelled, or put there by us for a visit of theirs', async () => {
    const day = '2026-12-10';
    const { id: visit } = await book(`${day}T12:00`);
    busy(`${day}T09:00`, `${day}T10:00`, { attendees: [{ self: true, responseStatus: 'declined' }] });
    busy(`${day}T10:00`, `${day}T11:00`, { transparency: 'transparent' });
    busy(`${day}T11:00`, `${day}T12:00`, { status: 'cancelled' });
    const [uid] = await database.sql<{ uid: string }>('select ics_uid::text as uid from appointment where id = $1', [
      visit,
    ]);
    busy(`${day}T12:00`, `${day}T12:30`, { iCalUID: uid?.uid });
    const entry = busy(`${day}T12:00`, `${day}T12:30`);
    const [visits] = await database.sql<{ id: string }>(
      `insert into calendar_connection (account_id, purpose, calendar_kind, language, state, since)
       values ($1, 'visits', 'own', 'lv', 'disconnected', $2) returning id`,
      [doctor.accountId, google.now],
    );
    await database.sql(`insert into calendar_entry (connection_id, appointment_id, event_id) values ($1, $2, $3)`, [
      visits?.id,
      visit,
      entry,
    ]);
    await read();
    const withoutVisit = wholeDay.filter((at) => at !== '12:00');
    expect(await free(day)).toEqual(withoutVisit);
    expect(await orphaned(visit)).toBeNull();
    // Answered or changed since the last reading.
    const invited = busy(`${day}T13:00`, `${day}T14:00`, {
      attendees: [{ self: true, responseStatus: 'needsAction' }],
    });
    const maybe = busy(`${day}T14:00`, `${day}T15:00`, { status: 'tentative' });
    await read();
    expect(await free(day)).toEqual(withoutVisit.filter((at) => at < '13:00' || at >= '15:00'));
    const now = { ifMatch: undefined, at: google.now };
    patchEvent(own, invited, { attendees: [{ self: true, responseStatus: 'declined' }] }, now);
    patchEvent(own, maybe, { transparency: 'transparent' }, now);
    await read();
    expect(await free(day)).toEqual(withoutVisit);
  });

  it('is read to the last page, and anew when Google has forgotten where we were', async () => {
    const day = '2026-12-11';
    for (let n = 0; n < 2510; n++) busy(`${day}T09:00`, `${day}T10:00`);
    const calls = google.calls.length;
    await read();
    expect(google.calls.slice(calls).filter(({ path }) => path.endsWith('/events'))).toHaveLength(2);
    expect(await free(day)).toEqual(between('10:00', '17:00'));
    for (const [id, { start }] of own.events)
      if (JSON.stringify(start).includes(day) || JSON.stringify(start).includes('2026-12-11')) own.events.delete(id);
    // Deleted without a trace: only a reading from the beginning sees it.
    await database.sql(`update busy_calendar set sync_token = 'forgotten'`);
    await read();
    expect(await free(day)).toEqual(wholeDay);
    expect(await free('2026-12-08')).toEqual([]);
    await isInOrder();
  });
});

describe('a calendar that cannot be read', () => {
  const unreadable = { path: /\/events$/, method: 'GET', status: 503, times: 1000 };

  it('keeps closed what was known, is told of after five minutes, and offers nothing after fifteen', async () => {
    await read();
    google.faults.push({ ...unreadable });
    clock.advance({ minutes: 4 });
    await read();
    expect([await told(), await free('2026-12-01')]).toEqual([[], expect.not.arrayContaining(['10:00'])]);
    clock.advance({ minutes: 2 });
    await read();
    clock.advance({ minutes: 3 });
    await read();
    expect(await told()).toEqual(['busy-unread']);
    expect(await free('2026-12-02')).toEqual(wholeDay);
    expect((await registrar.get('/en/my-calendar')).text).toContain('Cannot be read');
    clock.advance({ minutes: 7 });
    await read();
    await enter();
    expect(await free('2026-12-02')).toEqual([]);
    expect(await free('2026-12-02', theirs)).toEqual(wholeDay);
    await isInOrder();
    expect((await registrar.get('/en/my-calendar')).text).toContain('No times offered');
    expect((await registrar.get('/en/closures')).text).toContain('Cannot be read');
  });

  it('can be booked by the desk, knowingly', async () => {
    const said = await book('2026-12-02T09:00').catch((thrown: unknown) => thrown);
    expect(said).toBeInstanceOf(Refusal);
    expect((said as Refusal).details.why).toBe('paused');
    const knowing: Override = { kinds: ['outside-hours'], reason: 'practitioner-agreed', note: null };
    const { id } = await book('2026-12-02T09:00', knowing);
    expect(await orphaned(id)).toBeNull();
  });

  it('comes back by itself and says so', async () => {
    clock.advance({ minutes: 3 });
    await read();
    expect(await free('2026-12-02')).toEqual(wholeDay.slice(1));
    expect(await told()).toEqual(['busy-unread', 'busy-read-again']);
    await isInOrder();
  });

  it.each([
    [
      'its permission has ended',
      { path: /\/token$/, status: 400, oauthError: 'invalid_grant', times: 1000 },
      'permission has ended',
    ],
    [
      'it is not there any more',
      { path: /\/events$/, status: 404, reason: 'notFound', times: 1000 },
      'no longer at Google',
    ],
    [
      'we may not look at it any more',
      { path: /\/events$/, status: 403, reason: 'forbidden', times: 1000 },
      'may no longer look',
    ],
  ] as const)('is told of at once when %s', async (_, fault, words) => {
    const before = (await told()).length;
    google.faults.push({ ...fault });
    if (fault.path.test('/token')) google.accessTokens.clear();
    clock.advance({ minutes: 3 });
    await read();
    expect((await told()).slice(before)).toEqual(['busy-unread']);
    expect((await visitor.get('/en/my-calendar')).text).toContain(words);
    google.faults.length = 0;
    clock.advance({ minutes: 3 });
    await read();
    expect((await told()).slice(before)).toEqual(['busy-unread', 'busy-read-again']);
  });

  it('is waited for when Google asks us to, and nobody is told of a short while', async () => {
    const before = (await told()).length;
    google.faults.push({
      path: /\/events$/,
      status: 429,
      reason: 'rateLimitExceeded',
      headers: { 'retry-after': '240' },
    });
    await read();
    const [row] = await database.sql<{ seconds: number }>(
      'select extract(epoch from next_read_at - $1::timestamptz)::integer as seconds from busy_reading',
      [clock.now().toString()],
    );
    expect(row?.seconds).toBeGreaterThanOrEqual(240);
    await read();
    expect(await told()).toHaveLength(before);
  });

  it('is not taken for free while nobody has said which calendars count, after the permission was given anew', async () => {
    await read();
    const name = own.id;
    person.calendars.delete(name);
    person.calendars.set('other', { ...own, id: 'other', primary: false });
    expect(await connect()).toBe('/en/my-calendar/choose');
    clock.advance({ minutes: 16 });
    await read();
    expect(await free('2026-12-02')).toEqual([]);
    person.calendars.delete('other');
    person.calendars.set(name, own);
    await enter();
    expect(await connect()).toBe('/en/my-calendar');
    await read();
    expect(await free('2026-12-02')).toEqual(wholeDay.slice(1));
  });

  it('is not taken for free when it is we who cannot write down what it says', async () => {
    await read();
    const before = (await told()).length;
    await database.sql(`alter table busy_event add constraint nothing_new check (false) not valid`);
    const event = busy('2026-12-16T09:00', '2026-12-16T10:00');
    for (const minutes of [6, 6, 6]) {
      clock.advance({ minutes });
      await expect(read()).rejects.toThrow();
    }
    await enter();
    expect([(await told()).slice(before), await free('2026-12-02')]).toEqual([['busy-unread'], []]);
    await database.sql(`alter table busy_event drop constraint nothing_new`);
    deleteEvent(own, event, google.now);
    await read();
    expect(await free('2026-12-02')).toEqual(wholeDay.slice(1));
    await isInOrder();
  });

  it('is read although it holds a time that no calendar on paper has', async () => {
    const far = { dateTime: '9999-12-31T23:50:00-05:00' };
    const events = [
      busy('2026-12-16T09:00', '2026-12-16T10:00', { start: { dateTime: '9999-12-31T23:30:00-05:00' }, end: far }),
      busy('2026-12-16T09:00', '2026-12-16T10:00', { start: { dateTime: '0001-01-01T00:00:00Z' } }),
      busy('2027-05-17T12:00', '2027-05-17T13:00', { end: far }),
    ];
    await read();
    expect([await free('2026-12-02'), await free('2027-05-17')]).toEqual([[], between('09:00', '12:00')]);
    for (const event of events) deleteEvent(own, event, google.now);
    await read();
    expect(await free('2026-12-02')).toEqual(wholeDay.slice(1));
  });

  it('goes on with what was known last, if its owner chose so', async () => {
    await visitor.post('/en/my-calendar/choose', { calendars: own.id, whenUnread: 'keep' });
    await read();
    google.faults.push({ ...unreadable });
    for (const minutes of [6, 6, 6]) {
      clock.advance({ minutes });
      await read();
    }
    await enter();
    expect(await free('2026-12-02')).toEqual(wholeDay.slice(1));
    google.faults.length = 0;
    await visitor.post('/en/my-calendar/choose', { calendars: own.id, whenUnread: 'close' });
    await read();
  });
});

describe('word from Google', () => {
  const tell = (headers: Record<string, string>): Promise<number> =>
    fetch(`${booking.url}/hooks/google`, { method: 'POST', headers }).then(({ status }) => status);
  const jobs = async (): Promise<number> => {
    const rows = await database.sql(
      `select from jobs.job where name = 'busy-times-due' and state in ('created', 'retry')`,
    );
    return rows.length;
  };

  it('is heard on a channel of ours with its secret, and on no other', async () => {
    const [channel] = [...google.channels.values()];
    if (!channel) throw new Error('nothing is watched');
    expect(new URL(channel.address).pathname).toBe('/hooks/google');
    await database.sql(`delete from jobs.job where name = 'busy-times-due'`);
    const right = { 'x-goog-channel-id': channel.id, 'x-goog-channel-token': channel.token };
    expect(await tell({ 'x-goog-channel-id': channel.id })).toBe(401);
    expect(await tell({ ...right, 'x-goog-channel-token': 'guessed' })).toBe(404);
    expect(await tell({ ...right, 'x-goog-channel-id': randomUUID() })).toBe(404);
    expect(await tell({ ...right, 'x-goog-resource-state': 'sync' })).toBe(204);
    expect(await jobs()).toBe(0);
    const many = Array.from({ length: 5 }, () => tell({ ...right, 'x-goog-resource-state': 'exists' }));
    expect(await Promise.all(many)).toEqual([204, 204, 204, 204, 204]);
    expect(await jobs()).toBe(1);
  });

  it('leads two workers to one reading at once', async () => {
    busy('2026-12-15T09:00', '2026-12-15T12:00');
    const workers = await Promise.all([startApp('worker', { clock }), startApp('worker', { clock, isCopy: true })]);
    try {
      await clinicApp.get(DueReadings).run();
      const deadline = performance.now() + 40_000;
      while ((await free('2026-12-15')).length === 16 && performance.now() < deadline)
        await new Promise((go) => setTimeout(go, 50));
      expect(await free('2026-12-15')).toEqual(between('12:00', '17:00'));
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
    const closures = await database.sql(`select from closure where during @> $1::timestamptz`, [
      instant('2026-12-15T10:00'),
    ]);
    expect(closures).toHaveLength(1);
    await isInOrder();
  });

  it('is asked for again before it ends', async () => {
    const [before] = [...google.channels.keys()];
    clock.advance({ hours: 24 * 6 + 1 });
    google.now = clock.now().toString();
    await read();
    expect([...google.channels.keys()]).toHaveLength(1);
    expect([...google.channels.keys()][0]).not.toBe(before);
  });
});

describe('what is known of it', () => {
  it('holds for each clinic where the doctor is known by the same account', async () => {
    await database.sql(
      `insert into practitioner_role (clinic_id, practitioner_id, active_from) values ($1, $2, '2026-01-01')`,
      [theirs.clinicId, theirs.resourceId],
    );
    await database.sql(
      `insert into staff_member (account_id, clinic_id, role, practitioner_id, display_name, active_from)
       values ($1, $2, 'practitioner', $3, 'Dr Liepa', '2026-01-01')`,
      [doctor.accountId, theirs.clinicId, theirs.resourceId],
    );
    clock.advance({ minutes: 31 });
    await read();
    expect(await free('2026-12-15', theirs)).toEqual(between('12:00', '17:00'));
    await isInOrder();
  });

  it('stays when somebody else who is the same practitioner elsewhere ends what they never began', async () => {
    const another = await build.aStaffMember(database, {
      clinic: { id: theirs.clinicId },
      role: 'practitioner',
      practitioner: { id: theirs.resourceId } as build.Practitioner,
    });
    const elsewhere = await staffVisitor(clinicApp, another, await build.aCredential(database, another), clock);
    expect((await elsewhere.post('/en/my-calendar/disconnect', {})).status).toBe(303);
    expect(await free('2026-12-15')).toEqual(between('12:00', '17:00'));
  });

  it('is never a title: it is not asked for, and stands nowhere', async () => {
    const lists = google.calls.filter(({ path, method }) => method === 'GET' && path.endsWith('/events'));
    expect(lists.length).toBeGreaterThan(10);
    for (const { query } of lists) expect(query.get('fields')).not.toMatch(/summary|description|location|email/);
    const tables = await database.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'jobs')`,
    );
    for (const { name } of tables) {
      const found = await database.sql(`select from ${name} t where t::text ilike '%' || $1 || '%'`, ['Trauksmes']);
      expect([name, found.length]).toEqual([name, 0]);
    }
  });

  it('is forgotten when the doctor disconnects: times are open at once, the permission is given back', async () => {
    await visitor.post('/en/my-calendar/disconnect', {});
    expect(await free('2026-12-15')).toEqual(wholeDay);
    expect(await free('2026-12-15', theirs)).toEqual(wholeDay);
    await read();
    expect(await free('2026-12-15')).toEqual(wholeDay);
    const worker = await startApp('worker', { clock });
    try {
      const deadline = performance.now() + 40_000;
      const isEnded = async (): Promise<boolean> =>
        (await database.sql(`select from calendar_connection where purpose = 'busy' and state = 'disconnected'`))
          .length === 1;
      while (!(await isEnded()) && performance.now() < deadline) await new Promise((go) => setTimeout(go, 50));
      expect(await isEnded()).toBe(true);
    } finally {
      await worker.stop();
    }
    expect([google.channels.size, google.grants.size]).toEqual([0, 0]);
    expect(await database.sql('select from busy_event')).toHaveLength(0);
    expect(await database.sql(`select from closure where kind = 'external'`)).toHaveLength(0);
    await isInOrder();
  });
});
