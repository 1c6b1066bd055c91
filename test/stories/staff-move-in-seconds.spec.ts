import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
import { aBooking, type Booked } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase, theTenSecondsPass } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:00:00Z');
const monday = '2027-03-01';
const days = Array.from({ length: 26 }, (_, n) => Temporal.PlainDate.from(monday).add({ days: n }).toString());

let database: TestDatabase;
let app: RunningApp;
let worker: RunningApp;
let mail: SmtpCatcher;
let branch: Branch;
let other: Branch;
let anna: Calendar;
let annaPaid: Calendar;
let boris: Calendar;
let borisElsewhere: Calendar;
let manual: Calendar;
let clara: Calendar;
let registrar: StaffVisitor;
let colleague: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  await prepareEnvironment({ database, smtpUrl: mail.url });
  const clinic = await aClinic(database, { name: 'Liepu klīnika' });
  branch = await aBranch(database, { clinic });
  other = await aBranch(database, { clinic });
  const now = clock.now().toString();
  const open = days.map((day): [string, string] => [`${day}T09:00`, `${day}T13:00`]);
  const people = { anna: await aPractitioner(database, { clinic }), boris: await aPractitioner(database, { clinic }) };
  anna = await aCalendar(database, { branch, practitioner: people.anna, payer: 'state', open, now });
  annaPaid = await aCalendar(database, {
    branch,
    practitioner: people.anna,
    payer: 'paid',
    open: [[`${monday}T14:00`, `${monday}T17:00`]],
    now,
  });
  boris = await aCalendar(database, { branch, practitioner: people.boris, payer: 'state', open, now });
  borisElsewhere = await aCalendar(database, {
    branch: other,
    practitioner: people.boris,
    payer: 'state',
    open: days.map((day): [string, string] => [`${day}T15:00`, `${day}T18:00`]),
    now,
  });
  manual = await aCalendar(database, {
    branch,
    practitioner: await aPractitioner(database, { clinic }),
    payer: 'state',
    confirmation: 'manual',
    open,
    now,
  });
  // Somebody who gives another service.
  clara = await aCalendar(database, {
    branch,
    practitioner: await aPractitioner(database, { clinic }),
    payer: 'state',
    open,
    now,
  });
  for (const { id } of [boris, borisElsewhere])
    await database.sql(
      'insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents) values ($1, $2, $3, 30, 0)',
      [id, anna.serviceId, clinic.id],
    );
  app = await startApp('clinic', { clock });
  worker = await startApp('worker', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  registrar = await enter(await aStaffMember(database, { clinic, name: 'Ieva' }));
  colleague = await enter(await aStaffMember(database, { clinic, name: 'Aija' }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database, { name: 'Cita klīnika' }) }));
});

afterAll(async () => {
  await worker?.stop();
  await app?.stop();
  await mail?.stop();
  await database?.drop();
});

const booked = (calendar: Calendar, when: string, familyName = 'Bērziņa'): Promise<Booked> =>
  aBooking(app, database, calendar, when, { familyName });

const stateOf = async (id: string): Promise<Record<string, unknown>> => {
  const [row] = await database.sql(
    `select status, version, calendar_id, to_char(starts_at at time zone zone, 'YYYY-MM-DD"T"HH24:MI') as at,
            extract(epoch from ends_at - starts_at)::integer / 60 as minutes
       from appointment where id = $1`,
    [id],
  );
  return row ?? {};
};

const historyOf = async (id: string): Promise<string[]> =>
  (
    await database.sql<{ line: string }>(
      `select concat_ws(' ', kind, untold_why) as line from appointment_event where appointment_id = $1 order by version`,
      [id],
    )
  ).map(({ line }) => line);

