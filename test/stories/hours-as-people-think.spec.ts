import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DayHours, ExtendHorizon, SaveDraftHours } from '#libs/calendars';
import type { Refusal } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aService,
  aStaffMember,
  type Branch,
  type Calendar,
  type Clinic,
  type Practitioner,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { PageVisitor } from '../support/page-visitor.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { asStaff } from '../support/verbs.js';

// A Friday morning in Rīga and Tallinn, nine days before the clocks go forward.
const start = '2026-03-20T07:00:00Z';
const clock = testClock(start);

let database: TestDatabase;
let clinicApp: RunningApp;
let booking: RunningApp;

interface House {
  clinic: Clinic;
  branch: Branch;
  doctor: Practitioner;
  calendar: Calendar;
  admin: StaffVisitor;
}

const aWorker = async (clinic: Clinic): Promise<{ accountId: string; staffMemberId: string }> => {
  const { id, accountId } = await aStaffMember(database, { clinic });
  return { accountId, staffMemberId: id };
};

const house = async (country: 'LV' | 'EE', horizonDays: number): Promise<House> => {
  const clinic = await aClinic(database, { country });
  const branch = await aBranch(database, { clinic });
  const doctor = await aPractitioner(database, { clinic });
  const calendar = await aCalendar(database, { branch, practitioner: doctor, gridMinutes: 30, horizonDays });
  const staff = await aStaffMember(database, { clinic, role: 'admin' });
  const admin = await staffVisitor(clinicApp, staff, await aCredential(database, staff), clock);
  return { clinic, branch, doctor, calendar, admin };
};

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinicApp = await startApp('clinic', { clock });
  booking = await startApp('booking', { clock });
});

afterAll(async () => {
  await booking?.stop();
  await clinicApp?.stop();
  await database?.drop();
});

type Fields = Record<string, string | string[]>;

const line = (n: number, days: string, from: string, to: string, more: Fields = {}): Fields => ({
  [`lines.${n}.days`]: [...days],
  [`lines.${n}.starts`]: from,
  [`lines.${n}.ends`]: to,
  ...Object.fromEntries(Object.entries(more).map(([name, value]) => [`lines.${n}.${name}`, value])),
});
const edit = ({ admin, calendar }: House, fields: Fields): Promise<StaffPage> =>
  admin.post(`/en/hours/${calendar.id}`, fields);

/** What is open on a day, as it is stored, on the branch's clock. */
const openOn = async ({ calendar }: House, day: string): Promise<string[]> =>
  (
    await database.sql<{ text: string }>(
      `select to_char(lower(during) at time zone $3, 'HH24:MI') || '–' || to_char(upper(during) at time zone $3, 'HH24:MI') as text
         from opening where calendar_id = $1 and (lower(during) at time zone $3)::date = $2 order by during`,
      [calendar.id, day, calendar.zone],
    )
  ).map(({ text }) => text);

