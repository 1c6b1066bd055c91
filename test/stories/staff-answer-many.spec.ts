import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CancelAppointment, MoveAppointment, requestOf } from '#libs/appointments';
import { FreeTimes } from '#libs/calendars';
import { Rounds } from '../../apps/worker/src/rounds.js';
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
  type Clinic,
} from '../support/builders.js';
import { aBooking, type Booked } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase, theTenSecondsPass } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const start = '2027-02-26T08:00:00Z';
const clock = testClock(start);
const days = Array.from({ length: 10 }, (_, n) => Temporal.PlainDate.from('2027-03-01').add({ days: n }).toString());

let database: TestDatabase;
let mail: SmtpCatcher;
let app: RunningApp;
let worker: RunningApp;
let clinic: Clinic;
let main: Branch;
let anna: Calendar;
let boris: Calendar;
let elsewhere: Calendar;
let ieva: StaffVisitor;
let zane: StaffVisitor;
let doctor: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  await prepareEnvironment({ database, smtpUrl: mail.url });
  clinic = await aClinic(database, { name: 'Liepu klīnika' });
  main = await aBranch(database, { clinic });
  const open = days.map((each): [string, string] => [`${each}T08:00`, `${each}T20:00`]);
  const wish = { confirmation: 'manual', open, now: start, answerWithinHours: 24 } as const;
  const ofBoris = await aPractitioner(database, { clinic, givenName: 'Boriss', familyName: 'Ozoliņš' });
  anna = await aCalendar(database, { ...wish, branch: main, practitioner: await aPractitioner(database, { clinic }) });
  boris = await aCalendar(database, { ...wish, branch: main, practitioner: ofBoris });
  elsewhere = await aCalendar(database, {
    ...wish,
    branch: await aBranch(database, { clinic }),
    practitioner: await aPractitioner(database, { clinic }),
  });
  app = await startApp('clinic', { clock });
  worker = await startApp('worker', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  ieva = await enter(await aStaffMember(database, { clinic, name: 'Ieva Reģistratore' }));
  zane = await enter(await aStaffMember(database, { clinic, name: 'Zane Otrā' }));
  doctor = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner: ofBoris }));
});

afterAll(async () => {
  await worker?.stop();
  await app?.stop();
  await mail?.stop();
  await database?.drop();
});

/** A request from the portal. */
const asked = (calendar: Calendar, time: string, familyName = 'Bērziņa', on = days[0]!): Promise<Booked> => {
  clock.advance({ seconds: 1 });
  return aBooking(app, database, calendar, `${on}T${time}`, { familyName, language: 'en' });
};

const statusOf = async (id: string): Promise<string> =>
  (await database.sql<{ status: string }>('select status from appointment where id = $1', [id]))[0]?.status ?? '';

const answer = (
  who: StaffVisitor,
  decision: 'confirm' | 'reject',
  chosen: readonly string[],
  more: Record<string, string> = {},
): Promise<StaffPage> =>
  who.post('/en/pending', {
    decision,
    chosen: chosen.map((each) => (each.includes(':') ? each : `${each}:1`)),
    idempotencyKey: randomUUID(),
    ...more,
  });

const namesOn = ({ html }: StaffPage): string[] =>
  [...html.matchAll(/<th scope="row"[^>]*><span><a[^>]*>Ilze ([^<]+)</g)].map(([, name = '']) => name);