const drop = (
  who: StaffVisitor,
  id: string,
  to: { start: string; column: Calendar; version?: number; minutes?: number; untold?: string; branchId?: string },
  key: string = randomUUID(),
) => {
  const { start, column, version = 1, ...more } = to;
  const body = { version, resourceId: column.resourceId, start, ...more };
  return who.api(`/api/calendar/appointments/${id}/move`, body, { 'idempotency-key': key });
};

const takeBack = (who: StaffVisitor, id: string, version: number, key: string = randomUUID()) =>
  who.api(`/api/calendar/appointments/${id}/undo`, { version }, { 'idempotency-key': key });

/** Waits until everything that is due was told; nothing more comes then. */
async function allIsTold(): Promise<void> {
  await theTenSecondsPass(database);
  for (let waited = 0; waited < 40_000; waited += 50) {
    const waiting =
      await database.sql(`select from jobs.job where state in ('created', 'retry', 'active') and name like 'appointment%'
      union all select from notice where state not in ('sent', 'failed', 'dropped') limit 1`);
    if (waiting.length === 0) return;
    await sleep(50);
  }
  throw new Error('not everything was told within 40 s');
}

const subjectsTo = ({ email }: Booked): number => mail.letters.filter(({ to }) => to.includes(email)).length;

/** The page that a post leads to, with the message that it left. */
async function followed(who: StaffVisitor, path: string, fields: Record<string, string | readonly string[]>) {
  const answer = await fetch(app.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: who.cookie, accept: 'text/html' },
    body: new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
    ),
  });
  const told = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return who.get(answer.headers.get('location') ?? path, told);
}

const key = (): string => randomUUID();
const hidden = (page: StaffPage, name: string): string[] =>
  [...page.html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => value);

