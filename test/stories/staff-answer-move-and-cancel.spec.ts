import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aStaffMember,
  at,
  type Branch,
  type Calendar,
} from '../support/builders.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:00:00Z');
const day = '2027-03-01';
const morning: [string, string] = [`${day}T09:00`, `${day}T13:00`];

let database: TestDatabase;
let app: RunningApp;
let branch: Branch;
let state: Calendar;
let paid: Calendar;
let colleague: Calendar;
let registrar: StaffVisitor;
let doctor: StaffVisitor;
let assistant: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Liepu klīnika' });
  branch = await aBranch(database, { clinic });
  const anna = await aPractitioner(database, { clinic });
  const boris = await aPractitioner(database, { clinic });
  const now = clock.now().toString();
  state = await aCalendar(database, {
    branch,
    practitioner: anna,
    payer: 'state',
    confirmation: 'manual',
    open: [morning],
    now,
  });
  paid = await aCalendar(database, {
    branch,
    practitioner: anna,
    payer: 'paid',
    open: [[`${day}T14:00`, `${day}T17:00`]],
    now,
  });
  colleague = await aCalendar(database, { branch, practitioner: boris, payer: 'state', open: [morning], now });
  // The colleague gives the same service, so that visits may move between the two.
  await database.sql(
    'insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents) values ($1, $2, $3, 30, 0)',
    [colleague.id, state.serviceId, clinic.id],
  );
  app = await startApp('clinic', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  registrar = await enter(await aStaffMember(database, { clinic, name: 'Ieva' }));
  doctor = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner: boris }));
  assistant = await enter(await aStaffMember(database, { clinic, role: 'assistant', assists: [boris] }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database, { name: 'Cita klīnika' }) }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

/** A booking from the portal: pending in the state calendar, booked in the others. */
const booked = async (calendar: Calendar, time: string, familyName = 'Bērziņa'): Promise<string> =>
  (await aBooking(app, database, calendar, `${day}T${time}`, { familyName })).id;

const stateOf = async (id: string): Promise<Record<string, unknown>> => {
  const [row] = await database.sql(
    `select a.status, to_char(a.starts_at at time zone a.zone, 'HH24:MI') as at, a.version, a.cancel_reason, a.calendar_id
       from appointment a where id = $1`,
    [id],
  );
  return row ?? {};
};

const drop = (
  who: StaffVisitor,
  id: string,
  to: { time: string; column: Calendar; version?: number },
  key: string = randomUUID(),
) =>
  who.api(
    `/api/calendar/appointments/${id}/move`,
    { version: to.version ?? 1, resourceId: to.column.resourceId, start: `${day}T${to.time}` },
    { 'idempotency-key': key },
  );

describe('the staff app', () => {
  it('lets nobody in without both factors, and leads them back to where they were going', async () => {
    const page = await fetch(`${app.url}/en/calendar?day=${day}`, { redirect: 'manual' });
    expect(page.headers.get('location')).toBe(`/en/sign-in?returnTo=${encodeURIComponent(`/en/calendar?day=${day}`)}`);
    const data = await fetch(`${app.url}/api/calendar/day`, { headers: { accept: 'application/json' } });
    expect(data.status).toBe(401);
    expect((await fetch(`${app.url}/en/pending`, { method: 'POST', redirect: 'manual' })).status).toBe(401);
  });

  it('shows the day as lists, with payer and portal in words', async () => {
    const id = await booked(state, '09:00', 'Ābele');
    const page = await registrar.get(`/en/calendar?branch=${branch.id}&day=${day}`);
    expect(page.text).toContain('09:00–09:30 Ilze Ābele Konsultācija State-paid Awaiting confirmation Portal');
    const { json } = await registrar.api(`/api/calendar/day?branch=${branch.id}&day=${day}`);
    expect(json['visits']).toContainEqual(
      expect.objectContaining({ id, start: `${day}T09:00`, isPortal: true, status: 'pending' }),
    );
  });

  it('shows a day as far away as one can be asked for', async () => {
    for (const far of ['1900-01-01', '2199-12-31'])
      expect((await registrar.get(`/en/calendar?branch=${branch.id}&day=${far}`)).status).toBe(200);
  });

  it('tells a waiting calendar that something changed, and only then', async () => {
    const version = async () =>
      (await registrar.api(`/api/calendar/version?branch=${branch.id}&day=${day}`)).json['version'];
    const before = await version();
    expect(await version()).toBe(before);
    await booked(colleague, '12:30', 'Jauna');
    expect(await version()).not.toBe(before);
  });

  it('writes down who looked at a patient and why', async () => {
    const id = await booked(paid, '14:00', 'Lūsis');
    const page = await registrar.get(`/en/appointments/${id}`);
    expect(page.text).toContain('Ilze Lūsis');
    const looks = await database.sql('select action, purpose from access_log where appointment_id = $1', [id]);
    expect(looks).toEqual([{ action: 'patient-card', purpose: 'booking' }]);
  });
});

