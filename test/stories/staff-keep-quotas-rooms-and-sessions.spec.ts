import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BookAppointment, CancelAppointment, HoldSlot, requestOf } from '#libs/appointments';
import { KeepSeats, RedoSharedDays, SweepHolds } from '#libs/calendars';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  anAccount,
  aPractitioner,
  aStaffMember,
  at,
  type Branch,
  type Calendar,
  type Clinic,
  type StaffMember,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:00:00Z');
const march = Array.from({ length: 5 }, (_, n): [string, string] => [
  `2027-03-0${n + 1}T09:00`,
  `2027-03-0${n + 1}T17:00`,
]);
const april: [string, string] = ['2027-04-05T09:00', '2027-04-05T17:00'];

let database: TestDatabase;
let app: RunningApp;
let clinic: Clinic;
let branch: Branch;
let staff: StaffMember;
let admin: StaffVisitor;
let registrar: StaffVisitor;
let stranger: StaffVisitor;
let people = 0;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database);
  branch = await aBranch(database, { clinic });
  app = await startApp('clinic', { clock });
  const enter = async (who: StaffMember): Promise<StaffVisitor> =>
    staffVisitor(app, who, await aCredential(database, who), clock);
  staff = await aStaffMember(database, { clinic });
  registrar = await enter(staff);
  admin = await enter(await aStaffMember(database, { clinic, role: 'admin' }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database), role: 'admin' }));
});