describe('requests that wait', () => {
  it('are chosen by branch, practitioner and days of the visits, and the address keeps the choice', async () => {
    await asked(anna, '08:00', 'Ābele');
    await asked(boris, '08:00', 'Bite');
    await asked(elsewhere, '08:00', 'Cīrulis');
    await asked(anna, '08:00', 'Dadzis', days[4]);
    const of = async (search: string): Promise<string[]> => namesOn(await ieva.get(`/en/pending?${search}`));
    expect(await of('')).toEqual(['Ābele', 'Bite', 'Cīrulis', 'Dadzis']);
    expect(await of(`branch=${main.id}`)).toEqual(['Ābele', 'Bite', 'Dadzis']);
    expect(await of(`practitioner=${boris.resourceId}`)).toEqual(['Bite']);
    expect(await of(`from=${days[1]}`)).toEqual(['Dadzis']);
    expect(await of(`branch=${main.id}&practitioner=${anna.resourceId}&to=${days[0]}`)).toEqual(['Ābele']);
    const page = await ieva.get(`/en/pending?branch=${main.id}&practitioner=${anna.resourceId}`);
    const { html } = page;
    expect(html).toContain(`<input type="hidden" name="practitioner" value="${anna.resourceId}">`);
    expect(html).toMatch(new RegExp(`<option value="${anna.resourceId}" selected>`));
    const first = /name="one" value="confirm:([^"]+)"/.exec(html)?.[1] ?? '';
    const one = await ieva.post('/en/pending', {
      one: `confirm:${first}`,
      branch: main.id,
      practitioner: anna.resourceId,
      idempotencyKey: randomUUID(),
    });
    expect(one.location).toBe(`/en/pending?branch=${main.id}&practitioner=${anna.resourceId}`);
  });

  it('are for a doctor only their own, and the menu counts no others', async () => {
    const page = await doctor.get('/en/pending');
    expect(namesOn(page)).toEqual(['Bite']);
    expect(page.text).toContain('Requests 1');
    expect(page.html).not.toContain(`<option value="${anna.resourceId}"`);
  });

  it('say how long they wait and when they expire, the soonest marked', async () => {
    clock.set('2027-02-26T13:05:00Z');
    await database.sql(`update session set last_seen_at = '2027-02-26T13:00Z' where level = 'two-factor'`);
    await database.sql(
      `update appointment set answer_due_at = '2027-02-26T14:00Z' where id = (
         select a.id from appointment a join patient p on p.id = a.patient_id where p.family_name = 'Cīrulis')`,
    );
    const page = await ieva.get('/en/pending');
    const row = (name: string): string => page.html.split('<tr>').find((each) => each.includes(name)) ?? '';
    expect(row('Cīrulis')).toMatch(/is-late[\s\S]*Expires in 55 minutes/);
    expect(row('Bite')).toContain('5 hours');
    expect(row('Bite')).not.toContain('is-late');
    clock.set(start);
  });

  it('are answered row by row: confirmed, answered before and by whom, cancelled, moved', async () => {
    const [fresh, theirs, gone, moved] = await Promise.all([
      asked(anna, '09:00', 'Svaigs'),
      asked(anna, '09:30', 'Otras'),
      asked(anna, '10:00', 'Atcelts'),
      asked(anna, '10:30', 'Pārcelts'),
    ]);
    await answer(zane, 'confirm', [theirs.id]);
    const asPatient = (each: Booked) => ({
      kind: 'guest' as const,
      accountId: each.accountId,
      sessionId: randomUUID(),
    });
    await app.get(CancelAppointment).run({
      actor: asPatient(gone),
      id: gone.id,
      version: 1,
      reason: 'patient-asked',
      request: requestOf(asPatient(gone), 'story', randomUUID(), 1),
    });
    await app.get(MoveAppointment).run({
      actor: asPatient(moved),
      id: moved.id,
      version: 1,
      to: {
        calendarId: anna.id,
        serviceId: anna.serviceId,
        start: Temporal.Instant.from(at(anna, `${days[1]}T10:30`)),
      },
      request: requestOf(asPatient(moved), 'story', randomUUID(), 1),
    });
    const page = await answer(ieva, 'confirm', [fresh.id, theirs.id, gone.id, moved.id, `${randomUUID()}:1`]);
    expect(page.status).toBe(200);
    expect(page.text).toContain('1 of 5 done.');
    expect(page.text).toMatch(/Svaigs, [^:]*:00 : confirmed/);
    expect(page.text).toMatch(/Otras, [^:]*:30 : already confirmed by Zane Otrā/);
    expect(page.text).toMatch(/Atcelts, [^:]*:00 : no longer possible: cancelled by (guest|patient)/);
    expect(page.text).toMatch(/Pārcelts, [^:]*:30 : not answered: .* look at it again/i);
    expect(page.text).toContain('A request: There is no such visit at your clinic.');
    expect(await statusOf(moved.id)).toBe('pending');
  });

  it('are answered once, however often the form is sent', async () => {
    const [first, other] = await Promise.all([asked(anna, '11:00', 'Viens'), asked(anna, '11:30', 'Divi')]);
    const idempotencyKey = randomUUID();
    const send = () => answer(ieva, 'confirm', [first.id, other.id], { idempotencyKey });
    const pages = [await send(), ...(await Promise.all([send(), send()]))];
    for (const { text } of pages) expect(text).toContain('2 of 2 done.');
    const events = await database.sql(
      `select from appointment_event where kind = 'confirmed' and appointment_id = any($1)`,
      [[first.id, other.id]],
    );
    expect(events).toHaveLength(2);
  });

  it('are rejected with a reason, and the patient is told or not, as staff choose; the history says so', async () => {
    const [told, untold] = await Promise.all([asked(anna, '12:00', 'Uzzina'), asked(anna, '12:30', 'Zvanīts')]);
    await answer(ieva, 'reject', [told.id], { reason: 'clinic-closed', note: 'Remonts' });
    await answer(ieva, 'reject', [untold.id], { reason: 'clinic-closed', untold: 'told-by-phone' });
    await theTenSecondsPass(database);
    await mail.waitFor(told.email);
    const rejections = () => mail.letters.filter(({ to }) => to.includes(told.email));
    for (let waited = 0; rejections().length < 2 && waited < 40_000; waited += 100) await sleep(100);
    expect(rejections()).toHaveLength(2);
    expect(mail.letters.filter(({ to }) => to.includes(untold.email)).length).toBeLessThanOrEqual(1);
    const history = (await ieva.get(`/en/appointments/${told.id}`)).text;
    expect(history).toMatch(/Rejected .*Ieva Reģistratore, registrar .*Reason: The clinic is closed – Remonts/);
    expect(history).toContain('Letter to the patient: handed to the mail server');
    expect((await ieva.get(`/en/appointments/${untold.id}`)).text).toContain(
      'The portal did not tell the patient: told by phone',
    );
  });

  it('leave a trace of everybody named, and of who tried to answer what is not theirs', async () => {
    const { id } = await asked(anna, '13:00', 'Redzēts');
    await zane.get('/en/pending');
    const looks = await database.sql(
      `select l.action, l.purpose, l.refused from access_log l where l.appointment_id = $1`,
      [id],
    );
    expect(looks).toEqual([{ action: 'pending-list', purpose: 'booking', refused: false }]);
    await answer(doctor, 'confirm', [id]);
    const refused = await database.sql(`select role, action from access_log where appointment_id = $1 and refused`, [
      id,
    ]);
    expect(refused).toEqual([{ role: 'practitioner', action: 'appointments.decide' }]);
    expect(await statusOf(id)).toBe('pending');
  });

  it('are shown fifty at a time, to the very last, forth and back', async () => {
    const waiting = async () =>
      Number(
        (await database.sql<{ n: string }>(`select count(*) as n from appointment where status = 'pending'`))[0]?.n,
      );
    for (const [n, on] of days.slice(5).entries())
      for (let half = 0; half < 24; half++)
        await asked(
          anna,
          `${String(8 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`,
          `Rinda${n}-${half}`,
          on,
        );
    const all = await waiting();
    expect(all).toBeGreaterThan(100);
    const linkTo = (page: StaffPage, rel: string): string | undefined =>
      new RegExp(`rel="${rel}" href="([^"]+)"`)
        .exec(page.html)?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=');
    let page = await ieva.get('/en/pending');
    expect(page.text).toContain(`${all} requests await your answer`);
    const seen = namesOn(page);
    const firstPage = [...seen];
    let pages = 1;
    for (let next = linkTo(page, 'next'); next; next = linkTo(page, 'next'), pages++) {
      page = await ieva.get(next);
      seen.push(...namesOn(page));
    }
    expect(pages).toBe(Math.ceil(all / 50));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(all);
    for (let back = linkTo(page, 'prev'); back; back = linkTo(page, 'prev')) {
      const before = await ieva.get(back);
      if (namesOn(before)[0] === namesOn(page)[0]) break;
      page = before;
    }
    expect(namesOn(page)).toEqual(firstPage);
  }, 120_000);

  it('that nobody answers in time are told to the patient, and the time is free', async () => {
    const late = await asked(boris, '15:00', 'Nesagaida');
    const other = await asked(boris, '15:30', 'Arī');
    const isFree = async (): Promise<boolean> => {
      const { slots } = await app.get(FreeTimes).slots({
        calendarId: boris.id,
        serviceId: boris.serviceId,
        from: Temporal.Instant.from(at(boris, `${days[0]}T15:00`)),
        to: Temporal.Instant.from(at(boris, `${days[0]}T15:30`)),
      });
      return slots.length > 0;
    };
    expect(await isFree()).toBe(false);
    clock.set('2027-02-27T08:30:00Z');
    await database.sql(
      `update session set last_seen_at = '2027-02-27T08:00Z', expires_at = '2027-02-28T08:00Z' where level = 'two-factor'`,
    );
    await worker.get(Rounds).goAll();
    // The worker may just have begun the round itself.
    for (let waited = 0; waited < 40_000 && (await statusOf(late.id)) === 'pending'; waited += 50) await sleep(50);
    expect(await statusOf(late.id)).toBe('cancelled');
    expect(await isFree()).toBe(true);
    for (let waited = 0; waited < 40_000; waited += 100) {
      if (mail.letters.filter(({ to }) => to.includes(late.email)).length >= 2) break;
      await sleep(100);
    }
    const letters = mail.letters.filter(({ to }) => to.includes(late.email));
    expect(letters.at(-1)?.parsed.text).toMatch(/did not answer|not confirmed|was not answered|not answer/i);
    const page = await answer(ieva, 'confirm', [late.id, other.id]);
    expect(page.text).toMatch(/Nesagaida, [^:]*:00 : no longer possible: the time to answer ended/);
    expect((await ieva.get(`/en/appointments/${late.id}`)).text).toContain(
      'Nobody answered in time; the time is free again',
    );
  });
});