/** The same day in the picture of the editor. */
const pictured = async ({ admin, calendar }: House, day: string): Promise<string> => {
  const { html } = await admin.get(`/en/hours/${calendar.id}?week=${day}`);
  const found = new RegExp(`data-date="${day}"[\\s\\S]*?</li>`).exec(html)?.[0] ?? '';
  const notes = new RegExp(`data-notes-of="${day}"[\\s\\S]*?</strong>([\\s\\S]*?)</li>`).exec(html)?.[1] ?? '';
  return `${found.slice(found.indexOf('week-hours'))} ${notes}`
    .replace(/^[^>]*>|<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
};

const slotsOf = async ({ calendar }: House, day: string, serviceId = calendar.serviceId): Promise<string[]> => {
  const answer = await fetch(
    `${booking.url}/api/v1/calendars/${calendar.id}/slots?service=${serviceId}&from=${day}&to=${day}`,
  );
  return ((await answer.json()) as { slots: { start: string }[] }).slots.map((slot) => slot.start);
};

/** The times on a doctor's page from a Sunday on, which is its week's last day. */
const timesFrom = (html: string, sunday: string): string[] =>
  [...html.slice(html.indexOf(`id="week-${sunday}"`)).matchAll(/<time datetime="[^"]*T[^"]*">([^<]*)</g)].map(
    ([, text = '']) => text,
  );

describe.each(['LV', 'EE'] as const)('a calendar that is open all day, in %s', (country) => {
  let here: House;
  beforeAll(async () => {
    here = await house(country, 300);
    const published = await edit(here, { ...line(0, '1234567', '00:00', '00:00'), action: 'publish' });
    expect(published.location).toBe(`/en/hours/${here.calendar.id}`);
  });

  it('has 46 half-hour slots on the day whose clocks skip an hour, none of them in that hour', async () => {
    const slots = await slotsOf(here, '2026-03-29');
    expect(slots).toHaveLength(46);
    const page = await new PageVisitor(booking).get(`/en/doctors/${here.doctor.slug}?day=2026-03-29`);
    const times = timesFrom(page.html, '2026-03-29');
    expect(times).toHaveLength(46);
    expect(times.filter((each) => each.startsWith('03:'))).toEqual([]);
    expect(slots.slice(1).every((each, n) => Date.parse(each) - Date.parse(slots[n] ?? '') === 1_800_000)).toBe(true);
  });

  it('has 50 on the day that has an hour twice, and tells the two of each apart', async () => {
    clock.set('2026-10-20T07:00:00Z');
    const slots = await slotsOf(here, '2026-10-25');
    expect(slots).toHaveLength(50);
    expect(slots.filter((each) => each === '2026-10-25T00:00:00Z' || each === '2026-10-25T01:00:00Z')).toHaveLength(2);
    const page = await new PageVisitor(booking).get(`/en/doctors/${here.doctor.slug}?day=2026-10-25`);
    const shown = timesFrom(page.html, '2026-10-25');
    expect(shown).toHaveLength(50);
    expect(shown.filter((each) => each.startsWith('03:'))).toEqual([
      '03:00 UTC+3',
      '03:30 UTC+3',
      '03:00 UTC+2',
      '03:30 UTC+2',
    ]);
    clock.set(start);
  });

  it('says how far its times are published', async () => {
    const page = await new PageVisitor(booking).get(`/en/doctors/${here.doctor.slug}`);
    expect(page.text).toContain('Times are published until 14 January 2027. One more day opens every night.');
  });
});

describe('hours', () => {
  let here: House;
  let short: string;
  beforeAll(async () => {
    here = await house('LV', 60);
    short = await aService(database, { clinic: here.clinic, name: 'Receptes', minutes: 15 });
    await database.sql(
      `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents) values ($1, $2, $3, 15, 1000)`,
      [here.calendar.id, short, here.clinic.id],
    );
  });

  it('are said in one line with lunch, in odd weeks, and until a day that patients are told', async () => {
    const week = {
      ...line(0, '1234', '09:00', '17:00', { pauseStarts: '12:00', pauseEnds: '13:00', validTo: '2026-05-08' }),
      ...line(1, '6', '10:00', '12:00', { weeks: 'odd', validTo: '2026-05-08' }),
    };
    const draft = await edit(here, { ...week, action: 'save' });
    expect(draft.status).toBe(303);
    expect(await openOn(here, '2026-03-23')).toEqual([]);
    expect(await pictured(here, '2026-03-23')).toBe('09:00–12:00, 13:00–17:00');
    const page = await here.admin.get(`/en/hours/${here.calendar.id}`);
    expect(page.text).toContain('Mon–Thu 09:00–17:00, break 12:00–13:00, until 8 May 2026');
    expect(page.text).toContain('Sat 10:00–12:00, odd weeks, until 8 May 2026');
    // 22 hours of half-hour visits in week 12, two more on the Saturday of week 13.
    expect(page.text).toMatch(/Week 13 of 2026[\s\S]*?Konsultācija: 60 Receptes: 60/);
    await edit(here, { ...week, action: 'publish' });
    expect(await openOn(here, '2026-03-23')).toEqual(['09:00–12:00', '13:00–17:00']);
    expect([await openOn(here, '2026-03-21'), await openOn(here, '2026-03-28')]).toEqual([[], ['10:00–12:00']]);
    const seen = await new PageVisitor(booking).get(`/en/doctors/${here.doctor.slug}`);
    expect(seen.text).toContain('Times are published until 8 May 2026.');
    expect(seen.text).not.toContain('every night');
    expect((await here.admin.get('/en/hours')).text).toContain('Sat 10:00–12:00, odd weeks, until 8 May 2026');
  });

  it('differ on single days, also on a public holiday, and no night takes that back', async () => {
    const week = line(0, '12345', '09:00', '17:00');
    const add = (fields: Fields): Promise<StaffPage> => edit(here, { ...week, ...fields, action: 'add-day' });
    expect((await add({ 'day.date': '2026-04-03', 'day.starts': '10:00', 'day.ends': '11:00' })).status).toBe(303);
    await add({ 'day.date': '2026-03-24', 'day.isOff': 'on' });
    await add({ 'day.date': '2026-05-25', 'day.to': '2026-05-26', 'day.starts': '08:00', 'day.ends': '09:00' });
    const twice = await add({ 'day.date': '2026-04-03', 'day.starts': '10:30', 'day.ends': '12:00' });
    expect([twice.status, twice.text.includes('This overlaps other hours of the same day.')]).toEqual([422, true]);
    expect((await add({ 'day.date': '2026-03-19', 'day.isOff': 'on' })).text).toContain('This day is already past.');
    expect(await pictured(here, '2026-04-03')).toMatch(/^10:00–11:00 Good Friday; Single day$/);
    await edit(here, { ...week, action: 'publish' });
    const days = ['2026-04-03', '2026-03-24', '2026-03-25', '2026-05-25'];
    const open = async (): Promise<string[][]> => Promise.all(days.map((day) => openOn(here, day)));
    expect(await open()).toEqual([['10:00–11:00'], [], ['09:00–17:00'], []]);
    clock.set('2026-03-28T01:00:00Z');
    await clinicApp.get(ExtendHorizon).run();
    expect(await open()).toEqual([['10:00–11:00'], [], ['09:00–17:00'], ['08:00–09:00']]);
    clock.set(start);
    await edit(here, { ...week, action: 'remove-day.2026-03-24' });
    await edit(here, { ...week, action: 'publish' });
    expect(await openOn(here, '2026-03-24')).toEqual(['09:00–17:00']);
  });

  it('can be for some services only: others find no slot there, though the grid runs on', async () => {
    const week = {
      ...line(0, '3', '09:00', '11:00'),
      ...line(1, '3', '11:00', '12:00', { services: [short] }),
    };
    await edit(here, { ...week, action: 'publish' });
    expect(await openOn(here, '2026-03-25')).toEqual(['09:00–12:00']);
    expect(await pictured(here, '2026-03-25')).toContain('11:00–12:00 only: Receptes');
    expect((await slotsOf(here, '2026-03-25')).at(-1)).toBe('2026-03-25T08:30:00Z');
    expect((await slotsOf(here, '2026-03-25', short)).at(-1)).toBe('2026-03-25T09:30:00Z');
    const page = await here.admin.get(`/en/hours/${here.calendar.id}?week=2026-03-25`);
    expect(page.text).toMatch(/Week 13 of 2026[\s\S]*?Konsultācija: 4 Receptes: 6/);
    clock.set('2026-03-26T01:00:00Z');
    await clinicApp.get(ExtendHorizon).run();
    clock.set(start);
    // Published until 25 May now, so that its Wednesday is the 20th.
    expect(await slotsOf(here, '2026-05-20')).toHaveLength(0);
    const limits = await database.sql<{ n: string }>(
      `select count(*) as n from opening_limit where calendar_id = $1 and upper(during) > '2026-05-19T00:00:00Z'`,
      [here.calendar.id],
    );
    expect(limits).toEqual([{ n: '1' }]);
  });
});

describe('a draft of hours', () => {
  let here: House;
  beforeAll(async () => {
    here = await house('LV', 60);
  });

  it('names only services that its calendar has, and each single day once', async () => {
    const { calendar, clinic } = here;
    const actor = asStaff(clinic.id, await aWorker(clinic));
    const elsewhere = await aService(database, { clinic, name: 'Cits' });
    const range = { starts: '09:00', ends: '12:00', serviceIds: [elsewhere] };
    const day = Temporal.PlainDate.from('2026-03-24');
    const refused = async (days: DayHours[]): Promise<unknown> =>
      clinicApp
        .get(SaveDraftHours)
        .run({ actor, calendarId: calendar.id, hours: [], days })
        .catch((error: Refusal) => error.details.errors);
    expect(await refused([{ day, ranges: [range] }])).toEqual([{ path: 'days.0', code: 'choice' }]);
    expect(
      await refused([
        { day, ranges: [] },
        { day, ranges: [] },
      ]),
    ).toEqual([{ path: 'days.1', code: 'twice' }]);
  });

  it('takes the hours of another week, month or calendar, and says what differs', async () => {
    const week = line(0, '12345', '09:00', '12:00');
    await edit(here, { ...week, action: 'publish' });
    await edit(here, {
      ...week,
      'day.date': '2026-03-24',
      'day.starts': '14:00',
      'day.ends': '18:00',
      action: 'add-day',
    });
    const copied = await edit(here, {
      ...week,
      'copy.weekFrom': '2026-03-23',
      'copy.weekTo': '2026-04-01',
      action: 'copy-week',
    });
    expect(copied.status).toBe(303);
    expect([await pictured(here, '2026-03-31'), await pictured(here, '2026-04-03')]).toEqual([
      '14:00–18:00 Single day',
      '— Not worked Good Friday',
    ]);
    await edit(here, { ...week, 'copy.monthFrom': '2026-03', 'copy.monthTo': '2026-06', action: 'copy-month' });
    // The fourth Tuesday after the first Monday: 24 March is to 2 March as 23 June is to 1 June, but that is a holiday.
    expect(await pictured(here, '2026-06-23')).toContain('14:00–18:00');
    const said = await here.admin.get(`/en/hours/${here.calendar.id}`);
    expect(said.text).toContain('What publishing changes');
    expect(said.text).toContain('Tue 31 Mar 2026: 14:00–18:00');

    const other = await aCalendar(database, { branch: here.branch, practitioner: here.doctor, payer: 'state' });
    const there = { ...here, calendar: other };
    const taken = await edit(there, { 'copy.calendar': here.calendar.id, action: 'copy-calendar' });
    expect(taken.status).toBe(303);
    expect(await pictured(there, '2026-03-23')).toBe('09:00–12:00');
    await edit(here, { ...week, action: 'forget' });
    expect((await here.admin.get(`/en/hours/${here.calendar.id}`)).text).not.toContain('What publishing changes');
  });

  it('may have none at all, when that is meant: it is asked once, and the calendar offers nothing', async () => {
    const asked = await edit(here, { action: 'publish' });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('patients can book no time here');
    expect(await openOn(here, '2026-03-25')).not.toEqual([]);
    const done = await edit(here, { action: 'publish-empty' });
    expect(done.status).toBe(303);
    expect(await openOn(here, '2026-03-25')).toEqual([]);
    expect(await slotsOf(here, '2026-03-25')).toEqual([]);
  });
});
