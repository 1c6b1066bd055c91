import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

/** Monday, 08:00 in Rīga. */
const early = '2027-03-01T06:00:00Z';
const clock = testClock(early);
const day = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let branch: Branch;
let anna: Calendar;
let boris: Calendar;
let registrar: StaffVisitor;
let second: StaffVisitor;
let otherDoctor: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Liepu klīnika' });
  branch = await aBranch(database, { clinic });
  const open = [day, '2027-03-02', '2027-03-05'].map((each): [string, string] => [`${each}T09:00`, `${each}T17:00`]);
  const wish = { branch, open, now: early, noticeMinutes: 0 };
  const ofBoris = await aPractitioner(database, { clinic, givenName: 'Boriss' });
  anna = await aCalendar(database, { ...wish, practitioner: await aPractitioner(database, { clinic }) });
  boris = await aCalendar(database, { ...wish, practitioner: ofBoris });
  app = await startApp('clinic', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  registrar = await enter(await aStaffMember(database, { clinic, name: 'Ieva Reģistratore' }));
  second = await enter(await aStaffMember(database, { clinic, name: 'Zane Otrā' }));
  otherDoctor = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner: ofBoris }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database, { name: 'Cita klīnika' }) }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

/** The clock of the desk shows another time, and nobody had to sign in again for it. */
async function itIs(moment: string): Promise<void> {
  clock.set(moment);
  await database.sql(
    `update session set last_seen_at = $1, expires_at = $1::timestamptz + interval '8 hours' where level = 'two-factor'`,
    [moment],
  );
}

beforeEach(() => itIs(early));

const booked = async (calendar: Calendar, time: string, familyName = 'Bērziņa', on = day): Promise<string> =>
  (await aBooking(app, database, calendar, `${on}T${time}`, { familyName, phone: '+37120000001' })).id;

const statusOf = async (id: string): Promise<string> =>
  (await database.sql<{ status: string }>('select status from appointment where id = $1', [id]))[0]?.status ?? '';

/** Opens the visit and presses the button of a step, as the page has it. */
async function press(who: StaffVisitor, id: string, step: string): Promise<StaffPage> {
  const page = await who.get(`/en/appointments/${id}`);
  return send(who, id, step, who.field(page, 'version'));
}

const send = (who: StaffVisitor, id: string, step: string, version: string): Promise<StaffPage> =>
  who.post(`/en/appointments/${id}/${step}`, { version, idempotencyKey: randomUUID() });

const buttons = ({ html }: StaffPage, id: string): string[] =>
  [...html.matchAll(new RegExp(`action="/en/appointments/${id}/(\\w+)"`, 'g'))].map(([, action = '']) => action);

