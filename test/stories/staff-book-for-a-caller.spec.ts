import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inFours } from '#libs/platform';
import { RegisterEntry } from '#libs/waiting-list';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aCalendar,
  aClinic,
  aCredential,
  aPatient,
  aStaffMember,
  at,
  type Calendar,
  type StaffMember,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asStaff } from '../support/verbs.js';

// Half past seven in Rīga: patients may book from half past nine on.
const clock = testClock('2027-03-01T05:30:00Z');
const day = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let calendar: Calendar;
let ilze: string;
let member: StaffMember;
let registrar: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  calendar = await aCalendar(database, {
    clinic,
    payer: 'state',
    confirmation: 'manual',
    noticeMinutes: 120,
    open: [[`${day}T09:00`, `${day}T13:30`]],
    now: clock.now().toString(),
  });
  ilze = await aPatient(database, { clinic, familyName: 'Šķēle-Bērziņa', email: 'ilze@patient.example' });
  app = await startApp('clinic', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  member = await aStaffMember(database, { clinic });
  registrar = await enter(member);
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database) }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const slot = (time: string): string => `${calendar.id}|${calendar.serviceId}|${at(calendar, `${day}T${time}`)}`;

const appointments = () =>
  database.sql(
    `select p.family_name as name, a.status, a.origin, a.contact_phone as phone, to_char(a.starts_at at time zone a.zone, 'HH24:MI') as at
       from appointment a join patient p on p.id = a.patient_id order by a.starts_at`,
  );

