import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import { PublishHours, RedoSharedDays, SaveDraftHours } from '#libs/calendars';
import { localDate, localTime } from '#libs/time';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aStaffMember,
  type Branch,
  type Calendar,
  type Clinic,
  type Practitioner,
} from '../support/builders.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { formsOf, PageVisitor } from '../support/page-visitor.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { asStaff } from '../support/verbs.js';

// A Thursday, with all of 2026 and 2027 within the horizon.
const clock = testClock('2026-01-15T08:00:00Z');

let database: TestDatabase;
let app: RunningApp;
let booking: RunningApp;
let clinic: Clinic;
let riga: Branch;
let tallinn: Branch;
let anna: Practitioner;
let inRiga: Calendar;
let inTallinn: Calendar;
let night: Calendar;
let registrar: StaffVisitor;
let doctor: StaffVisitor;
let stranger: StaffVisitor;

const from2026 = Temporal.PlainDate.from('2026-01-01');

/** Weekly hours of all these days, published. */
async function work(actor: Actor, calendarId: string, weekdays: readonly number[], starts: string, ends: string) {
  const hours = weekdays.map((weekday) => ({
    weekday,
    starts,
    ends,
    validFrom: from2026,
    validTo: null,
    everyNthWeek: 1,
    weekAnchor: from2026,
  }));
  await app.get(SaveDraftHours).run({ actor, calendarId, hours });
  await app.get(PublishHours).run({ actor, calendarId });
}

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database, { name: 'Divu krastu klīnika' });
  riga = await aBranch(database, { clinic });
  tallinn = await aBranch(database, { clinic: { ...clinic, country: 'EE' } });
  anna = await aPractitioner(database, { clinic });
  const mari = await aPractitioner(database, { clinic, givenName: 'Mari', familyName: 'Tamm' });
  const nurse = await aPractitioner(database, { clinic, givenName: 'Nora', familyName: 'Nakts' });
  inRiga = await aCalendar(database, { branch: riga, practitioner: anna, horizonDays: 730 });
  inTallinn = await aCalendar(database, { branch: tallinn, practitioner: mari, horizonDays: 730 });
  night = await aCalendar(database, { branch: riga, practitioner: nurse, horizonDays: 730 });
  app = await startApp('clinic', { clock });
  booking = await startApp('booking', { clock });
  const desk = await aStaffMember(database, { clinic, name: 'Ieva Reģistratore' });
  const actor = asStaff(clinic.id, { accountId: desk.accountId, staffMemberId: desk.id });
  for (const { id } of [inRiga, inTallinn]) await work(actor, id, [1, 2, 3, 4, 5], '09:00', '17:00');
  await work(actor, night.id, [1, 2, 3, 4, 5, 6, 7], '00:00', '24:00');
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  registrar = await enter(desk);
  doctor = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner: anna }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database) }));
});

afterAll(async () => {
  await app?.stop();
  await booking?.stop();
  await database?.drop();
});

/** What a calendar opens on a day of its wall clock: ['09:00-17:00']. */
const opened = async ({ id, zone }: Calendar, day: string): Promise<string[]> => {
  const rows = await database.sql<{ start: Date; end: Date }>(
    `select lower(during) as start, upper(during) as "end" from opening
      where calendar_id = $1 and during && tstzrange($2::timestamp at time zone $3, ($2::date + 1)::timestamp at time zone $3)
      order by during`,
    [id, day, zone],
  );
  return rows.map(({ start, end }) => {
    const [from, to] = [start.toTemporalInstant(), end.toTemporalInstant()];
    return [from, to].map((at) => (localDate(at, zone).toString() === day ? localTime(at, zone) : '…')).join('-');
  });
};
const freeOn = async ({ id }: Calendar, day: string): Promise<number> => {
  const [row] = await database.sql<{ n: number }>(
    `select coalesce(sum(free_count), 0)::integer as n from free_day where calendar_id = $1 and day = $2`,
    [id, day],
  );
  return row?.n ?? 0;
};
const all = ['09:00-17:00'];

describe('branches of one clinic in two countries', () => {
  it.each([
    ['2026-02-24', all, []],
    ['2026-04-06', [], all],
    ['2026-05-04', [], all],
    ['2026-11-18', [], all],
    ['2026-12-31', [], all],
    ['2026-12-25', [], []],
    ['2026-06-22', all, all],
  ])('on %s open in Rīga %j and in Tallinn %j', async (day, there, here) => {
    expect([await opened(inRiga, day), await opened(inTallinn, day)]).toEqual([there, here]);
  });
});