describe('on the day of a visit', () => {
  it('the patient arrives, is asked in and is seen, and each step says what comes next', async () => {
    const id = await booked(anna, '09:00', 'Kļava');
    await itIs('2027-03-01T06:55:00Z');
    expect(buttons(await registrar.get(`/en/appointments/${id}`), id)).toEqual(['arrive']);
    expect(await press(registrar, id, 'arrive')).toMatchObject({ status: 303 });
    expect(await statusOf(id)).toBe('arrived');
    expect(buttons(await registrar.get(`/en/appointments/${id}`), id)).toEqual(['admit', 'fulfil', 'undo']);
    await press(registrar, id, 'admit');
    expect(await statusOf(id)).toBe('checked-in');
    await press(registrar, id, 'fulfil');
    expect(await statusOf(id)).toBe('fulfilled');
    const page = await registrar.get(`/en/appointments/${id}`);
    expect(buttons(page, id)).toEqual(['undo']);
    expect(page.text).toMatch(/The visit took place .*Ieva Reģistratore, registrar/);
  });

  it('each step can be taken back, one after the other, to where it began', async () => {
    const id = await booked(anna, '09:30', 'Liepa');
    await itIs('2027-03-01T07:40:00Z');
    for (const step of ['arrive', 'admit', 'fulfil']) await press(registrar, id, step);
    for (const before of ['checked-in', 'arrived', 'booked']) {
      expect((await press(registrar, id, 'undo')).status).toBe(303);
      expect(await statusOf(id)).toBe(before);
    }
    await press(registrar, id, 'miss');
    expect(await statusOf(id)).toBe('noshow');
    await press(registrar, id, 'undo');
    expect(await statusOf(id)).toBe('booked');
    expect((await registrar.get(`/en/appointments/${id}`)).text).toContain(
      'Taken back: “Did not come; the time is free”',
    );
  });

  it('the buttons are in the panel beside the calendar too, and answer there', async () => {
    const id = await booked(anna, '10:00', 'Osis');
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(app.url + path, {
        ...init,
        redirect: 'manual',
        headers: { cookie: registrar.cookie, accept: 'text/html', 'hx-request': 'true' },
      });
    const panel = await (await ask(`/en/appointments/${id}`)).text();
    expect(panel).toMatch(new RegExp(`hx-post="/en/appointments/${id}/arrive"`));
    expect(panel).toContain('data-shortcut="a"');
    const body = new URLSearchParams({ version: '1', idempotencyKey: randomUUID() });
    const answer = await ask(`/en/appointments/${id}/arrive`, { method: 'POST', body });
    const after = await answer.text();
    expect([answer.status, after.includes('<html')]).toEqual([200, false]);
    expect(after).toContain('Checked in.');
    expect(after).toMatch(new RegExp(`hx-post="/en/appointments/${id}/admit"`));
  });

  it('a step is one click from the list of the day, and leads back there', async () => {
    const id = await booked(anna, '10:30', 'Zars');
    const home = `/en/calendar?branch=${branch.id}&day=${day}`;
    const answer = await registrar.post('/en/arrivals/step', {
      step: `arrive:${id}:1`,
      returnTo: home,
      idempotencyKey: randomUUID(),
    });
    expect(answer).toMatchObject({ status: 303, location: home });
    expect(await statusOf(id)).toBe('arrived');
  });

  it('two who press at once do it once, and the second one reads who was faster', async () => {
    const id = await booked(anna, '11:00', 'Vilks');
    const answers = await Promise.all([send(registrar, id, 'arrive', '1'), send(second, id, 'arrive', '1')]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 409]));
    const [slower] = answers.filter(({ status }) => status === 409);
    expect(slower?.text).toMatch(/Not noted: (Ieva Reģistratore|Zane Otrā) changed the visit .*it is now “Arrived”/);
    const events = await database.sql(`select from appointment_event where appointment_id = $1 and kind = 'arrived'`, [
      id,
    ]);
    expect(events).toHaveLength(1);
  });

  it('pressing twice is once', async () => {
    const id = await booked(anna, '11:30', 'Ozols');
    const fields = { version: '1', idempotencyKey: randomUUID() };
    const first = await registrar.post(`/en/appointments/${id}/arrive`, fields);
    const again = await registrar.post(`/en/appointments/${id}/arrive`, fields);
    expect([first.status, again.status]).toEqual([303, 303]);
    expect((await database.sql('select version from appointment where id = $1', [id]))[0]).toEqual({ version: 2 });
  });
});

describe('misuse is refused in words', () => {
  it('nobody arrives on another day, nor is missing before it begins', async () => {
    const id = await booked(anna, '09:00', 'Agrais', '2027-03-05');
    const page = await registrar.get(`/en/appointments/${id}`);
    expect(buttons(page, id)).toEqual([]);
    const early = await send(registrar, id, 'arrive', '1');
    expect(early.status).toBe(422);
    expect(early.text).toContain('The visit is on another day, Friday, 5 March 2027');
    const missed = await send(registrar, id, 'miss', '1');
    expect(missed).toMatchObject({ status: 422 });
    expect(missed.text).toContain('The visit begins at 09:00: it cannot be marked as missed before then.');
    expect(await statusOf(id)).toBe('booked');
  });

  it('a step that does not begin where the visit is changes nothing', async () => {
    const id = await booked(anna, '12:00', 'Stāvoklis');
    const answer = await send(registrar, id, 'admit', '1');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('it is now “Booked”');
    expect(await statusOf(id)).toBe('booked');
  });

  it('another doctor sees time and name and presses nothing; somebody of another clinic finds nothing', async () => {
    const id = await booked(anna, '12:30', 'Svešā');
    const page = await otherDoctor.get(`/en/appointments/${id}`);
    expect(page.text).toContain('Svešā');
    expect(page.text).toContain('12:30');
    for (const hidden of ['+37120000001', 'Konsultācija', 'account', 'History'])
      expect(page.text).not.toContain(hidden);
    expect(buttons(page, id)).toEqual([]);
    expect((await send(otherDoctor, id, 'arrive', '1')).status).toBe(403);
    expect((await send(stranger, id, 'arrive', '1')).status).toBe(404);
    expect((await stranger.get(`/en/appointments/${id}`)).status).toBe(404);
    expect(await statusOf(id)).toBe('booked');
  });

  it('and every attempt leaves a trace, with whose record it was', async () => {
    const id = await booked(anna, '13:00', 'Ziņkārība');
    await stranger.get(`/en/appointments/${id}`);
    await send(stranger, id, 'arrive', '1');
    await send(otherDoctor, id, 'arrive', '1');
    await otherDoctor.get(`/en/appointments/${id}/referral`);
    const looks = await database.sql(
      `select l.role, l.action, l.refused, l.patient_id = a.patient_id as "isTheirs"
         from access_log l join appointment a on a.id = l.appointment_id where a.id = $1 order by l.id`,
      [id],
    );
    const attempt = { isTheirs: true, refused: true };
    expect(looks).toEqual([
      { ...attempt, role: 'registrar', action: 'appointment' },
      { ...attempt, role: 'registrar', action: 'appointments.step' },
      { ...attempt, role: 'practitioner', action: 'appointments.step' },
      { ...attempt, role: 'practitioner', action: 'referral-form' },
    ]);
  });
});

