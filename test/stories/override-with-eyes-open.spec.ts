import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StaffActor, StaffRole } from '#libs/access';
import { BookAppointment, MoveAppointment, type Override, type OverrideKind } from '#libs/appointments';
import { calendarTerms, whyNot, whysNot } from '#libs/calendars';
import { Database, Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { staffVisitor, type StaffVisitor } from '../support/staff-visitor.js';
import { aRequest } from '../support/verbs.js';

const clock = testClock('2027-02-26T08:00:00Z');
const day = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let clinic: build.Clinic;
let calendar: build.Calendar;
let desk: build.StaffMember;
let registrar: StaffVisitor;
let assistant: StaffVisitor;
let people = 0;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await build.aClinic(database);
  const branch = await build.aBranch(database, { clinic });
  const practitioner = await build.aPractitioner(database, { clinic, familyName: 'Liepa' });
  calendar = await build.aCalendar(database, {
    branch,
    practitioner,
    payer: 'state',
    open: [
      [`${day}T09:00`, `${day}T12:00`],
      [`${day}T13:00`, `${day}T15:00`],
      ['2027-04-01T09:00', '2027-04-01T12:00'],
      ['2027-05-03T09:00', '2027-05-03T12:00'],
    ],
    now: clock.now().toString(),
  });
  // In April the state pays for nothing.
  await database.sql(
    `insert into quota (clinic_id, resource_id, valid_from, valid_to, visits_a_month) values ($1, $2, '2027-04-01', '2027-04-30', 0)`,
    [clinic.id, calendar.resourceId],
  );
  await build.refreshFreeDays(database, calendar, clock.now().toString());
  app = await startApp('clinic', { clock });
  desk = await build.aStaffMember(database, { clinic, name: 'Anna Kalniņa' });
  const enter = async (staff: build.StaffMember): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await build.aCredential(database, staff), clock);
  registrar = await enter(desk);
  assistant = await enter(await build.aStaffMember(database, { clinic, role: 'assistant', assists: [practitioner] }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const as = (role: StaffRole, practitionerIds: readonly string[] = []): StaffActor => ({
  kind: 'staff',
  accountId: desk.accountId,
  staffMemberId: desk.id,
  clinicId: clinic.id,
  sessionId: randomUUID(),
  role,
  practitionerId: practitionerIds[0] ?? null,
  practitionerIds,
  branchIds: null,
  name: 'Anna Kalniņa',
});
const knowing = (...kinds: OverrideKind[]): Override => ({ kinds, reason: 'urgent', note: 'Ārsts zina' });
const slotAt = (start: string) => ({
  calendarId: calendar.id,
  serviceId: calendar.serviceId,
  start: Temporal.Instant.from(build.at(calendar, start)),
});
const book = (start: string, actor: StaffActor, override: Override | null = null): Promise<{ id: string }> => {
  people += 1;
  return app.get(BookAppointment).run({
    actor,
    slot: slotAt(start),
    patient: {
      givenName: 'Ilze',
      familyName: `Ozola ${'abcdefghij'[people % 10]}${'abcdefghij'[Math.floor(people / 10) % 10]}`,
      birthDate: Temporal.PlainDate.from('1950-01-01').add({ days: people }),
      language: 'lv',
    },
    contact: { email: null, phone: '+37120000000' },
    language: 'lv',
    termsVersion: null,
    origin: 'phone',
    override,
    request: aRequest(actor),
  });
};
const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'booked',
    (thrown: unknown) => {
      if (!(thrown instanceof Refusal)) throw thrown;
      return [thrown.code, thrown.details.why].filter(Boolean).join(' ');
    },
  );
const aPatient = (): Promise<string> => {
  people += 1;
  const familyName = `Kalns ${'abcdefghij'[people % 10]}${'abcdefghij'[Math.floor(people / 10) % 10]}`;
  return build.aPatient(database, { clinic, familyName });
};
const ledger = (id: string) =>
  database.sql<{ lane: number; reason: string | null }>(
    'select lane, override_reason as reason from occupation where owner_id = $1',
    [id],
  );
const isInOrder = async (): Promise<void> => {
  expect(await app.get(Database).transaction((tx) => audit(tx, clock.now()))).toEqual([]);
};

describe('a time that is not free or not open', () => {
  it.each([
    ['outside the hours', 'outside-hours', `${day}T17:00`, 'not-bookable outside-hours'],
    ['off the grid', 'outside-hours', `${day}T09:07`, 'not-bookable off-grid'],
    ['over the quota', 'over-quota', '2027-04-01T09:00', 'not-bookable quota-used'],
  ] as const)('%s takes its own right, asked of each role', async (_, kind, start, refused) => {
    const own = [calendar.resourceId];
    expect(await said(book(start, as('registrar')))).toBe(refused);
    expect(await said(book(start, as('assistant', own), knowing(kind)))).toBe('not-allowed');
    expect(await said(book(start, as('practitioner', [randomUUID()]), knowing(kind)))).toBe('not-allowed out-of-reach');
    const { id } = await book(start, as('practitioner', own), knowing(kind));
    expect(await ledger(id)).toEqual([{ lane: 0, reason: 'urgent' }]);
    const [step] = await database.sql(
      'select overrides, override_why, reason_note, actor_name from appointment_event where appointment_id = $1',
      [id],
    );
    expect(step).toEqual({
      overrides: [kind],
      override_why: 'urgent',
      reason_note: 'Ārsts zina',
      actor_name: 'Anna Kalniņa',
    });
  });

  it('beside another visit takes a second lane of the ledger, and a right of its own', async () => {
    const own = [calendar.resourceId];
    await book(`${day}T10:00`, as('registrar'));
    expect(await said(book(`${day}T10:00`, as('registrar')))).toBe('slot-taken');
    expect(await said(book(`${day}T10:00`, as('assistant', own), knowing('beside')))).toBe('not-allowed');
    const { id } = await book(`${day}T10:00`, as('admin'), knowing('beside'));
    expect(await ledger(id)).toEqual([{ lane: 1, reason: 'urgent' }]);
    const third = await book(`${day}T10:00`, as('practitioner', own), knowing('beside'));
    expect(await ledger(third.id)).toEqual([{ lane: 2, reason: 'urgent' }]);
    await isInOrder();
  });

  it('is refused for what staff were not warned of, however much else they knew', async () => {
    await book(`${day}T18:00`, as('registrar'), knowing('outside-hours'));
    expect(await said(book(`${day}T18:00`, as('registrar'), knowing('outside-hours')))).toBe('slot-taken');
    expect(await said(book(`${day}T18:00`, as('registrar'), knowing('beside')))).toBe('not-bookable outside-hours');
    const { id } = await book(`${day}T18:00`, as('registrar'), knowing('outside-hours', 'beside'));
    const [step] = await database.sql('select overrides from appointment_event where appointment_id = $1', [id]);
    expect(step).toEqual({ overrides: ['outside-hours', 'beside'] });
  });

  it('keeps no reason where nothing stood against it after all', async () => {
    const { id } = await book(`${day}T14:00`, as('registrar'), knowing('beside'));
    expect(await ledger(id)).toEqual([{ lane: 0, reason: null }]);
    const [step] = await database.sql(
      'select overrides, override_why, reason_note from appointment_event where appointment_id = $1',
      [id],
    );
    expect(step).toEqual({ overrides: [], override_why: null, reason_note: null });
  });

  it('cannot be overridden where it has passed, or where a group has no seat left', async () => {
    const all = knowing('outside-hours', 'over-quota', 'beside');
    expect(await said(book('2027-02-25T09:00', as('admin'), all))).toBe('not-bookable in-the-past');
    const groups = await build.aCalendar(database, { clinic, branch: { ...calendar, id: calendar.branchId } as never });
    await database.sql('update calendar_service set by_session = true where calendar_id = $1', [groups.id]);
    const start = Temporal.Instant.from(build.at(groups, `${day}T09:00`));
    const seat = app.get(BookAppointment).run({
      actor: as('admin'),
      slot: { calendarId: groups.id, serviceId: groups.serviceId, start },
      patient: { id: await aPatient() },
      contact: { email: null, phone: '+37120000000' },
      language: 'lv',
      termsVersion: null,
      origin: 'desk',
      override: all,
      request: aRequest(as('admin')),
    });
    expect(await said(seat)).toBe('not-bookable outside-hours');
  });

  it('gives as the first of all reasons the one that is given alone', async () => {
    await app.get(Database).transaction(async (tx) => {
      const terms = await calendarTerms(tx, calendar.id, calendar.serviceId);
      if (!terms) throw new Error('no offer');
      const starts = [`${day}T09:00`, `${day}T09:07`, `${day}T10:00`, `${day}T11:50`, `${day}T12:30`, `${day}T18:00`];
      for (const start of [...starts, '2027-04-01T09:00', '2027-04-02T09:00', '2027-02-25T09:00', '2030-01-01T09:00']) {
        const at = Temporal.Instant.from(build.at(calendar, start));
        const whys = await whysNot(tx, terms, at, clock.now());
        expect([start, whys[0] ?? null]).toEqual([start, await whyNot(tx, terms, at, clock.now(), { byStaff: true })]);
      }
    });
  });
});

describe('twenty who override at once', () => {
  it('never stand beside each other without knowing', async () => {
    const ends = await Promise.all(
      Array.from({ length: 20 }, () => said(book(`${day}T20:00`, as('registrar'), knowing('outside-hours')))),
    );
    expect(ends.filter((end) => end === 'booked')).toHaveLength(1);
    // Whoever waited too long for the lock is told that, too.
    expect(ends.filter((end) => !['booked', 'slot-taken', 'in-progress'].includes(end))).toEqual([]);
    await isInOrder();
  });

  it('stand each in a lane of their own when they know', async () => {
    const known = knowing('outside-hours', 'beside');
    const ids = await Promise.all(Array.from({ length: 20 }, () => book(`${day}T21:00`, as('registrar'), known)));
    const lanes = await database.sql<{ lane: number }>(
      'select lane from occupation where owner_id = any($1) order by lane',
      [ids.map(({ id }) => id)],
    );
    expect(lanes.map(({ lane }) => lane)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    await isInOrder();
  });
});

describe('what the desk reads before it overrides', () => {
  const wish = async (start: string, more: Record<string, string | readonly string[]> = {}) => ({
    patientId: await aPatient(),
    phone: '20000009',
    slot: `${calendar.id}|${calendar.serviceId}|${build.at(calendar, start)}`,
    idempotencyKey: randomUUID(),
    ...more,
  });
  const given = (page: Awaited<ReturnType<StaffVisitor['post']>>) => ({
    overrideStart: registrar.field(page, 'overrideStart'),
    overrideKinds: registrar.field(page, 'overrideKinds'),
  });

  it('is which visit stands there', async () => {
    const asked = await registrar.post('/en/book', await wish(`${day}T10:15`));
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Beside another visit');
    expect(asked.text).toContain('Taken by another visit 10:00–10:30.');
    expect(asked.text).not.toContain('Outside working hours Working');
  });

  it('is which hours there are, and what closes them', async () => {
    const asked = await registrar.post('/en/book', await wish(`${day}T12:30`));
    expect(asked.text).toContain('Working hours that day: 09:00–12:00, 13:00–15:00.');
    const never = await registrar.post('/en/book', await wish('2027-03-02T12:30'));
    expect(never.text).toContain('There are no working hours that day.');
  });

  it('is which quota is used', async () => {
    const asked = await registrar.post('/en/book', await wish('2027-04-01T11:00'));
    expect(asked.text).toContain('Over the quota or daily limit');
    expect(asked.text).toMatch(/Liepa.*of 0 visits/);
  });

  it('is everything at once, and new things are asked anew', async () => {
    const first = await registrar.post('/en/book', await wish(`${day}T19:00`));
    const sent = { ...given(first), overrideReason: 'other', override: '' };
    expect(sent.overrideKinds).toBe('outside-hours');
    const noNote = await registrar.post('/en/book', await wish(`${day}T19:00`, sent));
    expect(noNote.html).toContain('override-error');
    await book(`${day}T19:00`, as('registrar'), knowing('outside-hours'));
    const whole = { ...sent, override: 'Atnāk ar bērnu' };
    const changed = await registrar.post('/en/book', await wish(`${day}T19:00`, whole));
    expect(changed.status).toBe(422);
    expect(changed.text).toContain('Meanwhile something else stands against this time');
    expect(given(changed).overrideKinds).toBe('outside-hours,beside');
    expect(changed.html).toContain('value="Atnāk ar bērnu"');
    const done = await registrar.post('/en/book', await wish(`${day}T19:00`, { ...whole, ...given(changed) }));
    expect(done.status).toBe(303);
    const panel = await registrar.get((done.location ?? '').replace('book/done', 'appointments'));
    expect(panel.text).toContain('Knowingly outside working hours');
    expect(panel.text).toContain('Knowingly beside another visit');
    expect(panel.text).toContain('Another reason');
    expect(panel.text).toContain('Atnāk ar bērnu');
  });

  it('is the same for somebody who walks in, who has arrived at once', async () => {
    const walkIn = {
      patientId: await aPatient(),
      phone: '20000009',
      offer: `${calendar.id}|${calendar.serviceId}`,
      onDay: '2027-02-26',
      atTime: '10:05',
      slot: 'offer',
      idempotencyKey: randomUUID(),
    };
    const asked = await registrar.post('/en/book/walk-in', walkIn);
    expect(asked.text).toContain('There are no working hours that day.');
    expect(asked.html).toContain('formaction="/en/book/walk-in"');
    const why = { ...given(asked), overrideReason: 'urgent', idempotencyKey: randomUUID() };
    expect((await registrar.post('/en/book/walk-in', { ...walkIn, ...why })).status).toBe(303);
    const [row] = await database.sql('select status from appointment where patient_id = $1', [walkIn.patientId]);
    expect(row).toEqual({ status: 'arrived' });
  });

  it('is not offered to whoever may not', async () => {
    const patientId = await aPatient();
    const slot = `${calendar.id}|${calendar.serviceId}|${build.at(calendar, `${day}T10:00`)}`;
    const asked = await assistant.post('/en/book', {
      patientId,
      phone: '20000009',
      slot,
      idempotencyKey: randomUUID(),
    });
    expect(asked.text).not.toContain('Do it all the same');
  });

  it('is the same when a visit is moved, from a form and from where a drag was refused', async () => {
    const { id } = await book('2027-05-03T09:00', as('registrar'));
    const taken = await book('2027-05-03T10:00', as('registrar'));
    const page = await registrar.get(`/en/appointments/${id}/move?resource=${calendar.resourceId}&at=2027-05-03T10:00`);
    expect(page.text).toContain('Taken by another visit 10:00–10:30.');
    const move = {
      version: '1',
      calendar: calendar.id,
      start: given(page).overrideStart,
      ...given(page),
      overrideReason: 'comes-together',
      idempotencyKey: registrar.field(page, 'idempotencyKey'),
    };
    expect((await registrar.post(`/en/appointments/${id}/move`, move)).status).toBe(303);
    expect(await ledger(id)).toEqual([{ lane: 1, reason: 'comes-together' }]);
    expect(await ledger(taken.id)).toEqual([{ lane: 0, reason: null }]);
    const back = app.get(MoveAppointment).run({
      actor: as('assistant', [calendar.resourceId]),
      id: taken.id,
      version: 1,
      to: slotAt('2027-05-03T12:30'),
      override: knowing('outside-hours'),
      request: aRequest(as('assistant')),
    });
    expect(await said(back)).toBe('not-allowed');
    await isInOrder();
  });
});