afterEach(async () => {
  const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
  await app.get(SweepHolds).run();
  await app.get(RedoSharedDays).run();
  expect(await audit({ query }, clock.now())).toEqual([]);
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const stateCalendar = async (wish: { minutes?: number; payer?: 'state' | 'paid' } = {}): Promise<Calendar> =>
  aCalendar(database, {
    branch,
    practitioner: await aPractitioner(database, { clinic, familyName: 'Agra' }),
    payer: 'state',
    gridMinutes: 30,
    open: [...march, april],
    now: clock.now().toString(),
    ...wish,
  });

const actor = () => ({
  kind: 'staff' as const,
  accountId: staff.accountId,
  staffMemberId: staff.id,
  clinicId: clinic.id,
  sessionId: randomUUID(),
  role: 'registrar' as const,
  practitionerId: null,
  practitionerIds: [],
  branchIds: null,
  name: 'Ieva',
});

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Books the calendar's service at a wall time for somebody new. @returns the appointment's id, or why not */
async function book(calendar: Calendar, time: string): Promise<string> {
  const account = await anAccount(database);
  const guest = { kind: 'guest' as const, accountId: account.id, sessionId: randomUUID() };
  people += 1;
  try {
    const { id } = await app.get(BookAppointment).run({
      actor: guest,
      slot: {
        calendarId: calendar.id,
        serviceId: calendar.serviceId,
        start: Temporal.Instant.from(at(calendar, time)),
      },
      patient: {
        givenName: 'Ilze',
        familyName: `Agra${letters[people % 26]}${letters[Math.floor(people / 26) % 26]}`,
        birthDate: Temporal.PlainDate.from('1950-01-01').add({ days: people }),
        language: 'lv',
      },
      contact: { email: account.email, phone: null },
      language: 'lv',
      termsVersion: null,
      origin: 'portal',
      request: requestOf(guest, 'story', randomUUID(), 'x'),
    });
    return id;
  } catch (error) {
    if (error instanceof Refusal) return error.details.why ?? error.code;
    throw error;
  }
}

const cancel = (id: string): Promise<unknown> =>
  app
    .get(CancelAppointment)
    .run({ actor: actor(), id, version: 1, request: requestOf(actor(), 'story', randomUUID(), id) });

const freeDays = async (calendar: Calendar): Promise<string[]> =>
  (
    await database.sql<{ day: string }>('select day::text from free_day where calendar_id = $1 order by day', [
      calendar.id,
    ])
  ).map(({ day }) => day);

/** Whether anything of a month can be found. */
const isOpen = async (calendar: Calendar, month: string): Promise<boolean> =>
  (await freeDays(calendar)).some((day) => day.startsWith(month));

const quotaFields = (calendar: Calendar, limits: Record<string, string>): Record<string, string> => ({
  practitioner: calendar.resourceId,
  service: '',
  from: '2027-03',
  to: '2027-03',
  ...limits,
});

const idIn = (page: StaffPage, path: string): string =>
  new RegExp(`/${path}/([0-9a-f-]{36})`).exec(page.html)?.[1] ?? '';

describe('a quota', () => {
  it('gives forty who ask at once exactly the five visits of its month; one cancels and one more fits', async () => {
    const calendar = await stateCalendar();
    expect((await admin.post('/en/quotas/new', quotaFields(calendar, { visitsAMonth: '5' }))).status).toBe(303);
    const times = Array.from({ length: 40 }, (_, n) => {
      const [day, half] = [1 + (n % 5), Math.floor(n / 5)];
      return `2027-03-0${day}T${String(9 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
    });
    const answers = await Promise.all(times.map((time) => book(calendar, time)));
    const booked = answers.filter((answer) => answer.includes('-') && answer.length === 36);
    expect(booked).toHaveLength(5);
    // On a slow machine one may wait too long for its turn; nobody gets a sixth visit.
    const others = answers.filter((answer) => !booked.includes(answer));
    expect(others.filter((answer) => answer !== 'quota-used' && answer !== 'in-progress')).toEqual([]);
    expect(await isOpen(calendar, '2027-03')).toBe(false);
    expect(await isOpen(calendar, '2027-04')).toBe(true);
    const page = await registrar.get('/en/quotas?month=2027-03');
    expect(page.text).toContain('5 visits of 5 visits used');
    expect(page.text).toContain('The quota is used up');
    await cancel(booked[0] ?? '');
    expect(await isOpen(calendar, '2027-03')).toBe(true);
    expect(await book(calendar, '2027-03-05T16:30')).toHaveLength(36);
  });

  it('is exact at its boundary, in hours and in money', async () => {
    const hours = await stateCalendar({ minutes: 45 });
    await admin.post('/en/quotas/new', quotaFields(hours, { hours: '1,5' }));
    expect(await book(hours, '2027-03-01T09:00')).toHaveLength(36);
    expect(await book(hours, '2027-03-02T09:00')).toHaveLength(36);
    expect(await book(hours, '2027-03-03T09:00')).toBe('quota-used');
    const money = await stateCalendar();
    await database.sql('update calendar_service set tariff_cents = 1234 where calendar_id = $1', [money.id]);
    await admin.post('/en/quotas/new', quotaFields(money, { money: '24.67' }));
    expect(await book(money, '2027-03-01T09:00')).toHaveLength(36);
    expect(await book(money, '2027-03-01T10:00')).toBe('quota-used');
    const id = await quotaOf(money);
    expect((await admin.post(`/en/quotas/${id}`, quotaFields(money, { money: '24.68' }))).status).toBe(303);
    expect(await book(money, '2027-03-01T10:00')).toHaveLength(36);
    expect(await isOpen(money, '2027-03')).toBe(false);
  });

  it('counts who is filling in the form, says so, and gives it back', async () => {
    const calendar = await stateCalendar();
    await admin.post('/en/quotas/new', quotaFields(calendar, { visitsAMonth: '1' }));
    await app.get(HoldSlot).run({
      actor: { kind: 'anonymous', sessionId: null },
      sessionId: null,
      addressIndex: null,
      calendarId: calendar.id,
      serviceId: calendar.serviceId,
      start: Temporal.Instant.from(at(calendar, '2027-03-01T09:00')),
    });
    expect(await isOpen(calendar, '2027-03')).toBe(false);
    expect((await registrar.get('/en/quotas?month=2027-03')).text).toContain('being booked now: 1 visit');
    expect(await book(calendar, '2027-03-02T09:00')).toBe('quota-used');
    clock.advance({ minutes: 30 });
    expect(await book(calendar, '2027-03-02T09:00')).toHaveLength(36);
  });

  it('may be taken away, and its months are open again at once', async () => {
    const calendar = await stateCalendar();
    await admin.post('/en/quotas/new', quotaFields(calendar, { visitsAMonth: '0' }));
    expect(await isOpen(calendar, '2027-03')).toBe(false);
    expect((await admin.post(`/en/quotas/${await quotaOf(calendar)}/remove`, {})).status).toBe(303);
    expect(await isOpen(calendar, '2027-03')).toBe(true);
  });

  it('says beside the field what cannot be, and is the clinic’s own', async () => {
    const calendar = await stateCalendar();
    const paid = await stateCalendar({ payer: 'paid' });
    const none = await admin.post('/en/quotas/new', quotaFields(calendar, {}));
    expect(none.html).toContain('hours-error');
    const backwards = await admin.post('/en/quotas/new', { ...quotaFields(calendar, { hours: '4' }), to: '2027-02' });
    expect(backwards.html).toContain('to-error');
    expect((await admin.post('/en/quotas/new', quotaFields(calendar, { hours: '4' }))).status).toBe(303);
    const twice = await admin.post('/en/quotas/new', quotaFields(calendar, { hours: '5' }));
    expect(twice.text).toContain('already have a quota in one of these months');
    expect((await admin.post('/en/quotas/new', quotaFields(paid, { hours: '5' }))).status).toBe(404);
    expect((await registrar.post('/en/quotas/new', quotaFields(calendar, { hours: '5' }))).status).toBe(403);
    const id = await quotaOf(calendar);
    expect((await stranger.get(`/en/quotas/${id}`)).status).toBe(404);
    expect((await stranger.post(`/en/quotas/${id}`, quotaFields(calendar, { hours: '9' }))).status).toBe(404);
    expect((await stranger.post(`/en/quotas/${id}/remove`, {})).status).toBe(404);
  });
});

const quotaOf = async (calendar: Calendar): Promise<string> =>
  (await database.sql<{ id: string }>('select id from quota where resource_id = $1', [calendar.resourceId]))[0]?.id ??
  '';

describe('a room', () => {
  it('is added and asked for by a service; without one of the kind nobody can book, and the page says so', async () => {
    const calendar = await stateCalendar({ payer: 'paid' });
    const room = {
      kind: 'device',
      name: 'Ultrasonogrāfs',
      branchId: branch.id,
      capability: 'ultrasound',
      active: 'on',
    };
    expect((await admin.post('/en/rooms/new', room)).status).toBe(303);
    expect((await admin.post('/en/rooms/new', room)).text).toContain('one of that name');
    const list = await admin.get('/en/rooms');
    expect(list.text).toContain('Ultrasonogrāfs');
    const needs = `/en/rooms/needs/${calendar.serviceId}`;
    expect((await admin.post(needs, { capabilities: ['ultrasound'] })).status).toBe(303);
    const booked = await book(calendar, '2027-03-01T09:00');
    const taken = await database.sql(`select from occupation where owner_id = $1`, [booked]);
    expect(taken).toHaveLength(2);

    const id = idIn(list, 'rooms');
    const off = await admin.post(`/en/rooms/${id}`, { ...room, active: '' });
    expect(off.text).toContain('Visits to come take it.');
    await cancel(booked);
    expect((await admin.post(`/en/rooms/${id}`, { ...room, active: '' })).status).toBe(303);
    expect(await book(calendar, '2027-03-01T09:00')).toBe('slot-taken');
    await app.get(RedoSharedDays).run();
    expect(await freeDays(calendar)).toEqual([]);
    expect((await admin.get('/en/rooms')).text).toContain('there is no “Ultrasound”');
    expect((await admin.post(needs, {})).status).toBe(303);
    await app.get(RedoSharedDays).run();
    expect(await freeDays(calendar)).not.toEqual([]);
  });

  it('has a calendar of its own, and is out of use with it', async () => {
    const { serviceId } = await stateCalendar({ payer: 'paid' });
    const room = {
      kind: 'room',
      name: 'Sāls istaba',
      branchId: branch.id,
      otherCapability: 'Sāls istaba',
      active: 'on',
    };
    await admin.post('/en/rooms/new', room);
    const [{ id } = { id: '' }] = await database.sql<{ id: string }>(
      `select id from resource where capability = 'sals-istaba'`,
    );
    const page = await registrar.get(`/en/calendars/new?resource=${id}`);
    const index = [...page.html.matchAll(/name="services\.(\d+)\.serviceId" value="([^"]*)"/g)].find(
      ([, , service]) => service === serviceId,
    )?.[1];
    const opened = await registrar.post('/en/calendars/new', {
      resource: id,
      places: `${branch.id}|paid`,
      [`services.${index}.serviceId`]: serviceId,
      [`services.${index}.isOffered`]: 'on',
      [`services.${index}.minutes`]: '30',
      [`services.${index}.paidPrice`]: '20',
      'rules.confirmation': 'automatic',
      'rules.minimumNoticeMinutes': '60',
      'rules.horizonDays': '90',
      'rules.lateCancelHours': '24',
      'rules.answerWithinHours': '24',
    });
    expect(opened.status).toBe(303);
    await database.sql(`update calendar set published = true, published_until = '2027-05-01' where resource_id = $1`, [
      id,
    ]);
    const { otherCapability: _, ...same } = room;
    const off = await admin.post(`/en/rooms/${id}`, { ...same, capability: 'sals-istaba', active: '' });
    expect(off.status).toBe(303);
    expect(await database.sql('select published from calendar where resource_id = $1', [id])).toEqual([
      { published: false },
    ]);
    await admin.post(`/en/rooms/${id}`, { ...same, capability: 'sals-istaba' });
    expect(await database.sql('select published from calendar where resource_id = $1', [id])).toEqual([
      { published: true },
    ]);
  });

  it('is its clinic’s own, and its admin’s to change', async () => {
    const id = idIn(await admin.get('/en/rooms'), 'rooms');
    const room = { kind: 'room', name: 'Mans', branchId: branch.id, active: 'on' };
    expect((await stranger.get(`/en/rooms/${id}`)).status).toBe(404);
    expect((await stranger.post(`/en/rooms/${id}`, room)).status).toBe(404);
    expect((await registrar.post(`/en/rooms/${id}`, room)).status).toBe(403);
    expect((await stranger.get('/en/rooms')).text).not.toContain('Ultrasonogrāfs');
  });
});

describe('a session', () => {
  const plan = (
    calendar: Calendar,
    more: Record<string, string | string[]> = {},
  ): Record<string, string | string[]> => ({
    service: `${calendar.id}|${calendar.serviceId}`,
    from: '2027-03-01',
    to: '2027-03-07',
    weekdays: ['1', '3'],
    starts: '10:00',
    ends: '11:00',
    every: '30',
    seats: '8',
    ...more,
  });
  const line = async (): Promise<Calendar> => {
    const calendar = await stateCalendar({ payer: 'paid' });
    await database.sql('update calendar_service set by_session = true where calendar_id = $1', [calendar.id]);
    await database.sql('delete from free_day where calendar_id = $1', [calendar.id]);
    return calendar;
  };
  const sessions = (calendar: Calendar): Promise<{ id: string; start: string; seats: number }[]> =>
    database.sql(
      `select id, to_char(starts_at at time zone 'Europe/Riga', 'MM-DD HH24:MI') as start, seats from group_session
        where calendar_id = $1 order by starts_at`,
      [calendar.id],
    );

  it('is planned by days and times, and forty who want the same have its eight seats', async () => {
    const calendar = await line();
    const planned = await registrar.post('/en/sessions/new', plan(calendar));
    expect(planned.status).toBe(303);
    const rows = await sessions(calendar);
    expect(rows.map(({ start }) => start)).toEqual(['03-01 10:00', '03-01 10:30', '03-03 10:00', '03-03 10:30']);
    const answers = await Promise.all(Array.from({ length: 40 }, () => book(calendar, '2027-03-01T10:00')));
    const booked = answers.filter((answer) => answer.length === 36);
    expect(booked).toHaveLength(8);
    const list = await registrar.get(`/en/sessions?calendar=${calendar.id}&from=2027-03-01`);
    expect(list.text).toContain('8 of 8 seats taken Full');
    const page = await registrar.get(`/en/sessions/${rows[0]?.id}`);
    expect(page.html.match(/<li><a href="[^"]*\/appointments\//g)).toHaveLength(8);

    await cancel(booked[2] ?? '');
    const fewer = await registrar.post(`/en/sessions/${rows[0]?.id}/seats`, { seats: '6' });
    expect(fewer.text).toContain('More seats than that are taken.');
    expect((await registrar.post(`/en/sessions/${rows[0]?.id}/seats`, { seats: '7' })).status).toBe(303);
    expect(await book(calendar, '2027-03-01T10:00')).toBe('slot-taken');
    await app.get(KeepSeats).run({ actor: actor(), sessionId: rows[0]?.id ?? '', seats: 9 });
    expect(await book(calendar, '2027-03-01T10:00')).toHaveLength(36);
  });

  it('has its seats booked by the desk for a caller', async () => {
    const calendar = await line();
    await registrar.post('/en/sessions/new', plan(calendar, { seats: '1' }));
    const [first] = await sessions(calendar);
    expect((await registrar.get(`/en/sessions/${first?.id}`)).text).toContain('Book a patient');
    const caller = (familyName: string): Record<string, string> => ({
      slot: `${calendar.id}|${calendar.serviceId}|${at(calendar, '2027-03-01T10:00')}`,
      'patient.givenName': 'Ilze',
      'patient.familyName': familyName,
      'patient.birthDate': '1961-04-05',
      'patient.language': 'lv',
      phone: '+37121234567',
      idempotencyKey: randomUUID(),
    });
    expect((await registrar.post('/en/book', caller('Zvana'))).status).toBe(303);
    const page = await registrar.get(`/en/sessions/${first?.id}`);
    expect(page.text).toContain('1 of 1 seat taken');
    expect(page.text).toContain('Ilze Zvana');
    expect((await registrar.post('/en/book', caller('Klusa'))).status).toBe(422);
  });

  it('is left out where the hours are closed or the time is taken, and the page names it', async () => {
    const calendar = await line();
    await registrar.post('/en/sessions/new', plan(calendar));
    const again = await registrar.post('/en/sessions/new', plan(calendar, { ends: '12:00', weekdays: ['1', '7'] }));
    expect(again.status).toBe(200);
    expect(again.text).toContain('2 sessions are planned.');
    expect(again.text).toContain('Mon 1 Mar, 10:00: the time is taken');
    expect(again.text).toContain('Sun 7 Mar, 10:00: outside the working hours');
    expect(await sessions(calendar)).toHaveLength(6);
  });

  it('is not called off while somebody has a seat in it', async () => {
    const calendar = await line();
    await registrar.post('/en/sessions/new', plan(calendar));
    const [first] = await sessions(calendar);
    const booked = await book(calendar, '2027-03-01T10:00');
    const asked = await registrar.post(`/en/sessions/${first?.id}/cancel`, {});
    expect(asked.location).toBe(`/en/sessions/${first?.id}`);
    expect(await sessions(calendar)).toHaveLength(4);
    await cancel(booked);
    expect((await registrar.post(`/en/sessions/${first?.id}/cancel`, {})).location).toBe('/en/sessions');
    expect(await sessions(calendar)).toHaveLength(3);
    expect(await database.sql('select from occupation where owner_id = $1', [first?.id])).toEqual([]);
  });

  it('cannot be booked when its hours were closed, and says so', async () => {
    const calendar = await line();
    await registrar.post('/en/sessions/new', plan(calendar));
    const [first] = await sessions(calendar);
    await database.sql('delete from opening where calendar_id = $1', [calendar.id]);
    await database.sql('delete from free_day where calendar_id = $1', [calendar.id]);
    expect(await book(calendar, '2027-03-01T10:00')).toBe('outside-hours');
    expect((await registrar.get(`/en/sessions/${first?.id}`)).text).toContain('outside the published hours');
  });

  it('takes a room too where its service needs one', async () => {
    const calendar = await line();
    const room = { kind: 'room', name: 'Zāle', branchId: branch.id, capability: 'physiotherapy', active: 'on' };
    await admin.post('/en/rooms/new', room);
    await admin.post(`/en/rooms/needs/${calendar.serviceId}`, { capabilities: ['physiotherapy'] });
    expect((await registrar.post('/en/sessions/new', plan(calendar))).status).toBe(303);
    const [first] = await sessions(calendar);
    expect(await database.sql('select from occupation where owner_id = $1', [first?.id])).toHaveLength(2);
    expect(await book(calendar, '2027-03-01T10:00')).toHaveLength(36);
    expect(await book(calendar, '2027-03-01T10:00')).toHaveLength(36);
  });

  it('is its clinic’s own', async () => {
    const calendar = await line();
    await registrar.post('/en/sessions/new', plan(calendar));
    const [first] = await sessions(calendar);
    expect((await stranger.get(`/en/sessions/${first?.id}`)).status).toBe(404);
    expect((await stranger.post(`/en/sessions/${first?.id}/cancel`, {})).status).toBe(404);
    expect((await stranger.post(`/en/sessions/${first?.id}/seats`, { seats: '20' })).status).toBe(404);
    expect((await stranger.post('/en/sessions/new', plan(calendar))).status).toBe(422);
  });
});