describe('the day of a branch', () => {
  it('names people, which is remembered of each of them once an hour, and of nobody whom it does not name', async () => {
    const id = await booked(anna, '14:00', 'Dienā');
    const home = `/en/calendar?branch=${branch.id}&day=${day}`;
    for (const who of [registrar, registrar, otherDoctor]) expect((await who.get(home)).status).toBe(200);
    await registrar.api(`/api/calendar/day?branch=${branch.id}&day=${day}`);
    const looks = await database.sql('select action, purpose, role from access_log where appointment_id = $1', [id]);
    expect(looks).toEqual([{ action: 'day-list', purpose: 'booking', role: 'registrar' }]);
  });
});

describe('somebody who asks for a person by their number', () => {
  it('finds nobody of another clinic, and that is remembered', async () => {
    const id = await booked(anna, '13:30', 'Minēts');
    const [row] = await database.sql<{ patient: string }>(
      'select patient_id as patient from appointment where id = $1',
      [id],
    );
    const answer = await stranger.post('/en/book/times', { patientId: row?.patient ?? '' });
    expect(answer.status).toBe(404);
    const looks = await database.sql('select action, refused from access_log where patient_id = $1', [row?.patient]);
    expect(looks).toEqual([{ action: 'patient-card', refused: true }]);
  });
});

