import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CarryOutChange, requestOf } from '#libs/appointments';
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
} from '../support/builders.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { asStaff } from '../support/verbs.js';

// A Saturday; the Monday after is 1 March.
const clock = testClock('2027-02-27T08:00:00Z');

let database: TestDatabase;
let app: RunningApp;
let branch: Branch;
let calendar: Calendar;
let registrar: StaffVisitor;
let owner: StaffVisitor;
let colleague: StaffVisitor;
let assistant: StaffVisitor;
let registrarMember: { accountId: string; staffMemberId: string };

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  branch = await aBranch(database, { clinic });
  const anna = await aPractitioner(database, { clinic });
  const boris = await aPractitioner(database, { clinic });
  calendar = await aCalendar(database, {
    branch,
    practitioner: anna,
    open: [['2027-03-01T09:00', '2027-03-01T12:00']],
    now: clock.now().toString(),
  });
  app = await startApp('clinic', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  const ieva = await aStaffMember(database, { clinic, name: 'Ieva Reģistratore' });
  registrarMember = { accountId: ieva.accountId, staffMemberId: ieva.id };
  registrar = await enter(ieva);
  owner = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner: anna }));
  colleague = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner: boris }));
  assistant = await enter(await aStaffMember(database, { clinic, role: 'assistant', assists: [anna] }));
  await aBooking(app, database, calendar, '2027-03-01T09:00', { familyName: 'Agra' });
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const openings = async (): Promise<string[]> =>
  (
    await database.sql<{ text: string }>(
      `select to_char(lower(during) at time zone 'Europe/Riga', 'MM-DD HH24:MI') || '-' || to_char(upper(during) at time zone 'Europe/Riga', 'HH24:MI') as text
         from opening where calendar_id = $1 order by during limit 4`,
      [calendar.id],
    )
  ).map(({ text }) => text);

type Fields = Record<string, string | string[]>;

/** Every other Monday from 8 March, as the editor sends it. */
const mondays = (starts: string, ends: string, action: string): Fields => ({
  'lines.0.days': '1',
  'lines.0.starts': starts,
  'lines.0.ends': ends,
  'lines.0.weeks': '2',
  'lines.0.weekAnchor': '2027-02-27',
  'lines.0.validFrom': '2027-02-27',
  'lines.1.weeks': 'every',
  action,
});

const dayOf = (page: StaffPage, date: string): string =>
  new RegExp(`data-date="${date}"[\\s\\S]*?</li>`)
    .exec(page.html)?.[0]
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ') ?? '';

describe('working hours', () => {
  it('are a draft first: patients see nothing, the editor shows what would be open and who would be outside', async () => {
    const before = await openings();
    const saved = await owner.post(`/en/hours/${calendar.id}`, mondays('13:00', '17:00', 'save'));
    expect(saved).toMatchObject({ status: 303, location: `/en/hours/${calendar.id}` });
    expect(await openings()).toEqual(before);
    const page = await owner.get(`/en/hours/${calendar.id}?week=2027-03-01`);
    expect(page.text).toContain('Draft');
    expect(dayOf(page, '2027-03-08')).toContain('13:00–17:00');
    expect(dayOf(page, '2027-03-01')).toContain('Not worked');
    expect(page.text).toContain('Mon 13:00–17:00, every 2nd week from 22 Feb 2027');
    expect(page.text).toContain('1 appointment outside the hours');
    expect(page.text).toContain('Ilze Agra');
  });

  it('that leave somebody outside are asked about before they are published', async () => {
    const asked = await owner.post(`/en/hours/${calendar.id}`, mondays('13:00', '17:00', 'publish'));
    expect(asked.status).toBe(303);
    expect(asked.location).toMatch(/^\/en\/changes\/[0-9a-f-]{36}$/);
    expect((await openings())[0]).toBe('03-01 09:00-12:00');
    const staff = { ...asStaff(calendar.clinicId, registrarMember), role: 'registrar' as const };
    const [visit] = await database.sql<{ id: string }>('select id from appointment');
    const id = asked.location?.split('/').at(-1) ?? '';
    const request = requestOf(staff, 'story', randomUUID(), id);
    await app.get(CarryOutChange).run({ actor: staff, id, decisions: { [visit?.id ?? '']: 'keep' }, request });
    expect(await openings()).toEqual([
      '03-08 13:00-17:00',
      '03-22 13:00-17:00',
      '04-05 13:00-17:00',
      '04-19 13:00-17:00',
    ]);
    expect(await database.sql('select status from appointment')).toEqual([{ status: 'booked' }]);
    const day = await registrar.get(`/en/calendar?branch=${branch.id}&day=2027-03-01`);
    expect(day.text).toContain('Outside working hours');
  });

  it('that are half, backwards or on top of each other are said in their row, with all that was typed', async () => {
    const wrong = await owner.post(`/en/hours/${calendar.id}`, {
      ...mondays('17:00', '13:00', 'publish'),
      'lines.1.days': ['2', '3'],
      'lines.1.starts': '09:00',
      'lines.1.ends': '17:00',
      'lines.1.pauseStarts': '18:00',
      'lines.1.pauseEnds': '19:00',
      'lines.2.starts': '09:00',
      'lines.2.ends': '10:00',
    });
    expect(wrong.status).toBe(422);
    expect(owner.field(wrong, 'lines.0.starts')).toBe('17:00');
    expect(wrong.text).toContain('The end must be after the start.');
    expect(wrong.text).toContain('The break must lie inside the hours.');
    expect(wrong.text).toContain('Tick at least one day.');
    expect(owner.field(wrong, 'lines.0.validFrom')).toBe('2027-02-27');
    const twice = await owner.post(`/en/hours/${calendar.id}`, {
      ...mondays('09:00', '13:00', 'save'),
      'lines.1.days': ['1'],
      'lines.1.starts': '12:00',
      'lines.1.ends': '14:00',
    });
    expect(twice.status).toBe(422);
    expect(twice.text).toContain('This overlaps other hours of the same day.');
  });

  it('take rows and lose them without a script, whatever is typed', async () => {
    const more = await owner.post(`/en/hours/${calendar.id}`, { ...mondays('9', '', 'add-line') });
    expect(more.status).toBe(200);
    expect(more.html).toContain('name="lines.2.starts"');
    const less = await owner.post(`/en/hours/${calendar.id}`, { ...mondays('13:00', '17:00', 'remove-line.1') });
    expect(less.html).not.toContain('name="lines.1.starts"');
    expect(owner.field(less, 'lines.0.starts')).toBe('13:00');
  });

  it('belong to their doctor: a colleague and an assistant read them only', async () => {
    for (const who of [colleague, assistant]) {
      expect((await who.get(`/en/hours/${calendar.id}`)).text).toContain('You can look but not change');
      expect((await who.post(`/en/hours/${calendar.id}`, mondays('08:00', '09:00', 'publish'))).status).toBe(403);
    }
  });
});