describe('the days of a year', () => {
  const keep = (fields: Record<string, string>) => registrar.post('/en/days', fields);

  it('are listed with what the law says and what the clinic does', async () => {
    const { text } = await registrar.get('/en/days?year=2026&place=LV');
    expect(text).toContain('Restoration of the Independence of the Republic of Latvia');
    expect(text).toContain('Day off in state institutions, the working day is moved: Sat 27 Jun');
    expect(text).toContain('The law shortens employees’ working day by 1 hour');
    expect(text).toContain('Branches in Estonia');
    const estonian = await registrar.get('/en/days?year=2026&place=EE');
    expect(estonian.text).toContain('Independence Day of Estonia');
    expect(estonian.text).toContain('by 3 hours');
    expect(estonian.text).not.toContain('Moved working days');
  });

  it('say when an order is not known, and when a day is only planned', async () => {
    const { text } = await registrar.get('/en/days?year=2027&place=LV');
    expect(text).toContain('The order for 2027');
    expect(text).toContain('may be moved: Mon 3 May Fri 25 Jun Fri 19 Nov');
    expect((await registrar.get('/en/days?year=2028&place=LV')).text).toContain('Planned but not ordered yet');
  });

  it('are moved as the state moves them with one press, in that country only', async () => {
    const page = await registrar.get('/en/days?year=2026&place=LV');
    const moves = formsOf(page).find(({ fields }) => fields['what'] === 'moves');
    const done = await registrar.post(moves?.action ?? '', moves?.fields ?? {});
    expect(done.status).toBe(303);
    expect([await opened(inRiga, '2026-06-22'), await opened(inRiga, '2026-06-27')]).toEqual([[], all]);
    expect([await opened(inTallinn, '2026-06-22'), await opened(inTallinn, '2026-06-27')]).toEqual([all, []]);
    expect([await freeOn(inRiga, '2026-06-22'), await freeOn(inRiga, '2026-06-27')]).toEqual([0, 31]);
    // The second of January is over, so the Saturday that stands for it stays free.
    expect(await opened(inRiga, '2026-01-17')).toEqual([]);
    const after = await registrar.get('/en/days?year=2026&place=LV');
    expect(after.text).toContain('Works as on a Monday');
    expect(formsOf(after).filter(({ fields }) => fields['what'] === 'moves')).toEqual([]);
  });

  it('are shortened with one press, the Saturday that stands for a shortened day as well', async () => {
    expect((await registrar.post('/en/days/take-over', { what: 'shortened', year: '2026', place: 'LV' })).status).toBe(
      303,
    );
    const shorter = ['2026-04-30', '2026-06-27', '2026-12-23'].map((day) => opened(inRiga, day));
    expect(await Promise.all(shorter)).toEqual([['09:00-16:00'], ['09:00-16:00'], ['09:00-16:00']]);
    expect(await opened(inRiga, '2026-06-22')).toEqual([]);
    expect(await freeOn(inRiga, '2026-04-30')).toBe(27);
    await registrar.post('/en/days/take-over', { what: 'shortened', year: '2026', place: 'EE' });
    expect(await opened(inTallinn, '2026-12-23')).toEqual(['09:00-14:00']);
  });

  it('stay open on a public holiday where the clinic says so, and one branch may do otherwise than all', async () => {
    await keep({ place: 'LV', day: '2026-11-18', choice: 'open' });
    expect(await opened(inRiga, '2026-11-18')).toEqual(all);
    await keep({ place: riga.id, day: '2026-11-18', choice: 'closed', note: 'Remonts <b>1. stāvā</b>' });
    expect(await opened(inRiga, '2026-11-18')).toEqual([]);
    const page = await registrar.get('/en/days?year=2026&place=LV');
    expect(page.text).toContain('Open as on any Wednesday');
    expect(page.text).toContain('Filiāle: Closed');
    const branch = await registrar.get(`/en/days?year=2026&place=${riga.id}`);
    expect(branch.html).toContain('Remonts &lt;b&gt;1. stāvā&lt;/b&gt;');
    await keep({ place: riga.id, day: '2026-11-18', choice: 'usual' });
    expect(await opened(inRiga, '2026-11-18')).toEqual(all);
  });

  it('that no law names are added, such as a move of next year once it is ordered', async () => {
    expect((await keep({ place: 'LV', day: '2027-05-03', choice: 'closed', note: 'MK rīkojums' })).location).toBe(
      '/en/days?year=2027&place=LV#d2027-05-03',
    );
    await keep({ place: 'LV', day: '2027-05-08', choice: 'works-as:1' });
    expect([await opened(inRiga, '2027-05-03'), await opened(inRiga, '2027-05-08')]).toEqual([[], all]);
    expect((await registrar.get('/en/days?year=2027&place=LV')).text).toContain('MK rīkojums');
  });

  it('with somebody inside are asked about before anything is closed', async () => {
    await aBooking(app, database, inRiga, '2026-03-10T09:00');
    const asked = await keep({ place: 'LV', day: '2026-03-10', choice: 'closed' });
    expect([asked.status, asked.location]).toEqual([303, expect.stringMatching(/^\/en\/changes\/[0-9a-f-]{36}$/)]);
    expect(await opened(inRiga, '2026-03-10')).toEqual(all);
    // The last hour is nobody's.
    expect((await keep({ place: 'LV', day: '2026-03-10', choice: 'shortened:60' })).location).toContain('#d2026-03-10');
    const closing = await registrar.post('/en/closures', { scope: 'clinic', from: '2026-03-10', allDay: 'on' });
    expect(closing.location).toMatch(/\/changes\//);
    expect(await opened(inRiga, '2026-03-10')).toEqual(['09:00-16:00']);
  });

  it('are not changed once they are over, nor by somebody else', async () => {
    const past = await keep({ place: 'LV', day: '2026-01-14', choice: 'closed' });
    expect([past.status, past.text.includes('This is in the past.')]).toEqual([422, true]);
    expect((await keep({ place: 'LV', day: '2035-01-14', choice: 'closed' })).status).toBe(422);
    for (const [who, place, status] of [
      [doctor, 'LV', 403],
      [stranger, riga.id, 404],
      [stranger, 'LV', 303],
    ] as const)
      expect((await who.post('/en/days', { place, day: '2026-03-03', choice: 'closed' })).status).toBe(
        status === 303 ? 404 : status,
      );
    expect(await opened(inRiga, '2026-03-03')).toEqual(all);
    expect((await doctor.get('/en/days')).text).toContain('You can look but not change');
  });

  it('that no form of ours sends are refused', async () => {
    for (const fields of [
      { place: 'LV', day: '2026-03-03', choice: 'works-as:8' },
      { place: 'LV', day: '2026-03-03', choice: 'shortened:0' },
      { place: 'LV', day: '2026-03-03', choice: 'shortened:999' },
      { place: 'LT', day: '2026-03-03', choice: 'closed' },
      { place: 'LV', day: '2026-02-30', choice: 'closed' },
      { place: '', day: '', choice: '' },
    ]) {
      const { status } = await keep(fields);
      expect([fields, status >= 400 && status < 500]).toEqual([fields, true]);
    }
  });
});

describe('a closure', () => {
  const close = (fields: Record<string, string>, who = registrar) => who.post('/en/closures', fields);
  const forms = async (ending: RegExp): Promise<string[]> =>
    formsOf(await registrar.get('/en/closures'))
      .map(({ action }) => action)
      .filter((action) => ending.test(action));

  it('comes again every other week, and is opened again one by one or all at once', async () => {
    const closed = await close({
      scope: `resource:${anna.id}`,
      from: '2026-03-06',
      starts: '13:00',
      ends: '15:00',
      repeat: '14',
      until: '2026-04-30',
    });
    expect(closed.status).toBe(303);
    const parted = ['09:00-13:00', '15:00-17:00'];
    expect(await opened(inRiga, '2026-03-06')).toEqual(parted);
    expect(await opened(inRiga, '2026-03-13')).toEqual(all);
    expect(await opened(inRiga, '2026-04-17')).toEqual(parted);
    expect((await registrar.get('/en/closures')).text).toMatch(/4 times, 6 Mar\s–\s17 Apr 2026/);
    const [, second = ''] = await forms(/closures\/[0-9a-f-]{36}\/reopen$/);
    await registrar.post(second, {});
    expect([await opened(inRiga, '2026-03-20'), await opened(inRiga, '2026-04-17')]).toEqual([all, parted]);
    const [series = ''] = await forms(/closures\/series\/[0-9a-f-]{36}\/reopen$/);
    await registrar.post(series, {});
    expect([await opened(inRiga, '2026-03-06'), await opened(inRiga, '2026-04-17')]).toEqual([all, all]);
  });

  it('closes what the clocks show when they change', async () => {
    const nights = { scope: `resource:${night.resourceId}`, starts: '02:00', ends: '05:00' };
    await close({ ...nights, from: '2026-03-28', repeat: '1', until: '2026-03-30' });
    expect(await opened(night, '2026-03-29')).toEqual(['…-02:00', '05:00-…']);
    const spring = await database.sql<{ hours: string }>(
      `select extract(epoch from upper(during) - lower(during)) / 3600 as hours from closure order by during`,
    );
    expect(spring.map(({ hours }) => Number(hours))).toEqual([3, 2, 3]);
    await close({ ...nights, from: '2026-10-25', starts: '03:00', ends: '04:00' });
    const [autumn] = await database.sql<{ hours: string }>(
      `select extract(epoch from upper(during) - lower(during)) / 3600 as hours from closure order by during desc limit 1`,
    );
    expect(Number(autumn?.hours)).toBe(2);
    expect(await opened(night, '2026-10-25')).toEqual(['…-03:00', '04:00-…']);
  });

  it('says what is wrong beside the field, with all that was typed', async () => {
    const day = { scope: 'clinic', from: '2026-03-06', allDay: 'on' };
    for (const [fields, field] of [
      [{ ...day, repeat: '7' }, 'until'],
      [{ ...day, repeat: '7', until: '2026-03-05' }, 'until'],
      [{ ...day, repeat: '7', until: '2028-03-07' }, 'until'],
      [{ ...day, repeat: '3' }, 'repeat'],
      [{ ...day, from: '2026-01-14' }, 'from'],
      [{ ...day, from: '2026-03-29', allDay: '', starts: '03:00', ends: '04:00' }, 'ends'],
      [{ ...day, publicReason: 'x'.repeat(201) }, 'publicReason'],
    ] as const) {
      const answer = await close(fields);
      expect([fields, answer.status, answer.html.includes(`id="${field}-error"`)]).toEqual([fields, 422, true]);
    }
  });

  it('of a room takes the times of visits that need it, as soon as the worker has been there', async () => {
    const [room] = await database.sql<{ id: string }>(
      `insert into resource (id, kind, clinic_id, branch_id, name, capability)
       values (uuidv7(), 'room', $1, $2, 'USG kabinets', 'ultrasound') returning id`,
      [clinic.id, riga.id],
    );
    await database.sql(`insert into service_need (clinic_id, service_id, capability) values ($1, $2, 'ultrasound')`, [
      clinic.id,
      inRiga.serviceId,
    ]);
    const day = { scope: `resource:${room?.id}`, from: '2026-05-05', allDay: 'on' };
    expect((await close(day, stranger)).status).toBe(404);
    expect(await freeOn(inRiga, '2026-05-05')).toBe(31);
    expect((await close(day)).status).toBe(303);
    await app.get(RedoSharedDays).run();
    expect([await freeOn(inRiga, '2026-05-05'), await freeOn(inRiga, '2026-05-06')]).toEqual([0, 31]);
    const { html } = await registrar.get('/en/closures');
    const [, action = ''] = /action="([^"]*\/reopen)"(?:(?!<\/form>)[\s\S])*USG kabinets/.exec(html) ?? [];
    expect((await registrar.post(action, {})).status).toBe(303);
    await app.get(RedoSharedDays).run();
    expect(await freeOn(inRiga, '2026-05-05')).toBe(31);
  });
});

