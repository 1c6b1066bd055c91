import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Booking } from '#libs/appointments';
import { Refusal } from '#libs/platform';
import { BookEntry, RegisterEntry, type Registration, WaitingEntries, WithdrawEntry } from '#libs/waiting-list';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { staffVisitor, type StaffVisitor } from '../support/staff-visitor.js';
import { aRequest } from '../support/verbs.js';

/** A Friday morning in Riga and Tallinn. */
const clock = testClock('2026-11-20T08:00:00Z');

let database: TestDatabase;
let app: RunningApp;
let clinic: build.Clinic;
let branch: build.Branch;
let calendar: build.Calendar;
let other: build.Calendar;
let ilze: string;
let registrar: StaffVisitor;
let doctor: StaffVisitor;
let stranger: StaffVisitor;
let actor: Registration['actor'];

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await build.aClinic(database);
  branch = await build.aBranch(database, { clinic });
  const now = clock.now().toString();
  const open: [string, string][] = [
    ['2026-12-01T09:00', '2026-12-01T15:00'],
    ['2026-12-02T08:00', '2026-12-02T18:00'],
    ['2026-12-03T08:00', '2026-12-03T18:00'],
  ];
  const practitioner = await build.aPractitioner(database, { clinic, familyName: 'Liepa' });
  calendar = await build.aCalendar(database, { branch, practitioner, payer: 'state', open, now });
  other = await build.aCalendar(database, {
    branch,
    practitioner: await build.aPractitioner(database, { clinic, familyName: 'Ozola' }),
    open,
    now,
  });
  ilze = await build.aPatient(database, { clinic, familyName: 'Šķēle', email: 'ilze@patient.example' });
  app = await startApp('clinic', { clock });
  const enter = async (staff: build.StaffMember): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await build.aCredential(database, staff), clock);
  const desk = await build.aStaffMember(database, { clinic, name: 'Anna Kalniņa' });
  registrar = await enter(desk);
  doctor = await enter(await build.aStaffMember(database, { clinic, role: 'practitioner', practitioner }));
  stranger = await enter(await build.aStaffMember(database, { clinic: await build.aClinic(database) }));
  actor = {
    kind: 'staff',
    accountId: desk.accountId,
    staffMemberId: desk.id,
    clinicId: clinic.id,
    sessionId: randomUUID(),
    role: 'registrar',
    practitionerId: null,
    practitionerIds: [],
    branchIds: null,
    name: 'Anna Kalniņa',
  };
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const wish = (more: Partial<Registration> = {}): Registration => ({
  actor,
  clinicId: clinic.id,
  branchId: branch.id,
  channel: 'phone',
  receivedAt: null,
  person: { id: ilze },
  contact: { email: null, phone: null },
  serviceId: calendar.serviceId,
  payer: 'state',
  practitionerId: null,
  wish: null,
  request: aRequest(actor),
  ...more,
});
const register = (more: Partial<Registration> = {}): Promise<{ id: string }> => app.get(RegisterEntry).run(wish(more));
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown)),
  );
const fields = (more: Record<string, string> = {}): Record<string, string> => ({
  channel: 'phone',
  wanted: `${calendar.serviceId}|state`,
  branch: branch.id,
  idempotencyKey: randomUUID(),
  ...more,
});
const idOf = (location: string | null): string => (location ?? '').split('/').at(-1) ?? '';