describe('somebody who works at two clinics', () => {
  it('chooses one after signing in, sees only that one, and may change', async () => {
    const [oak, elm] = [
      await aClinic(database, { name: 'Ozola klīnika' }),
      await aClinic(database, { name: 'Gobas klīnika' }),
    ];
    const first = await aStaffMember(database, { clinic: oak });
    await database.sql(
      `insert into staff_member (account_id, clinic_id, role, display_name, active_from) values ($1, $2, 'registrar', 'Ieva', '2026-01-01')`,
      [first.accountId, elm.id],
    );
    const both = await staffVisitor(app, first, await aCredential(database, first), clock);
    const choice = await both.get('/en/workplace');
    expect(choice.text).toContain('Gobas klīnika registrar');
    const [, gobas] = /value="([0-9a-f-]{36})"[^>]*><span><strong>Gobas/.exec(choice.html) ?? [];
    const chosen = await both.post('/en/workplace', { workplace: gobas ?? '' });
    expect(chosen).toMatchObject({ status: 303, location: '/en/calendar' });
    expect((await both.get('/en/pending', `pieraksts-workplace=${gobas}`)).text).toContain('Gobas klīnika');
    expect((await both.get('/en/pending')).text).toContain('Ozola klīnika');
    expect((await both.post('/en/workplace', { workplace: randomUUID() })).status).toBe(404);
    expect((await registrar.get('/en/pending', `pieraksts-workplace=${gobas}`)).text).toContain('Liepu klīnika');
    expect((await registrar.get('/en/pending', `pieraksts-workplace=${'-'.repeat(36)}`)).status).toBe(200);
  });
});

describe('somebody of another clinic', () => {
  it('finds nothing, whatever address they try', async () => {
    const id = await booked(paid, '14:30', 'Sveša');
    const form = { version: '1', idempotencyKey: randomUUID(), reason: 'other', calendar: paid.id, day, time: '15:00' };
    for (const path of [
      `/en/appointments/${id}`,
      `/en/appointments/${id}/cancel`,
      `/en/appointments/${id}/move`,
      `/en/hours/${paid.id}`,
    ])
      expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
    for (const path of ['confirm', 'reject', 'cancel', 'move'])
      expect((await stranger.post(`/en/appointments/${id}/${path}`, form)).status).toBeGreaterThanOrEqual(400);
    expect((await stranger.api(`/api/calendar/day?branch=${branch.id}&day=${day}`)).status).toBe(404);
    expect((await drop(stranger, id, { time: '15:00', column: paid })).status).toBe(404);
    expect(await stateOf(id)).toMatchObject({ status: 'booked', at: '14:30', version: 1 });
  });
});