describe('a closure', () => {
  it('takes the times of its days, keeps the appointments and can be taken back', async () => {
    const before = await openings();
    const closed = await registrar.post('/en/closures', {
      scope: `branch:${branch.id}`,
      from: '2027-03-08',
      allDay: 'on',
      reason: 'Remonts',
    });
    expect(closed).toMatchObject({ status: 303, location: '/en/closures' });
    expect(await openings()).not.toContain(before[0]);
    const page = await registrar.get('/en/closures');
    expect(page.text).toContain('Remonts');
    expect(page.text).toContain('Entered by Ieva Reģistratore');
    const reopen = /action="([^"]*\/reopen)"/.exec(page.html)?.[1] ?? '';
    expect((await registrar.post(reopen, {})).status).toBe(303);
    expect(await openings()).toEqual(before);
  });

  it('of a part of a day needs its hours', async () => {
    const again = await registrar.post('/en/closures', { scope: 'clinic', from: '2027-03-08' });
    expect(again.status).toBe(422);
    expect(again.html).toContain('starts-error');
    const backwards = await registrar.post('/en/closures', {
      scope: 'clinic',
      from: '2027-03-08',
      to: '2027-03-07',
      allDay: 'on',
    });
    expect(backwards.html).toContain('to-error');
  });

  it('shows the public holidays that close every calendar', async () => {
    expect((await registrar.get('/en/days?year=2027')).text).toContain('Midsummer Eve');
  });

  it('is closed by a doctor for nobody but themselves', async () => {
    const day = { from: '2027-03-08', allDay: 'on' };
    expect((await colleague.post('/en/closures', { scope: 'clinic', ...day })).status).toBe(403);
    expect((await colleague.post('/en/closures', { scope: `resource:${calendar.resourceId}`, ...day })).status).toBe(
      403,
    );
    expect((await owner.post('/en/closures', { scope: `resource:${calendar.resourceId}`, ...day })).status).toBe(303);
  });
});

describe('what no form of ours sends', () => {
  it('is refused, and nothing breaks', async () => {
    const noId = '-'.repeat(36);
    const said: string[] = [];
    const sent = async (path: string, fields: Fields): Promise<void> => {
      const { status } = await registrar.post(path, fields);
      if (status < 400 || status >= 500) said.push(`${path} ${JSON.stringify(fields)}: ${status}`);
    };
    for (const from of ['2027-W10-1', '20270308', '2027-03', '2027-03-08T10:00:00Z', '9999-12-31', '+012027-03-08'])
      await sent('/en/closures', { scope: 'clinic', from, allDay: 'on' });
    for (const scope of [`branch:${noId}`, `resource:${noId}`])
      await sent('/en/closures', { scope, from: '2027-03-08', allDay: 'on' });
    for (const day of ['2027-W10-1', '2027-03-08T10:00:00Z']) {
      const typed = mondays('13:00', '17:00', 'publish');
      await sent(`/en/hours/${calendar.id}`, { ...typed, 'lines.0.validFrom': day });
    }
    const [visit] = await database.sql<{ id: string }>('select id from appointment');
    const key = { version: '1', idempotencyKey: randomUUID() };
    await sent(`/en/appointments/${visit?.id}/move`, { ...key, calendar: calendar.id, start: '2027-99-99T99:99:99Z' });
    await sent('/en/pending', { one: `confirm:${noId}:1`, idempotencyKey: randomUUID() });
    for (const slot of [
      `${noId}|${noId}|2027-03-08T10:00:00Z`,
      `${calendar.id}|${calendar.serviceId}|2027-99-99T99:99:99Z`,
    ])
      await sent('/en/book', {
        slot,
        'patient.givenName': 'Ilze',
        'patient.familyName': 'Agra',
        'patient.birthDate': '1980-01-01',
        phone: '+37121234567',
        idempotencyKey: randomUUID(),
      });
    expect(said).toEqual([]);
  });
});