describe('a request at the desk, by phone or by e-mail', () => {
  it('is registered in two steps, from a name to an entry, and nobody stands in an address', async () => {
    const found = await registrar.post('/en/waiting/patients', { q: 'skele' });
    expect(found.text).toContain('Šķēle');
    const form = await registrar.post('/en/waiting/details', { patientId: ilze });
    expect(form.text).toContain('Šķēle');
    expect(form.html).toContain(`value="${calendar.serviceId}|state"`);
    const done = await registrar.post('/en/waiting', fields({ patientId: ilze, wish: 'Sāp labā acs, der rīti' }));
    expect(done).toMatchObject({ status: 303, location: expect.stringMatching(/^\/en\/waiting\/[0-9a-f-]{36}$/) });
    const entry = await registrar.get(done.location ?? '');
    expect(entry.text).toContain('Sāp labā acs, der rīti');
    expect(entry.text).toContain('Friday, 20 November 2026');
    const [row] = await database.sql(
      `select channel, counts_from::text, answer_due_on, position(convert_to('acs', 'utf8') in wish_sealed) as readable
         from waiting_list_entry where id = $1`,
      [idOf(done.location)],
    );
    expect(row).toEqual({ channel: 'phone', counts_from: '2026-11-20', answer_due_on: null, readable: 0 });
  });

  it('is never refused because the queue is long', async () => {
    const before = await app.get(WaitingEntries).count(actor, clinic.id);
    await database.sql(
      `insert into waiting_list_entry (clinic_id, branch_id, patient_id, service_id, payer, channel, received_at, counts_from,
                                       registered_at, registered_by, state)
       select clinic_id, branch_id, patient_id, service_id, payer, channel, received_at - n * interval '1 minute', counts_from - 200,
              registered_at, registered_by, state
         from waiting_list_entry, generate_series(1, 300) n where state = 'waiting'`,
    );
    expect(before).toBe(1);
    const form = await registrar.post('/en/waiting/details', { patientId: ilze });
    expect(form.text).not.toMatch(/refuse|queue is too long/i);
    expect((await registrar.post('/en/waiting', fields({ patientId: ilze }))).status).toBe(303);
    await database.sql(`delete from waiting_list_entry where counts_from < '2026-06-01'`);
  });

  it.each([
    ['in the evening', '2026-11-19', '17:00', 'Friday, 20 November 2026', '2026-11-20', '2026-11-24'],
    ['on a holiday', '2026-11-18', '11:00', 'Thursday, 19 November 2026', '2026-11-19', '2026-11-23'],
    ['at a weekend', '2026-11-14', '10:00', 'Monday, 16 November 2026', '2026-11-16', '2026-11-19'],
  ])('that is an e-mail %s counts from the next working day and says so', async (_, day, time, said, from, due) => {
    const done = await registrar.post(
      '/en/waiting',
      fields({ patientId: ilze, channel: 'email', receivedDay: day, receivedTime: time }),
    );
    const [row] = await database.sql(
      'select counts_from::text, answer_due_on::text from waiting_list_entry where id = $1',
      [idOf(done.location)],
    );
    expect(row).toEqual({ counts_from: from, answer_due_on: due });
    const list = await registrar.get('/en/waiting?channel=email');
    expect(list.text).toContain(`Came outside 9–17, counts from ${said}`);
  });

  it('shows by when a written one is answered, that it was not, and that it was', async () => {
    const { id } = await register({ channel: 'email', receivedAt: Temporal.Instant.from('2026-11-16T08:00:00Z') });
    const late = await registrar.get(`/en/waiting/${id}`);
    expect(late.text).toContain('Not answered: was due Thu');
    expect((await registrar.get('/en/waiting')).text).toContain('2 written requests were not answered in time.');
    expect((await registrar.get('/en/waiting?late=on')).html).toContain(id);
    const sent = { version: '1', toldBy: 'phone', idempotencyKey: randomUUID() };
    expect((await registrar.post(`/en/waiting/${id}/answer`, sent)).status).toBe(303);
    expect((await registrar.post(`/en/waiting/${id}/answer`, sent)).status).toBe(303);
    const told = await registrar.get(`/en/waiting/${id}`);
    expect(told.text).not.toContain('Not answered');
    expect(told.text).toContain('Answered: told by phone');
    expect((await registrar.get('/en/waiting')).text).toContain('1 written request was not answered in time.');
  });

  it('keeps only a name and a contact, sealed, of somebody who cannot be told apart from others', async () => {
    const named = { 'patient.givenName': 'Mārtiņš', 'patient.familyName': 'Nezināms', 'patient.language': 'lv' };
    const code = { 'patient.personCode.country': 'LV' };
    const silent = await registrar.post('/en/waiting', fields({ ...named, ...code }));
    expect(silent.status).toBe(422);
    expect(silent.html).toContain('phone-error');
    const done = await registrar.post('/en/waiting', fields({ ...named, ...code, phone: '20000005' }));
    expect(done.status).toBe(303);
    const entry = await registrar.get(done.location ?? '');
    expect(entry.text).toContain('Mārtiņš Nezināms');
    expect(entry.text).toContain('not yet in the clinic’s records');
    expect(await database.sql(`select from patient where family_name = 'Nezināms'`)).toEqual([]);
    const wrong = await registrar.post(
      '/en/waiting',
      fields({ ...named, 'patient.identity': '99', phone: '20000005' }),
    );
    expect(wrong.html).toContain('patient.identity-error');
    const whole = { ...named, 'patient.identity': '03.02.1961', phone: '20000005' };
    expect((await registrar.post('/en/waiting', fields(whole))).status).toBe(303);
    expect(await database.sql(`select from patient where family_name = 'Nezināms'`)).toHaveLength(1);
  });

  it('is not a way to see whom a doctor has never met', async () => {
    const unmet = await build.aPatient(database, { clinic, familyName: 'Svešais' });
    const asked = fields({ patientId: unmet, practitioner: calendar.resourceId });
    const refused = await doctor.post('/en/waiting', asked);
    expect(refused.status).toBe(404);
    expect(refused.text).not.toContain('Svešais');
    expect(await database.sql('select from waiting_list_entry where patient_id = $1', [unmet])).toEqual([]);
  });

  it('stands in the order in which it counts, a page at a time', async () => {
    const channel = 'desk';
    await Promise.all(Array.from({ length: 60 }, () => register({ channel })));
    const first = await app.get(WaitingEntries).page(actor, clinic.id, { channel });
    const second = await app.get(WaitingEntries).page(actor, clinic.id, { channel, after: first.next ?? '' });
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 10, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(60);
    const all = await app.get(WaitingEntries).page(actor, clinic.id);
    const days = all.items.map(({ countsFrom }) => countsFrom.toString());
    expect(days).toEqual(days.toSorted());
    expect((await registrar.get(`/en/waiting?channel=desk`)).html).toContain('rel="next"');
  });

  it('registered twice with one key is one entry', async () => {
    const asked = fields({ patientId: ilze });
    const both = await Promise.all([registrar.post('/en/waiting', asked), registrar.post('/en/waiting', asked)]);
    expect(both[0]?.location).toBe(both[1]?.location);
  });

  it('keeps what was typed when something is wrong', async () => {
    const wrong = await registrar.post(
      '/en/waiting',
      fields({ patientId: ilze, channel: 'email', receivedDay: '2026-12-24', wish: 'der tikai pirmdienas' }),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('receivedDay-error');
    expect(wrong.text).toContain('der tikai pirmdienas');
    const notHers = await registrar.post('/en/waiting', fields({ patientId: ilze, practitioner: other.resourceId }));
    expect(notHers.status).toBe(422);
    expect(notHers.html).toContain('practitioner-error');
  });
});

describe('a registered request', () => {
  const visit = (start: string): Booking => ({
    actor,
    slot: { ...calendar, calendarId: calendar.id, start: Temporal.Instant.from(build.at(calendar, start)) },
    patient: { id: ilze },
    contact: { email: null, phone: '+37120000000' },
    language: 'lv',
    termsVersion: null,
    origin: 'phone',
    request: aRequest(actor),
  });
  const bookFor = (id: string, start: string): Promise<{ id: string }> =>
    app.get(BookEntry).run({ id, booking: visit(start) });

  it('is booked by one appointment, and a name becomes the patient', async () => {
    const contact = { email: null, phone: '+37120000006' };
    const { id } = await register({ person: { givenName: 'Jānis', familyName: 'Zvanītājs' }, contact });
    const booking = visit('2026-12-01T09:00');
    const { id: appointmentId } = await app.get(BookEntry).run({ id, booking });
    expect((await app.get(BookEntry).run({ id, booking })).id).toBe(appointmentId);
    const card = await app.get(WaitingEntries).find(actor, id);
    expect(card).toMatchObject({ state: 'booked', appointmentId, patientId: ilze, person: { familyName: 'Šķēle' } });
    expect(card.history.map(({ kind }) => kind)).toEqual(['registered', 'booked']);
    expect(
      await database.sql('select from waiting_list_entry where id = $1 and person_sealed is null', [id]),
    ).toHaveLength(1);
    expect((await registrar.get('/en/waiting?state=booked')).text).toContain('A visit is booked');
  });

  it('that two book at once, twenty times over, is one appointment each time, and the other books nothing', async () => {
    const starts = ['02', '03'].flatMap((day) =>
      Array.from(
        { length: 20 },
        (_, n) => `2026-12-${day}T${String(8 + Math.floor(n / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`,
      ),
    );
    const booked = async (): Promise<number> => (await database.sql('select from appointment')).length;
    const before = await booked();
    for (let round = 1; round <= 20; round++) {
      const { id } = await register();
      const two = starts.splice(0, 2).map((start) => codeOf(bookFor(id, start)));
      expect((await Promise.all(two)).toSorted()).toEqual(['done', 'state-changed']);
      expect(await booked()).toBe(before + round);
    }
  });

  it('leads to the booking with all that is known, and what is booked there settles it', async () => {
    const { id } = await register({ channel: 'email', practitionerId: calendar.resourceId });
    const entry = await registrar.get(`/en/waiting/${id}`);
    expect(entry.html).toContain('href="/en/book?waiting');
    const who = await registrar.get(`/en/book?waiting=${id}`);
    expect(who.text).toContain('Šķēle');
    const times = await registrar.post('/en/book/times', { waiting: id, patientId: ilze });
    const slot = `${calendar.id}|${calendar.serviceId}|${build.at(calendar, '2026-12-01T13:00')}`;
    const done = await registrar.post('/en/book', {
      waiting: id,
      patientId: ilze,
      phone: '20000007',
      origin: 'email',
      slot,
      idempotencyKey: registrar.field(times, 'idempotencyKey'),
    });
    expect(done.status).toBe(303);
    const [row] = await database.sql(
      `select w.state, a.origin from waiting_list_entry w join appointment a on a.id = w.appointment_id where w.id = $1`,
      [id],
    );
    expect(row).toEqual({ state: 'booked', origin: 'email' });
    const again = await registrar.post('/en/book', {
      waiting: id,
      patientId: ilze,
      phone: '20000007',
      slot: slot.replace('11:00:00', '12:00:00'),
      idempotencyKey: randomUUID(),
    });
    expect(again).toMatchObject({ status: 303, location: `/en/waiting/${id}` });
    const page = await registrar.get(`/en/waiting/${id}`);
    expect(page.text).toContain('A visit is booked · Anna Kalniņa, Fri 20 Nov, 10:00');
    expect(await database.sql(`select from appointment where origin = 'email'`)).toHaveLength(1);
    const warned = await app.get(WaitingEntries).find(actor, id);
    expect(warned.history.map(({ kind }) => kind)).toEqual(['registered', 'booked']);
  });

  it('comes from a booking for which no time suits, with the caller and without what was searched for', async () => {
    const times = await registrar.post('/en/book/times', { patientId: ilze, q: 'konsult' });
    expect(times.html).toContain('formaction="/en/waiting/details"');
    const form = await registrar.post('/en/waiting/details', {
      patientId: ilze,
      q: 'konsult',
      later: 'on',
      origin: 'phone',
    });
    expect(form.text).toContain('Šķēle');
    const person = { givenName: 'Zane', familyName: 'Jauna', birthDate: '1970-01-02', language: 'lv' };
    const named = Object.fromEntries(Object.entries(person).map(([name, value]) => [`patient.${name}`, value]));
    const unknown = await registrar.post('/en/waiting/details', { ...named, phone: '20000008', later: 'on' });
    expect(registrar.field(unknown, 'patient.familyName')).toBe('Jauna');
    expect(registrar.field(unknown, 'phone')).toBe('20000008');
  });

  it('waits again in its place when the booking is undone', async () => {
    const { id } = await register();
    const { id: appointmentId } = await bookFor(id, '2026-12-01T14:30');
    const sent = { version: '1', idempotencyKey: randomUUID() };
    for (let n = 0; n < 2; n++)
      expect((await registrar.post(`/en/book/done/${appointmentId}/undo`, sent)).status).toBe(303);
    const entry = await app.get(WaitingEntries).find(actor, id);
    expect(entry).toMatchObject({ state: 'waiting', appointmentId: null, patientId: ilze });
    expect(entry.history.map(({ kind }) => kind)).toEqual(['registered', 'booked', 'reopened']);
    expect((await registrar.get(`/en/waiting/${id}`)).text).toContain('it waits again');
  });

  it('is not settled by a visit of somebody else, which stands all the same', async () => {
    const { id } = await register();
    const neighbour = await build.aPatient(database, { clinic, familyName: 'Kaimiņš', email: 'k@patient.example' });
    const times = await registrar.post('/en/book/times', { waiting: id, patientId: neighbour });
    const done = await registrar.post('/en/book', {
      waiting: id,
      patientId: neighbour,
      phone: '20000009',
      slot: `${calendar.id}|${calendar.serviceId}|${build.at(calendar, '2026-12-01T12:00')}`,
      idempotencyKey: registrar.field(times, 'idempotencyKey'),
    });
    expect(done.location).toMatch(/^\/en\/book\/done\//);
    expect(await app.get(WaitingEntries).find(actor, id)).toMatchObject({ state: 'waiting', patientId: ilze });
  });

  it('that two work on at once ends in one way', async () => {
    const { id } = await register();
    const ends = await Promise.all([
      codeOf(bookFor(id, '2026-12-01T11:00')),
      codeOf(app.get(WithdrawEntry).run({ actor, id, version: 1, reason: 'duplicate', request: aRequest(actor) })),
    ]);
    expect(ends.toSorted()).toEqual(['done', 'state-changed']);
  });

  it('is withdrawn with a coded reason that stays', async () => {
    const { id } = await register();
    const sent = { version: '1', reason: 'booked-elsewhere', idempotencyKey: randomUUID() };
    expect((await registrar.post(`/en/waiting/${id}/withdraw`, sent)).status).toBe(303);
    const entry = await registrar.get(`/en/waiting/${id}`);
    expect(entry.text).toContain('Withdrawn: The patient has a visit elsewhere');
    expect(entry.html).not.toContain(`/waiting/${id}/withdraw`);
    const again = { ...sent, idempotencyKey: randomUUID() };
    expect((await registrar.post(`/en/waiting/${id}/withdraw`, again)).status).toBe(409);
  });

  it('has a history that the portal itself cannot rewrite', async () => {
    const rights = await database.sql(
      `select privilege_type as may from information_schema.role_table_grants
        where grantee = 'pieraksts_app' and table_name = 'waiting_list_event' order by 1`,
    );
    expect(rights).toEqual([{ may: 'INSERT' }, { may: 'SELECT' }]);
  });

  it('is seen by those whom it concerns, and each look at a person is written down', async () => {
    const { id } = await register({ wish: 'Der vakari' });
    const own = await register({ practitionerId: calendar.resourceId, wish: 'Kontrole pēc operācijas' });
    expect((await stranger.get(`/en/waiting/${id}`)).status).toBe(404);
    expect((await stranger.get('/en/waiting')).text).not.toContain('Šķēle');
    expect((await doctor.get(`/en/waiting/${id}`)).status).toBe(403);
    expect((await doctor.get(`/en/waiting/${own.id}`)).text).toContain('Kontrole pēc operācijas');
    expect((await doctor.get('/en/waiting')).html).not.toContain(id);
    const looks = await database.sql(
      `select action from access_log where patient_id = $1 and action like 'waiting-%' group by action order by action`,
      [ilze],
    );
    expect(looks).toEqual([{ action: 'waiting-entry' }, { action: 'waiting-list' }]);
    const elsewhere = { patientId: ilze, ...fields() };
    expect((await stranger.post('/en/waiting', elsewhere)).status).toBe(404);
    const theirs = {
      ...fields({ patientId: ilze }),
      practitioner: other.resourceId,
      wanted: `${other.serviceId}|paid`,
    };
    expect((await doctor.post('/en/waiting', theirs)).status).toBe(422);
  });
});
