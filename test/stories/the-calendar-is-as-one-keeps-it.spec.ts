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
  type Clinic,
} from '../support/builders.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2026-10-20T08:00:00Z');
const day = '2026-10-21';

let database: TestDatabase;
let app: RunningApp;
let clinic: Clinic;
let branch: Branch;
let anna: Calendar;
let boris: Calendar;
let registrar: StaffVisitor;
let colleague: StaffVisitor;
let doctor: StaffVisitor;
let closedBy: string;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database);
  branch = await aBranch(database, { clinic });
  const now = clock.now().toString();
  const practitioner = await aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Egle' });
  const open: [string, string][] = [
    [`${day}T09:00`, `${day}T12:00`],
    // The days on which clocks change, with a night's work.
    ['2026-10-25T01:00', '2026-10-25T08:00'],
    ['2027-03-28T01:00', '2027-03-28T08:00'],
  ];
  anna = await aCalendar(database, { branch, practitioner, open, now, horizonDays: 300 });
  boris = await aCalendar(database, {
    branch,
    practitioner: await aPractitioner(database, {
      clinic,
      givenName: 'Boriss',
      familyName: 'Kalns',
      specialty: 'neurology',
    }),
    payer: 'state',
    open: [[`${day}T09:00`, `${day}T12:00`]],
    now,
  });
  app = await startApp('clinic', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  const ieva = await aStaffMember(database, { clinic, name: 'Ieva' });
  closedBy = ieva.id;
  registrar = await enter(ieva);
  colleague = await enter(await aStaffMember(database, { clinic, name: 'Zane' }));
  doctor = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const booked = async (calendar: Calendar, start: string, familyName: string): Promise<string> =>
  (await aBooking(app, database, calendar, start, { familyName })).id;

interface Grid {
  shift: unknown;
  from: number;
  to: number;
  columns: { id: string; name: string; day: string }[];
  visits: Record<string, unknown>[];
  free: { column: string; at: number; until: number; label: string }[];
  taken: { column: string; label: string }[];
  closures: { column: string; at: number; until: number; label: string }[];
}

const gridOf = async (who: StaffVisitor, path: string): Promise<Grid> => {
  const { json } = await who.api(path);
  return json as never;
};
const dayOf = (who: StaffVisitor, on = day, more = ''): Promise<Grid> =>
  gridOf(who, `/api/calendar/day?branch=${branch.id}&day=${on}${more}`);
const names = ({ columns }: Grid): string[] => columns.map(({ name }) => name);

describe('how somebody sees the calendar', () => {
  const keep = (who: StaffVisitor, fields: Record<string, string | readonly string[]>) =>
    who.post('/en/calendar/view', { branch: branch.id, day, ...fields });

  it('is kept for them, and for nobody else', async () => {
    const kept = await keep(registrar, { filters: 'on', practitioners: [boris.resourceId], step: '30' });
    expect(kept).toMatchObject({ status: 303, location: `/en/calendar?branch=${branch.id}&day=${day}` });
    expect(names(await dayOf(registrar))).toEqual(['Boriss Kalns']);
    expect(names(await dayOf(colleague))).toEqual(['Anna Egle', 'Boriss Kalns']);
    const page = await registrar.get('/en/calendar');
    expect(page.html).toContain('<option value="30" selected>');
    expect(page.text).toContain('1 of 2');
  });

  it('gives way to what the address says, which changes nothing', async () => {
    const more = `&practitioners=${anna.resourceId}`;
    expect(names(await dayOf(registrar, day, more))).toEqual(['Anna Egle']);
    expect((await registrar.get(`/en/calendar?branch=${branch.id}&day=${day}&practitioners=all`)).text).toContain(
      'Anna Egle',
    );
    expect(names(await dayOf(registrar))).toEqual(['Boriss Kalns']);
  });

  it('knows specialties, and shows whoever comes later once everybody is chosen', async () => {
    await keep(registrar, {
      filters: 'on',
      practitioners: [anna.resourceId, boris.resourceId],
      specialty: 'neurology',
    });
    expect(names(await dayOf(registrar))).toEqual(['Boriss Kalns']);
    await keep(registrar, { filters: 'on', practitioners: [anna.resourceId, boris.resourceId], specialty: '' });
    expect(names(await dayOf(registrar))).toEqual(['Anna Egle', 'Boriss Kalns']);
    const [row] = await database.sql<{ value: { filters: Record<string, unknown> } }>(
      `select value from staff_preference where key = 'calendar'`,
    );
    expect(row?.value.filters).toEqual({ [branch.id]: { columns: null, specialty: null } });
  });

  it('is refused for a branch of another clinic', async () => {
    const other = await aBranch(database);
    expect((await registrar.post('/en/calendar/view', { branch: other.id })).status).toBe(404);
  });
});

describe('the day', () => {
  it('shows what is free, and why something is closed', async () => {
    await booked(anna, at(anna, `${day}T09:30`), 'Ozola');
    await database.sql(
      `insert into closure (clinic_id, resource_id, during, reason, created_by, created_at)
       values ($1, $2, tstzrange($3, $4), 'Mācības', $5, $6)`,
      [
        clinic.id,
        boris.resourceId,
        at(boris, `${day}T08:00`),
        at(boris, `${day}T20:00`),
        closedBy,
        clock.now().toString(),
      ],
    );
    const grid = await dayOf(registrar);
    expect(grid.free.filter(({ column }) => column === anna.resourceId)).toEqual([
      { column: anna.resourceId, at: 540, until: 570, label: '30 min' },
      { column: anna.resourceId, at: 600, until: 720, label: '2 h' },
    ]);
    expect(grid.closures).toEqual([expect.objectContaining({ column: boris.resourceId, label: 'Mācības' })]);
    const page = await registrar.get(`/en/calendar?branch=${branch.id}&day=${day}`);
    expect(page.text).toContain('10:00–12:00');
    expect(page.text).toContain('Mācības');
  });

  it('tells a doctor that a colleague is busy, but not with whom', async () => {
    await booked(boris, at(boris, `${day}T10:00`), 'Slepena');
    const grid = await dayOf(doctor, day, '&practitioners=all');
    expect(grid.visits).toEqual([expect.objectContaining({ name: 'Ilze Ozola' })]);
    expect(grid.taken).toContainEqual(
      expect.objectContaining({ column: boris.resourceId, label: 'Busy: another doctor’s patient' }),
    );
    const page = await doctor.get(`/en/calendar?branch=${branch.id}&day=${day}&practitioners=all`);
    expect(page.html).not.toContain('Slepena');
    expect(page.text).toContain('10:00–10:30 Busy: another doctor’s patient');
  });

  it('shows a visit that staff put beside another, with a mark', async () => {
    const beside = await booked(anna, at(anna, `${day}T11:00`), 'Blakus');
    await database.sql(
      `update occupation set lane = 1, override_reason = 'Akūti' where owner_id = $1 and owner_kind = 'appointment'`,
      [beside],
    );
    const grid = await dayOf(registrar);
    expect(grid.visits).toContainEqual(expect.objectContaining({ id: beside, isBeside: true }));
    expect((await registrar.get(`/en/calendar?branch=${branch.id}&day=${day}`)).text).toContain('Beside another');
  });
});

describe('a day when clocks change', () => {
  const move = async (id: string, version: number, start: string): Promise<number> => {
    const path = `/api/calendar/appointments/${id}/move`;
    const body = { version, resourceId: anna.resourceId, start };
    return (await registrar.api(path, body, { 'idempotency-key': randomUUID() })).status;
  };
  const startOf = async (id: string): Promise<string | undefined> => {
    const [row] = await database.sql<{ at: string }>(
      `select to_char(starts_at at time zone 'UTC', 'HH24:MI') as at from appointment where id = $1`,
      [id],
    );
    return row?.at;
  };

  it('has the hour that comes twice, twice, and lets visits be put into either', async () => {
    const first = await booked(anna, '2026-10-25T00:30:00Z', 'Pirmā');
    const second = await booked(anna, '2026-10-25T01:30:00Z', 'Otrā');
    const grid = await dayOf(registrar, '2026-10-25');
    expect(grid.shift).toEqual({ before: 180, minutes: 60, offsets: ['+03:00', '+02:00'] });
    expect(grid.from).toBe(0);
    expect(grid.visits).toEqual([
      expect.objectContaining({ id: first, start: '2026-10-25T03:30', at: 150 }),
      expect.objectContaining({ id: second, start: '2026-10-25T03:30', at: 210 }),
    ]);
    expect(await move(second, 1, '2026-10-25T03:00+02:00')).toBe(200);
    expect(await startOf(second)).toBe('01:00');
    expect(await move(first, 1, '2026-10-25T03:00+03:00')).toBe(200);
    expect(await startOf(first)).toBe('00:00');
  });

  it('has nothing where an hour is left out', async () => {
    const id = await booked(anna, '2027-03-28T01:00:00Z', 'Pavasaris');
    const grid = await dayOf(registrar, '2027-03-28');
    expect(grid.shift).toEqual({ before: 240, minutes: -60, offsets: ['+02:00', '+03:00'] });
    expect(grid.visits).toEqual([expect.objectContaining({ id, start: '2027-03-28T04:00', at: 240 })]);
    expect(await move(id, 1, '2027-03-28T02:30+02:00')).toBe(200);
    expect(await startOf(id)).toBe('00:30');
  });
});

describe('a week and a month of one practitioner', () => {
  it('show their days, as a grid and as lists', async () => {
    const path = `branch=${branch.id}&day=${day}&who=${anna.resourceId}`;
    const grid = await gridOf(registrar, `/api/calendar/week?${path}`);
    expect(grid.columns.map((each) => each.day)).toEqual(
      ['19', '20', '21', '22', '23', '24', '25'].map((each) => `2026-10-${each}`),
    );
    expect(grid.visits.map((visit) => visit['column'])).toContain(day);
    const page = await registrar.get(`/en/calendar/week?${path}`);
    expect(page.text).toContain('Week 43');
    expect(page.text).toContain('09:30–10:00 Ilze Ozola');
    expect(page.text).not.toContain('Slepena');
  });

  it('count what is booked, waits and is free, and lead to the day', async () => {
    const page = await registrar.get(`/en/calendar/month?branch=${branch.id}&day=${day}&who=${anna.resourceId}`);
    expect(page.text).toContain('21 October 2026: Booked: 2, awaiting confirmation: 0, free time: 2 h');
    expect(page.html).toContain(`/en/calendar?branch=${branch.id}&amp;day=${day}`.replaceAll('=', '&#x3D;'));
  });

  it('begin with the reader’s own', async () => {
    expect((await doctor.get('/en/calendar/week')).text).toContain('Anna Egle');
  });
});