describe('a visit that staff moved by hand', () => {
  it('goes back within ten seconds, and the patient never hears of it', async () => {
    const visit = await booked(anna, `${monday}T09:00`, 'Vilka');
    await allIsTold();
    const before = subjectsTo(visit);
    const moved = await drop(registrar, visit.id, { start: `${days[1]}T10:00`, column: boris });
    expect(moved).toMatchObject({ status: 200, json: { version: 2, undoSeconds: 10 } });
    clock.advance({ seconds: 8 });
    const undone = await takeBack(registrar, visit.id, 2);
    expect(undone.status).toBe(200);
    expect(undone.json['message']).toContain('Ilze Vilka. Undone: the visit is back at Mon 1 Mar, 09:00');
    expect(await stateOf(visit.id)).toMatchObject({ at: `${monday}T09:00`, calendar_id: anna.id, version: 3 });
    await allIsTold();
    expect(subjectsTo(visit)).toBe(before);
    expect(await historyOf(visit.id)).toEqual(['booked', 'moved', 'undone']);
  });

  it('is told after ten seconds, and stays: the desk reads what to do instead', async () => {
    const visit = await booked(anna, `${days[1]}T09:00`);
    await allIsTold();
    const before = subjectsTo(visit);
    await drop(registrar, visit.id, { start: `${days[1]}T11:00`, column: anna });
    clock.advance({ seconds: 11 });
    const late = await takeBack(registrar, visit.id, 2);
    expect(late).toMatchObject({ status: 410, json: { code: 'too-late' } });
    expect(late.json['detail']).toContain('The ten seconds have passed');
    expect(await stateOf(visit.id)).toMatchObject({ at: `${days[1]}T11:00`, version: 2 });
    await allIsTold();
    expect(subjectsTo(visit)).toBe(before + 1);
  });

  it('stays where it is when its old time was taken meanwhile, and says so', async () => {
    const visit = await booked(anna, `${days[2]}T09:00`);
    await drop(registrar, visit.id, { start: `${days[2]}T10:00`, column: anna });
    await booked(anna, `${days[2]}T09:00`, 'Jauna');
    const undone = await takeBack(registrar, visit.id, 2);
    expect(undone).toMatchObject({ status: 409, json: { code: 'slot-taken' } });
    expect(undone.json['detail']).toContain('This time is already taken');
    expect(await stateOf(visit.id)).toMatchObject({ at: `${days[2]}T10:00`, version: 2 });
  });

  it('is undone once, however often it is asked and by whom', async () => {
    const visit = await booked(anna, `${days[3]}T09:00`);
    await drop(registrar, visit.id, { start: `${days[3]}T10:00`, column: anna });
    const same = key();
    const answers = await Promise.all([
      takeBack(registrar, visit.id, 2, same),
      takeBack(registrar, visit.id, 2, same),
      takeBack(colleague, visit.id, 2),
    ]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
    expect((await historyOf(visit.id)).filter((line) => line === 'undone')).toHaveLength(1);
    expect(await stateOf(visit.id)).toMatchObject({ at: `${days[3]}T09:00`, version: 3 });
    expect((await takeBack(registrar, visit.id, 2, same)).status).toBe(200);
  });

  it('is moved by one of two who drag it at once, and the other reads why', async () => {
    const visit = await booked(anna, `${days[4]}T09:00`);
    const answers = await Promise.all([
      drop(registrar, visit.id, { start: `${days[4]}T10:00`, column: anna }),
      drop(colleague, visit.id, { start: `${days[4]}T11:00`, column: anna }),
    ]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const [refused] = answers.filter(({ status }) => status === 409);
    expect(refused?.json['code']).toBe('state-changed');
    expect(refused?.json['detail']).toMatch(/(Ieva|Aija) moved it/);
  });

  it('is refused in words for the desk, never for a patient', async () => {
    const visit = await booked(anna, `${days[5]}T09:00`);
    await booked(anna, `${days[5]}T10:00`, 'Otra');
    const answers = [
      await drop(registrar, visit.id, { start: `${days[5]}T10:00`, column: anna }),
      await drop(registrar, visit.id, { start: `${days[5]}T20:00`, column: anna }),
      await drop(registrar, visit.id, { start: '2027-02-01T10:00', column: anna }),
      await drop(registrar, visit.id, { start: `${days[5]}T10:00`, column: clara }),
    ].map(({ json }) => String(json['detail']));
    expect(answers).toEqual([
      expect.stringContaining('already taken'),
      expect.stringContaining('outside the working hours'),
      expect.stringContaining('already passed'),
      expect.stringContaining('not provided there'),
    ]);
    expect(answers.join(' ')).not.toMatch(/your booking|call the clinic/i);
    const paid = await drop(registrar, (await booked(annaPaid, `${monday}T14:00`)).id, {
      start: `${days[5]}T10:00`,
      column: boris,
    });
    expect(paid).toMatchObject({ status: 422, json: { code: 'other-payer' } });
    expect(paid.json['detail']).toContain('no calendar with the same payer');
  });

  it('goes to another branch of the clinic, by the clock there', async () => {
    const visit = await booked(boris, `${days[6]}T09:00`);
    const refused = await drop(registrar, visit.id, { start: `${days[6]}T15:30`, column: boris, branchId: other.id });
    expect(refused.json['detail']).toContain('not provided there');
    const moving = await booked(anna, `${days[6]}T09:30`);
    const moved = await drop(registrar, moving.id, { start: `${days[6]}T16:00`, column: boris, branchId: other.id });
    expect(moved.status).toBe(200);
    expect(await stateOf(moving.id)).toMatchObject({ at: `${days[6]}T16:00`, calendar_id: borisElsewhere.id });
  });

  it('does not exist for another clinic', async () => {
    const visit = await booked(anna, `${days[7]}T09:00`);
    expect((await drop(stranger, visit.id, { start: `${days[7]}T10:00`, column: anna })).status).toBe(404);
    await drop(registrar, visit.id, { start: `${days[7]}T10:00`, column: anna });
    expect((await takeBack(stranger, visit.id, 2)).status).toBe(404);
    const form = { version: '2', idempotencyKey: key() };
    expect((await stranger.post(`/en/appointments/${visit.id}/undo`, form)).status).toBe(404);
    const page = await stranger.get(`/en/several?ids=${visit.id}`);
    expect(page.text).not.toContain('Ilze');
    expect(page.text).toContain('1 of the chosen is not yours to change');
    const changed = await stranger.post('/en/several', {
      what: 'cancel',
      chosen: `${visit.id}:2`,
      idempotencyKey: key(),
    });
    expect(changed.text).toContain('There is no such visit at your clinic');
    expect(await stateOf(visit.id)).toMatchObject({ status: 'booked', version: 2 });
  });
});

describe('the length of a visit', () => {
  it('is drawn longer in the grid, keeps through a move, and is said everywhere', async () => {
    const visit = await booked(anna, `${days[8]}T09:00`, 'Garā');
    const longer = await drop(registrar, visit.id, { start: `${days[8]}T09:00`, column: anna, minutes: 60 });
    expect(longer.status).toBe(200);
    expect(longer.json['message']).toContain('Ilze Garā: now 09:00–10:00');
    expect(await stateOf(visit.id)).toMatchObject({ minutes: 60 });
    await drop(registrar, visit.id, { start: `${days[8]}T10:30`, column: anna, version: 2 });
    expect(await stateOf(visit.id)).toMatchObject({ minutes: 60, at: `${days[8]}T10:30` });
    const page = await registrar.get(`/en/appointments/${visit.id}`);
    expect(page.text).toMatch(/10:30–11:30/);
    expect(page.text).toContain('60 min');
  });

  it('cannot reach into the next visit', async () => {
    const visit = await booked(anna, `${days[9]}T09:00`);
    await booked(anna, `${days[9]}T09:30`, 'Nākamā');
    const refused = await drop(registrar, visit.id, { start: `${days[9]}T09:00`, column: anna, minutes: 60 });
    expect(refused).toMatchObject({ status: 409 });
    expect(refused.json['detail']).toContain('already taken');
    expect(await stateOf(visit.id)).toMatchObject({ minutes: 30, version: 1 });
    for (const minutes of [0, 4, 481, 30.5])
      expect((await drop(registrar, visit.id, { start: `${days[9]}T09:00`, column: anna, minutes })).status).toBe(400);
  });

  it('is changed by the form too, and undone', async () => {
    const visit = await booked(anna, `${days[10]}T09:00`);
    const page = await registrar.get(`/en/appointments/${visit.id}/move`);
    const done = await followed(registrar, `/en/appointments/${visit.id}/move`, {
      version: '1',
      calendar: anna.id,
      day: days[10] ?? '',
      time: '09:00',
      minutes: '45',
      idempotencyKey: registrar.field(page, 'idempotencyKey'),
    });
    expect(done.text).toContain('The length of the visit is changed');
    expect(done.text).toContain('Can be undone for 10 seconds');
    expect(await stateOf(visit.id)).toMatchObject({ minutes: 45, at: `${days[10]}T09:00` });
    const back = await followed(registrar, `/en/appointments/${visit.id}/undo`, {
      version: '2',
      returnTo: '/en/pending',
      idempotencyKey: key(),
    });
    expect(back.text).toContain('Undone: the visit is back at');
    expect(await stateOf(visit.id)).toMatchObject({ minutes: 30 });
  });
});

describe('without scripts', () => {
  it('a cancellation offers to be undone on the next page, and stands again', async () => {
    const visit = await booked(anna, `${days[11]}T09:00`);
    const page = await followed(registrar, `/en/appointments/${visit.id}/cancel`, {
      version: '1',
      reason: 'patient-asked',
      idempotencyKey: key(),
    });
    expect(page.text).toContain('Undo Can be undone for 10 seconds.');
    const [action] = /\/en\/appointments\/[0-9a-f-]+\/undo/.exec(page.html) ?? [];
    const back = await followed(registrar, action ?? '', {
      version: registrar.field(page, 'version'),
      returnTo: registrar.field(page, 'returnTo'),
      idempotencyKey: key(),
    });
    expect(back.text).toContain('Undone: the appointment of Fri 12 Mar, 09:00 stands again');
    expect(await stateOf(visit.id)).toMatchObject({ status: 'booked', version: 3 });
  });

  it('too late is said on the page one comes back to', async () => {
    const visit = await booked(anna, `${days[11]}T10:00`);
    await registrar.post(`/en/appointments/${visit.id}/cancel`, {
      version: '1',
      reason: 'patient-asked',
      idempotencyKey: key(),
    });
    clock.advance({ seconds: 11 });
    const late = await followed(registrar, `/en/appointments/${visit.id}/undo`, {
      version: '2',
      returnTo: '/en/pending',
      idempotencyKey: key(),
    });
    expect(late.status).toBe(200);
    expect(late.text).toContain('The ten seconds have passed');
    expect(await stateOf(visit.id)).toMatchObject({ status: 'cancelled' });
  });

  it('a rejected request awaits its answer again', async () => {
    const visit = await booked(manual, `${days[11]}T11:00`);
    const page = await followed(registrar, `/en/appointments/${visit.id}/reject`, {
      version: '1',
      reason: 'clinic-other',
      idempotencyKey: key(),
    });
    expect(page.text).toContain('Undo');
    const back = await followed(registrar, `/en/appointments/${visit.id}/undo`, {
      version: '2',
      idempotencyKey: key(),
    });
    expect(back.text).toContain('awaits an answer again');
    expect(await stateOf(visit.id)).toMatchObject({ status: 'pending' });
  });

  it('the form offers other branches of the same payer, and says what cannot be in words for the desk', async () => {
    const visit = await booked(anna, `${days[12]}T09:00`);
    await booked(anna, `${days[12]}T10:00`, 'Cita');
    const page = await registrar.get(`/en/appointments/${visit.id}/move`);
    expect(page.html).toContain(borisElsewhere.id);
    expect(page.html).not.toContain(annaPaid.id);
    const form = { version: '1', calendar: anna.id, day: days[12] ?? '', idempotencyKey: key() };
    const refused = await registrar.post(`/en/appointments/${visit.id}/move`, { ...form, time: '10:00' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('already taken');
    expect(refused.text).not.toContain('Your booking was not made');
    const there = await registrar.post(`/en/appointments/${visit.id}/move`, {
      ...form,
      calendar: borisElsewhere.id,
      time: '15:00',
      idempotencyKey: key(),
    });
    expect(there.status).toBe(303);
    expect(await stateOf(visit.id)).toMatchObject({ calendar_id: borisElsewhere.id, at: `${days[12]}T15:00` });
  });
});

describe('whether the patient is told', () => {
  it('is chosen with a reason that the history keeps, and then no letter leaves', async () => {
    const visit = await booked(anna, `${days[13]}T09:00`);
    await allIsTold();
    const before = subjectsTo(visit);
    const page = await registrar.get(`/en/appointments/${visit.id}/move`);
    expect(page.text).toContain('Tell the patient?');
    const moved = await registrar.post(`/en/appointments/${visit.id}/move`, {
      version: '1',
      calendar: anna.id,
      day: days[13] ?? '',
      time: '10:00',
      untold: 'told-by-phone',
      reason: 'patient-asked',
      idempotencyKey: key(),
    });
    expect(moved.status).toBe(303);
    const cancelled = await registrar.post(`/en/appointments/${visit.id}/cancel`, {
      version: '2',
      reason: 'patient-asked',
      untold: 'told-in-person',
      idempotencyKey: key(),
    });
    expect(cancelled.status).toBe(303);
    clock.advance({ seconds: 30 });
    await allIsTold();
    expect(subjectsTo(visit)).toBe(before);
    expect(await historyOf(visit.id)).toEqual(['booked', 'moved told-by-phone', 'cancelled told-in-person']);
    const shown = await registrar.get(`/en/appointments/${visit.id}`);
    expect(shown.text).toContain('told by phone');
  });

  it('is no free text', async () => {
    const visit = await booked(anna, `${days[14]}T09:00`);
    const form = { version: '1', reason: 'patient-asked', untold: 'because', idempotencyKey: key() };
    expect((await registrar.post(`/en/appointments/${visit.id}/cancel`, form)).status).toBe(422);
    const dropped = await drop(registrar, visit.id, { start: `${days[14]}T10:00`, column: anna, untold: 'x' });
    expect(dropped.status).toBe(400);
  });
});

describe('several at once', () => {
  const send = (fields: Record<string, string | readonly string[]>, who = registrar): Promise<StaffPage> =>
    who.post('/en/several', { idempotencyKey: key(), ...fields });

  it('move by half an hour although each stands where the next one goes, and go back together', async () => {
    const day = days[15] ?? '';
    const visits = [];
    for (const time of ['09:00', '09:30', '10:00']) visits.push(await booked(anna, `${day}T${time}`));
    const page = await registrar.get(`/en/several?ids=${visits.map(({ id }) => id).join(',')}`);
    expect(page.text).toContain('3 visits are chosen');
    const chosen = hidden(page, 'chosen');
    expect(chosen).toHaveLength(3);
    const fields = { what: 'shift', minutes: '30', chosen, idempotencyKey: registrar.field(page, 'idempotencyKey') };
    const answer = await send(fields);
    expect(answer.text).toContain('Done: 3 visits.');
    expect(await Promise.all(visits.map(async ({ id }) => (await stateOf(id))['at']))).toEqual(
      ['09:30', '10:00', '10:30'].map((time) => `${day}T${time}`),
    );
    // The page is sent again, as by a reload.
    const again = await send(fields);
    expect(again.text).toContain('Done: 3 visits.');
    expect((await stateOf(visits[0]?.id ?? ''))['at']).toBe(`${day}T09:30`);
    const back = await followed(registrar, '/en/several/undo', {
      chosen: hidden(answer, 'chosen'),
      returnTo: registrar.field(answer, 'returnTo'),
      idempotencyKey: registrar.field(answer, 'idempotencyKey'),
    });
    expect(back.text).toContain('3 changes are undone.');
    expect(await Promise.all(visits.map(async ({ id }) => (await stateOf(id))['at']))).toEqual(
      ['09:00', '09:30', '10:00'].map((time) => `${day}T${time}`),
    );
  });

  it('keep their hour on another day, also across the change of the clocks', async () => {
    const visit = await booked(anna, `${days[21]}T09:30`);
    expect(await send({ what: 'shift', days: '4', chosen: `${visit.id}:1` })).toMatchObject({ status: 200 });
    expect(await stateOf(visit.id)).toMatchObject({ at: `${days[25]}T09:30` });
  });

  it('go to a colleague at the same times, and each that cannot says why', async () => {
    const day = days[16] ?? '';
    const free = await booked(anna, `${day}T09:00`, 'Brīvā');
    const taken = await booked(anna, `${day}T09:30`, 'Aizņemtā');
    const other = await booked(clara, `${day}T10:00`, 'Svešā');
    await booked(boris, `${day}T09:30`, 'Jau');
    const answer = await send({
      what: 'move',
      to: boris.resourceId,
      chosen: [free, taken, other].map(({ id }) => `${id}:1`),
      untold: 'told-by-phone',
    });
    expect(answer.text).toMatch(/Done: 1 visit\. Not done: 2 visits\./);
    expect(answer.text).toMatch(/Ilze Brīvā: moved to Wed 17 Mar, 09:00/);
    expect(answer.text).toMatch(/Ilze Aizņemtā: This time is already taken/);
    expect(answer.text).toMatch(/Ilze Svešā: This service is not provided there/);
    expect(answer.html).toContain(`${taken.id}%2C${other.id}`);
    expect(await stateOf(free.id)).toMatchObject({ calendar_id: boris.id });
    expect(await historyOf(free.id)).toEqual(['booked', 'moved told-by-phone']);
    expect(await stateOf(taken.id)).toMatchObject({ calendar_id: anna.id, version: 1 });
  });

  it('are cancelled with one reason, requests are rejected, and what changed meanwhile stays', async () => {
    const day = days[17] ?? '';
    const booking = await booked(anna, `${day}T09:00`);
    const request = await booked(manual, `${day}T09:00`);
    const changed = await booked(anna, `${day}T10:00`, 'Mainīta');
    await drop(colleague, changed.id, { start: `${day}T11:00`, column: anna });
    const answer = await send({
      what: 'cancel',
      reason: 'clinic-practitioner-ill',
      chosen: [booking, request, changed].map(({ id }) => `${id}:1`),
    });
    expect(answer.text).toMatch(/Ilze Mainīta: Somebody has just changed this visit/);
    expect(await historyOf(booking.id)).toEqual(['booked', 'cancelled']);
    expect(await historyOf(request.id)).toEqual(['requested', 'rejected']);
    expect(await stateOf(changed.id)).toMatchObject({ status: 'booked', version: 2 });
    clock.advance({ seconds: 20 });
    const late = await registrar.post('/en/several/undo', {
      chosen: hidden(answer, 'chosen'),
      idempotencyKey: key(),
    });
    expect(late.text).toContain('The ten seconds have passed');
    expect(await stateOf(booking.id)).toMatchObject({ status: 'cancelled' });
  });

  it('are rejected from the list of requests, and await their answers again when that is undone', async () => {
    const day = days[19] ?? '';
    const [one, two] = [await booked(manual, `${day}T09:00`), await booked(manual, `${day}T10:00`)];
    const chosen = [one, two].map(({ id }) => `${id}:1`);
    const answer = await registrar.post('/en/pending', { decision: 'reject', chosen, idempotencyKey: key() });
    expect(answer.text).toContain('Undo all');
    const [form = ''] = /<form class="undo"[\s\S]*?<\/form>/.exec(answer.html) ?? [];
    const back = await followed(registrar, '/en/several/undo', {
      chosen: hidden({ ...answer, html: form }, 'chosen'),
      returnTo: '/en/pending',
      idempotencyKey: key(),
    });
    expect(back.text).toContain('2 changes are undone.');
    expect((await stateOf(one.id))['status']).toBe('pending');
    expect(await historyOf(two.id)).toEqual(['requested', 'rejected', 'undone']);
  });

  it('ask for what is missing, and say what was not chosen', async () => {
    const { id } = await booked(anna, `${days[18]}T09:00`);
    const chosen = `${id}:1`;
    expect((await send({ what: 'move', chosen })).text).toContain('Choose to whom they move.');
    expect((await send({ what: 'shift', chosen })).text).toContain('Say by how many days or minutes');
    expect((await send({ what: 'cancel' })).status).toBe(422);
    expect((await send({ what: 'shift', chosen, minutes: '5000' })).status).toBe(422);
    expect((await registrar.get('/en/several')).text).toContain('Nothing is chosen');
    expect((await registrar.get('/en/several?ids=nonsense')).text).toContain('Nothing is chosen');
    const many = Array.from({ length: 60 }, () => randomUUID()).join(',');
    expect((await registrar.get(`/en/several?ids=${id},${many}`)).text).toContain('At most 50');
    const tooMany = Array.from({ length: 51 }, () => `${randomUUID()}:1`);
    expect((await send({ what: 'cancel', chosen: tooMany })).status).toBe(422);
    expect(await stateOf(id)).toMatchObject({ status: 'booked', version: 1 });
  });
});