describe('patients', () => {
  let patient: PageVisitor;
  beforeAll(async () => {
    patient = new PageVisitor(booking);
    const close = (fields: Record<string, string>) => registrar.post('/en/closures', { allDay: 'on', ...fields });
    await close({
      scope: `resource:${anna.id}`,
      from: '2026-02-02',
      to: '2026-02-06',
      publicReason: 'On holiday, <i>back on Monday</i>',
      reason: 'tells nobody where',
    });
    await close({ scope: `branch:${riga.id}`, from: '2026-02-09', reason: 'inventory' });
    await close({ scope: 'clinic', from: '2026-02-11', publicReason: 'Training day' });
    await registrar.post('/en/days', { place: 'EE', day: '2026-02-24', choice: 'open' });
    await registrar.post('/en/days', { place: 'EE', day: '2026-03-07', choice: 'works-as:5' });
  });

  it('read on the doctor’s page when they are away, in the clinic’s own words', async () => {
    const page = await patient.get(`/en/doctors/${anna.slug}`);
    expect(page.text).toMatch(/2\s?–\s?6 February On holiday, <i>back on Monday<\/i>/);
    expect(page.html).not.toContain('<i>back');
    expect(page.text).toContain('11 February Training day');
    for (const secret of ['tells nobody', 'inventory']) expect(page.text).not.toContain(secret);
  });

  it('read on the clinic’s page what is closed and what is not, branch by branch', async () => {
    const { text } = await patient.get(`/en/clinics/${clinic.slug}`);
    expect(text).toContain('Anna Kalniņa: On holiday');
    expect(text).toContain('Tue 24 Feb Independence Day of Estonia, open');
    expect(text).toContain('Sat 7 Mar Works as on a Friday');
  });
});