describe("at the day's end", () => {
  const list = (who: StaffVisitor, on = '2027-03-02'): Promise<StaffPage> =>
    who.get(`/en/arrivals?branch=${branch.id}&day=${on}`);
  const rowOf = (page: StaffPage, name: string): string =>
    page.html.split('<tr>').find((row) => row.includes(name)) ?? '';

  let missed: string;
  let came: string;
  let later: string;

  it('visits that are over and that nobody checked in are proposed, and nothing is marked by itself', async () => {
    missed = await booked(anna, '09:00', 'Pazudis', '2027-03-02');
    came = await booked(anna, '09:30', 'Atnāca', '2027-03-02');
    later = await booked(anna, '16:00', 'Vēlais', '2027-03-02');
    await itIs('2027-03-02T08:30:00Z');
    const during = await list(registrar);
    expect(during.text).toContain('The day is not over yet');
    expect(rowOf(during, 'Pazudis')).not.toMatch(/name="chosen"[^>]*checked/);
    expect(during.text).not.toContain('Vēlais');
    await itIs('2027-03-02T16:00:00Z');
    const evening = await list(registrar);
    expect(evening.text).toContain('Day’s end');
    for (const name of ['Pazudis', 'Atnāca', 'Vēlais'])
      expect(rowOf(evening, name)).toMatch(/name="chosen"[^>]*checked/);
    expect(rowOf(evening, 'Pazudis')).toContain('Proposed: did not come');
    for (const id of [missed, came, later]) expect(await statusOf(id)).toBe('booked');
  });

  it('the menu counts them, for whoever may note something', async () => {
    await itIs('2027-03-02T16:00:00Z');
    const [, count] = /Day’s end (\d+)/.exec((await registrar.get('/en/pending')).text) ?? [];
    expect(Number(count)).toBeGreaterThanOrEqual(3);
    expect((await otherDoctor.get('/en/calendar')).text).not.toMatch(/Day’s end \d/);
    expect((await list(otherDoctor)).text).not.toContain('Pazudis');
    expect((await list(stranger)).text).not.toContain('Pazudis');
  });

  it('is asked for in each hour of a day that has twenty-five', async () => {
    const open: [string, string][] = [['2027-10-31T09:00', '2027-10-31T17:00']];
    const autumn = await aCalendar(database, { branch, open, now: '2027-10-30T06:00:00Z', noticeMinutes: 0 });
    await itIs('2027-10-30T06:00:00Z');
    await booked(autumn, '09:00', 'Rudens', '2027-10-31');
    for (const moment of ['2027-10-31T20:30:00Z', '2027-10-31T21:30:00Z']) {
      await itIs(moment);
      const page = await registrar.get('/en/arrivals');
      expect([moment, page.status, page.text.includes('Rudens')]).toEqual([moment, 200, true]);
    }
  });

  it('the list opens at the newest day that is over, and says as many as the menu', async () => {
    await booked(anna, '10:00', 'Rīts', '2027-03-05');
    await itIs('2027-03-05T08:30:00Z');
    const page = await registrar.get('/en/arrivals');
    expect(page.text).toContain('Pazudis');
    expect(page.text).not.toContain('The day is not over yet');
    const [, inMenu] = /Day’s end (\d+)/.exec(page.text) ?? [];
    const [, onPage] = /(\d+) visits are over/.exec(page.text) ?? [];
    expect([Number(onPage) >= 3, onPage]).toEqual([true, inMenu]);
    expect((await list(registrar, '2027-03-05')).text).toContain('Rīts');
  });

  it('each row is answered for itself, and one that changed meanwhile is said', async () => {
    await itIs('2027-03-02T16:00:00Z');
    const key = randomUUID();
    const one = await registrar.post('/en/arrivals', { decision: `was-here:${came}:1`, idempotencyKey: key });
    expect(one.status).toBe(303);
    expect(await statusOf(came)).toBe('fulfilled');
    await press(second, later, 'arrive');
    const answer = await registrar.post('/en/arrivals', {
      decision: 'missed',
      chosen: [`${missed}:1`, `${later}:1`],
      idempotencyKey: randomUUID(),
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/Pazudis, [^:]*:00 : marked as missed/);
    expect(answer.text).toMatch(/Vēlais, [^:]*:00 : Not noted: Zane Otrā changed the visit/);
    expect(await statusOf(missed)).toBe('noshow');
    expect(await statusOf(later)).toBe('arrived');
    expect((await list(registrar)).text).not.toContain('Pazudis,');
  });

  it('what an import brought in when it was long over is not asked about', async () => {
    const id = await booked(boris, '09:00', 'Senais', '2027-03-02');
    await itIs('2027-03-02T16:00:00Z');
    expect((await list(registrar)).text).toContain('Senais');
    await database.sql(`update appointment set origin = 'import', created_at = '2027-03-02T14:00:00Z' where id = $1`, [
      id,
    ]);
    expect((await list(registrar)).text).not.toContain('Senais');
  });

  it('nor what is more than thirty days old', async () => {
    const id = await booked(boris, '10:00', 'Vecais', '2027-03-02');
    await itIs('2027-03-31T16:00:00Z');
    expect((await list(registrar)).text).toContain('Vecais');
    await itIs('2027-04-02T16:00:00Z');
    expect((await list(registrar)).text).not.toContain('Vecais');
    expect(await statusOf(id)).toBe('booked');
  });

  it('names people, which is remembered once an hour and not with each refresh', async () => {
    await itIs('2027-03-03T08:00:00Z');
    const looks = () =>
      database.sql(
        `select from access_log where action = 'unclosed-list' and at between '2027-03-03T07:00Z' and '2027-03-03T12:00Z'`,
      );
    await list(registrar, day);
    const first = (await looks()).length;
    expect(first).toBeGreaterThan(0);
    await list(registrar, day);
    expect(await looks()).toHaveLength(first);
    await list(second, day);
    expect(await looks()).toHaveLength(2 * first);
    await itIs('2027-03-03T09:10:00Z');
    await list(registrar, day);
    expect((await looks()).length).toBe(3 * first);
  });
});