describe('a registrar with a caller on the line', () => {
  it('finds the patient without accents, and nobody stands in an address', async () => {
    const found = await registrar.post('/en/book/patients', { q: 'skele ilze' });
    expect(found.text).toContain('Ilze Šķēle-Bērziņa');
    expect(found.html).toContain(`value="${ilze}"`);
    expect(found.html).not.toMatch(/(?:href|action)="[^"]*(?:skele|Šķēle)/i);
  });

  it('sees the first free times and books one with a press, booked at once', async () => {
    const times = await registrar.post('/en/book/times', { patientId: ilze, q: 'konsult' });
    expect(times.text).toContain('State-paid');
    expect(times.html).toContain(`value="${slot('09:30')}"`);
    const done = await registrar.post('/en/book', {
      patientId: ilze,
      q: 'konsult',
      phone: '20000001',
      origin: 'phone',
      idempotencyKey: registrar.field(times, 'idempotencyKey'),
      slot: slot('09:30'),
    });
    expect(done).toMatchObject({ status: 303, location: expect.stringMatching(/^\/en\/book\/done\//) });
    expect(await appointments()).toEqual([
      { name: 'Šķēle-Bērziņa', status: 'booked', origin: 'phone', phone: '+37120000001', at: '09:30' },
    ]);
  });

  it('is told when the time has gone, with the other times below', async () => {
    const wish = { patientId: ilze, idempotencyKey: randomUUID(), slot: slot('09:30') };
    const again = await registrar.post('/en/book', wish);
    expect(again.status).toBe(422);
    expect([...again.html.matchAll(/<button class="time-choice[^>]*/g)].join(' ')).not.toContain(slot('09:30'));
    expect(again.html).toContain(`value="${slot('10:00')}"`);
  });

  it('may book it all the same, knowingly and with a reason that history keeps, never by a slip', async () => {
    const other = await aPatient(database, { clinic: { id: calendar.clinicId }, familyName: 'Akūts' });
    const wish = { patientId: other, phone: '20000009', slot: slot('09:30') };
    const asked = await registrar.post('/en/book', { ...wish, idempotencyKey: randomUUID() });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Do it all the same?');
    const overrideStart = registrar.field(asked, 'overrideStart');
    const silent = await registrar.post('/en/book', {
      ...wish,
      overrideStart,
      overrideKinds: 'beside',
      override: '  ',
      idempotencyKey: randomUUID(),
    });
    expect(silent.status).toBe(422);
    expect(silent.html).toContain('overrideReason-error');
    const why = { overrideKinds: 'beside', overrideReason: 'urgent', override: 'Acute, the doctor agreed' };
    const elsewhere = { ...wish, slot: slot('11:00'), overrideStart, ...why };
    await registrar.post('/en/book', { ...elsewhere, idempotencyKey: randomUUID() });
    const reasons = () =>
      database.sql(
        `select lane, override_reason as reason from occupation where override_reason is not null order by id`,
      );
    expect(await reasons()).toEqual([]);
    const third = await aPatient(database, { clinic: { id: calendar.clinicId }, familyName: 'Trešais' });
    const done = await registrar.post('/en/book', {
      ...wish,
      patientId: third,
      overrideStart,
      ...why,
      idempotencyKey: randomUUID(),
    });
    expect(done.status).toBe(303);
    expect(await reasons()).toEqual([{ lane: 1, reason: 'urgent' }]);
    const panel = await registrar.get((done.location ?? '').replace('book/done', 'appointments'));
    expect(panel.text).toContain('Acute, the doctor agreed');
    await database.sql(
      `delete from occupation where owner_id in (select id from appointment where patient_id = any($1))`,
      [[other, third]],
    );
    await database.sql(
      `delete from appointment_event where appointment_id in (select id from appointment where patient_id = any($1))`,
      [[other, third]],
    );
    await database.sql(`delete from appointment where patient_id = any($1)`, [[other, third]]);
  });

  it('books a walk-in for a time that patients may not book any more', async () => {
    const done = await registrar.post('/en/book', {
      patientId: ilze,
      origin: 'desk',
      offer: `${calendar.id}|${calendar.serviceId}`,
      onDay: day,
      atTime: '09:00',
      slot: 'offer',
      idempotencyKey: randomUUID(),
    });
    expect(done.status).toBe(303);
    expect((await appointments())[0]).toMatchObject({ at: '09:00', origin: 'desk' });
  });

  it('adds somebody new; what is wrong is said beside the field and the rest is kept', async () => {
    const details = {
      'patient.givenName': 'Jānis',
      'patient.familyName': 'Jauns',
      'patient.language': 'lv',
    };
    const wrong = await registrar.post('/en/book/times', {
      ...details,
      'patient.identity': '999999-11111',
      phone: '20000002',
    });
    expect(wrong.status).toBe(422);
    expect(registrar.field(wrong, 'patient.familyName')).toBe('Jauns');
    expect(registrar.field(wrong, 'patient.identity')).toBe('999999-11111');
    expect(wrong.html).toContain('patient.identity-error');
    const birth = { ...details, 'patient.identity': '5.5.1980' };
    const unreachable = await registrar.post('/en/book', {
      ...birth,
      slot: slot('10:00'),
      idempotencyKey: randomUUID(),
    });
    expect(unreachable.status).toBe(422);
    expect(unreachable.html).toContain('phone-error');
    const done = await registrar.post('/en/book', {
      ...birth,
      phone: '20000002',
      slot: slot('10:00'),
      idempotencyKey: randomUUID(),
    });
    expect(done.status).toBe(303);
    expect(await appointments()).toContainEqual(
      expect.objectContaining({ name: 'Jauns', at: '10:00', phone: '+37120000002' }),
    );
  });

  it('books once, however often the form is sent', async () => {
    const wish = { patientId: ilze, phone: '20000001', slot: slot('10:30'), idempotencyKey: randomUUID() };
    const both = await Promise.all([registrar.post('/en/book', wish), registrar.post('/en/book', wish)]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(both[0]?.location).toBe(both[1]?.location);
  });

  it('offers a person whom the clinic knows already instead of a second record of them', async () => {
    const typed = { 'patient.givenName': 'Ilza', 'patient.familyName': 'Skele-Berzina', 'patient.language': 'lv' };
    const like = await registrar.post('/en/book/times', {
      ...typed,
      'patient.identity': '12.03.1958',
      phone: '20000004',
    });
    expect(like.text).toContain('Is it one of these?');
    expect(like.html).toContain(`value="${ilze}"`);
    const other = await registrar.post('/en/book/times', {
      ...typed,
      'patient.identity': '12.03.1958',
      phone: '20000004',
      isNew: 'on',
    });
    expect(other.text).toContain('First free times');
    expect(other.text).toContain('Ilza Skele-Berzina');
    const coded = {
      'patient.givenName': 'Žanete',
      'patient.familyName': 'Kļaviņa',
      'patient.identity': '328673-00679',
    };
    const first = await registrar.post('/en/book', {
      ...coded,
      'patient.language': 'lv',
      phone: '20000005',
      slot: slot('11:30'),
      idempotencyKey: randomUUID(),
    });
    expect(first.status).toBe(303);
    const again = await registrar.post('/en/book/times', {
      ...coded,
      'patient.givenName': 'Janete',
      'patient.language': 'lv',
    });
    expect(again.text).toContain('The clinic knows this person already');
    expect(again.text).toContain('Žanete Kļaviņa');
    expect(again.text).not.toContain('No, somebody else');
  });

  it.each([
    ["D'Arc", "O'Neill"],
    ['–', 'Suharto'],
    ['Jürgen', 'Weiß'],
    ['Anna Marija Katrīna Elizabete', 'Bērziņa-Kalniņa-von der Osten-Sacken '.repeat(2).trim()],
  ])('takes odd names as they are: %s %s', async (givenName, familyName) => {
    const times = await registrar.post('/en/book/times', {
      'patient.givenName': givenName,
      'patient.familyName': familyName,
      'patient.identity': '1.2.1990',
      'patient.language': 'lv',
      phone: '20000006',
    });
    expect(times.status).toBe(200);
    expect(times.text).toContain(`${givenName} ${familyName}`);
  });

  it('chooses how the patient is told, and history keeps it', async () => {
    clock.set('2027-03-01T05:31:00Z');
    const wish = { patientId: ilze, phone: '20000001', email: 'ilze@patient.example' };
    const events = (id: string) =>
      database.sql('select kind, tells, untold_why as why from appointment_event where appointment_id = $1', [id]);
    const book = async (time: string, notice: string) => {
      const done = await registrar.post('/en/book', {
        ...wish,
        notice,
        slot: slot(time),
        idempotencyKey: randomUUID(),
      });
      expect([notice, done.status]).toEqual([notice, 303]);
      const id = /done\/([\w-]+)/.exec(done.location ?? '')?.[1] ?? '';
      const [event] = await events(id);
      const page = await registrar.get(done.location ?? '');
      return { id, event, page };
    };
    const told = await book('11:00', 'told');
    expect(told.event).toEqual({ kind: 'booked', tells: false, why: 'told-by-phone' });
    for (const text of ['Monday, 1 March 2027, 11:00', 'Anna Kalniņa', 'told by phone'])
      expect(told.page.text).toContain(text);
    const [row] = await database.sql<{ reference: string }>('select reference from appointment where id = $1', [
      told.id,
    ]);
    // As it is read out: in fours, as in letters.
    expect(told.page.text).toContain(inFours(row?.reference ?? ''));
    expect(told.page.html).toContain(`/en/paper/notice/${told.id}`);
    expect((await registrar.get(`/en/appointments/${told.id}`)).text).toMatch(/by phone/i);
    const undone = await registrar.post(`/en/book/done/${told.id}/undo`, {
      version: registrar.field(told.page, 'version'),
      idempotencyKey: registrar.field(told.page, 'idempotencyKey'),
    });
    expect(undone.location).toBe('/en/book');
    expect((await events(told.id)).at(-1)).toMatchObject({ kind: 'cancelled', tells: false });
    expect((await book('11:00', 'send')).event).toEqual({ kind: 'booked', tells: true, why: null });
    const lost = await registrar.post('/en/book', {
      patientId: ilze,
      phone: '20000001',
      notice: 'send',
      slot: slot('11:30'),
      idempotencyKey: randomUUID(),
    });
    expect(lost.status).toBe(422);
    expect(lost.html).toContain('email-error');
  });

  it('books whoever stands at the desk for the first time that is left today, and they have arrived', async () => {
    const guest = await aPatient(database, { clinic: { id: calendar.clinicId }, familyName: 'Pēkšņs' });
    // Whoever works on stays signed in.
    for (let n = 0; n < 5; n++) {
      clock.advance({ minutes: 13 });
      await Promise.all([registrar.get('/en/book'), stranger.get('/en/book')]);
    }
    const times = await registrar.post('/en/book/times', { patientId: guest, q: 'konsult', asked: 'on' });
    const value = /name="slot" value="([^"]+)" formaction="\/en\/book\/walk-in" data-shortcut="w"/.exec(
      times.html,
    )?.[1];
    expect(value).toBeDefined();
    const done = await registrar.post('/en/book/walk-in', {
      patientId: guest,
      phone: '20000007',
      notice: 'print',
      slot: value ?? '',
      idempotencyKey: randomUUID(),
    });
    expect(done.status).toBe(303);
    expect((await registrar.get(done.location ?? '')).text).toContain('Booked and arrived');
    expect(await appointments()).toContainEqual(
      expect.objectContaining({ name: 'Pēkšņs', status: 'arrived', origin: 'desk' }),
    );
  });

  it('books nothing for whoever would arrive today for another day', async () => {
    const guest = await aPatient(database, { clinic: { id: calendar.clinicId }, familyName: 'Rītdiena' });
    const tomorrow = await registrar.post('/en/book/walk-in', {
      patientId: guest,
      phone: '20000007',
      offer: `${calendar.id}|${calendar.serviceId}`,
      onDay: Temporal.PlainDate.from(day).add({ days: 1 }).toString(),
      atTime: '09:00',
      slot: 'offer',
      idempotencyKey: randomUUID(),
    });
    expect(tomorrow.text).toContain('It is too early for that');
    expect(await database.sql('select from appointment where patient_id = $1', [guest])).toEqual([]);
  });

  it('books what somebody waits for, with all that was said of it, and the wish is met', async () => {
    const [branch] = await database.sql<{ id: string }>('select id from branch where clinic_id = $1', [
      calendar.clinicId,
    ]);
    const actor = asStaff(calendar.clinicId, { accountId: member.accountId, staffMemberId: member.id });
    const { id } = await app.get(RegisterEntry).run({
      actor,
      clinicId: calendar.clinicId,
      branchId: branch?.id ?? '',
      channel: 'email',
      receivedAt: null,
      person: { givenName: 'Gaida', familyName: 'Rinda' },
      contact: { email: 'gaida@patient.example', phone: null },
      serviceId: calendar.serviceId,
      payer: 'state',
      practitionerId: null,
      wish: null,
      request: aRequest(actor),
    });
    const begun = await registrar.get(`/en/book?waiting=${id}`);
    expect(begun.text).toContain('From the waiting list: Gaida Rinda, Konsultācija.');
    expect([registrar.field(begun, 'patient.givenName'), registrar.field(begun, 'email')]).toEqual([
      'Gaida',
      'gaida@patient.example',
    ]);
    const person = {
      waiting: id,
      'patient.givenName': 'Gaida',
      'patient.familyName': 'Rinda',
      'patient.identity': '3.3.1970',
      'patient.language': 'lv',
      email: 'gaida@patient.example',
    };
    const times = await registrar.post('/en/book/times', person);
    expect(registrar.field(times, 'q')).toBe('Konsultācija');
    expect(times.html).toMatch(/value="email" selected/);
    const value = /class="time-choice[^"]*" name="slot" value="([^"]+)"/.exec(times.html)?.[1] ?? '';
    const done = await registrar.post('/en/book', {
      ...person,
      origin: 'email',
      notice: 'send',
      slot: value,
      idempotencyKey: registrar.field(times, 'idempotencyKey'),
    });
    expect(done.status).toBe(303);
    const [entry] = await database.sql(
      `select w.state, a.origin from waiting_list_entry w join appointment a on a.id = w.appointment_id where w.id = $1`,
      [id],
    );
    expect(entry).toEqual({ state: 'booked', origin: 'email' });
    expect((await registrar.get(`/en/book?waiting=${id}`)).text).not.toContain('From the waiting list');
  });

  it('cannot reach the patients or times of another clinic', async () => {
    expect((await stranger.post('/en/book/patients', { q: 'skele' })).text).toContain('Nobody was found');
    expect((await stranger.post('/en/book/times', { patientId: ilze })).status).toBe(404);
    const own = {
      'patient.givenName': 'A',
      'patient.familyName': 'B',
      'patient.language': 'lv',
      'patient.identity': '1980-01-01',
    };
    const booked = await stranger.post('/en/book', {
      ...own,
      phone: '20000003',
      slot: slot('11:00'),
      idempotencyKey: randomUUID(),
    });
    expect(booked.status).toBe(404);
  });
});