describe('requests that wait', () => {
  it('are confirmed one by one', async () => {
    const id = await booked(state, '09:30', 'Kļava');
    const list = await registrar.get('/en/pending');
    expect(list.text).toContain('Ilze Kļava');
    const answer = await registrar.post('/en/pending', { one: `confirm:${id}:1`, idempotencyKey: randomUUID() });
    expect(answer).toMatchObject({ status: 303, location: '/en/pending' });
    expect(await stateOf(id)).toMatchObject({ status: 'booked', version: 2 });
  });

  it('are rejected many at once, each for itself: one that has changed meanwhile is said and stays', async () => {
    const first = await booked(state, '10:00', 'Osis');
    const second = await booked(state, '10:30', 'Zars');
    const answer = await registrar.post('/en/pending', {
      decision: 'reject',
      chosen: [`${first}:1`, `${second}:7`],
      reason: 'clinic-closed',
      note: 'Remonts',
      idempotencyKey: randomUUID(),
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/Ilze Osis, [^:]*:00\s*: rejected/);
    expect(await stateOf(first)).toMatchObject({ status: 'cancelled', cancel_reason: 'clinic-closed' });
    expect(await stateOf(second)).toMatchObject({ status: 'pending', version: 1 });
  });

  it('are answered by a doctor only for themselves', async () => {
    const id = await booked(state, '11:00', 'Cita');
    const answer = await doctor.post(`/en/appointments/${id}/confirm`, { version: '1', idempotencyKey: randomUUID() });
    expect(answer.status).toBe(403);
    expect(await stateOf(id)).toMatchObject({ status: 'pending' });
  });
});

describe('an appointment that is dragged', () => {
  it('moves to another time and another doctor who gives the service for the same payer', async () => {
    const id = await booked(state, '11:30', 'Vilks');
    await registrar.post(`/en/appointments/${id}/confirm`, { version: '1', idempotencyKey: randomUUID() });
    const later = await drop(registrar, id, { time: '12:00', column: state, version: 2 });
    expect(later).toMatchObject({ status: 200, json: { version: 3 } });
    const other = await drop(registrar, id, { time: '09:00', column: colleague, version: 3 });
    expect(other.status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ at: '09:00', calendar_id: colleague.id, version: 4 });
  });

  it('is moved once however often the same drop is sent', async () => {
    const id = await booked(paid, '15:00', 'Atkārta');
    const key = randomUUID();
    const [one, two] = [
      await drop(registrar, id, { time: '15:30', column: paid }, key),
      await drop(registrar, id, { time: '15:30', column: paid }, key),
    ];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(await stateOf(id)).toMatchObject({ at: '15:30', version: 2 });
  });

  it('stays where it is when the time is taken, outside the hours, for another payer or changed by a colleague', async () => {
    const id = await booked(paid, '16:00', 'Stabils');
    await booked(paid, '16:30', 'Kaimiņš');
    const refusals = [
      await drop(registrar, id, { time: '16:30', column: paid }),
      await drop(registrar, id, { time: '19:00', column: paid }),
      await drop(registrar, id, { time: '09:00', column: colleague }),
      await drop(registrar, id, { time: '15:00', column: paid, version: 9 }),
    ];
    expect(refusals.map(({ json }) => json['code'])).toEqual([
      'slot-taken',
      'not-bookable',
      'other-payer',
      'state-changed',
    ]);
    expect(await stateOf(id)).toMatchObject({ at: '16:00', version: 1 });
  });

  it('needs a key, and nothing that is not a time', async () => {
    const id = await booked(colleague, '09:30', 'Atslēga');
    const path = `/api/calendar/appointments/${id}/move`;
    const body = { version: 1, resourceId: colleague.resourceId, start: `${day}T10:00` };
    expect((await registrar.api(path, body)).json['code']).toBe('idempotency-key-missing');
    for (const start of [`${day}T25:00`, '2027-02-30T10:00', 'x', 7])
      expect((await registrar.api(path, { ...body, start }, { 'idempotency-key': randomUUID() })).status).toBe(400);
  });
});

describe('without a mouse', () => {
  it('an appointment is moved to a listed time', async () => {
    const id = await booked(colleague, '10:00', 'Pele');
    const page = await registrar.get(`/en/appointments/${id}/move`);
    const start = at(colleague, `${day}T11:00`);
    expect(page.html).toContain(`value="${start}"`);
    const fields = { version: '1', calendar: colleague.id, idempotencyKey: registrar.field(page, 'idempotencyKey') };
    const moved = await registrar.post(`/en/appointments/${id}/move`, { ...fields, start });
    expect(moved).toMatchObject({ status: 303, location: `/en/calendar?branch=${branch.id}&day=${day}` });
    expect(await stateOf(id)).toMatchObject({ at: '11:00' });
  });

  it('a time that cannot be had is said beside the field, and what was typed stays', async () => {
    const id = await booked(colleague, '11:30', 'Lauks');
    const fields = { version: '1', calendar: colleague.id, idempotencyKey: randomUUID(), day, time: '20:00' };
    const again = await registrar.post(`/en/appointments/${id}/move`, fields);
    expect(again.status).toBe(422);
    expect(registrar.field(again, 'time')).toBe('20:00');
    expect(again.html).toContain('aria-describedby="time-error"');
  });

  it('is cancelled with a reason, and its time is free', async () => {
    const id = await booked(colleague, '12:00', 'Prom');
    const page = await assistant.get(`/en/appointments/${id}/cancel`);
    const key = assistant.field(page, 'idempotencyKey');
    const unreasoned = await assistant.post(`/en/appointments/${id}/cancel`, { version: '1', idempotencyKey: key });
    expect(unreasoned.status).toBe(422);
    const done = await assistant.post(`/en/appointments/${id}/cancel`, {
      version: '1',
      idempotencyKey: key,
      reason: 'patient-ill',
      note: 'Zvanīja',
    });
    expect(done.status).toBe(303);
    expect(await stateOf(id)).toMatchObject({ status: 'cancelled', cancel_reason: 'patient-ill' });
    await expect(booked(colleague, '12:00', 'Nākamā')).resolves.toBeTruthy();
  });
});
