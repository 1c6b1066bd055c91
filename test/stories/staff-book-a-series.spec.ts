import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aCalendar, aClinic, aCredential, aPatient, aStaffMember, at, type Calendar } from '../support/builders.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-03-01T05:30:00Z');
const mondays = Array.from({ length: 10 }, (_, n) =>
  Temporal.PlainDate.from('2027-03-08')
    .add({ days: 7 * n })
    .toString(),
);

let database: TestDatabase;
let app: RunningApp;
let calendar: Calendar;
let ilze: string;
let registrar: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  calendar = await aCalendar(database, {
    clinic,
    payer: 'paid',
    gridMinutes: 30,
    horizonDays: 365,
    open: mondays.map((day) => [`${day}T09:00`, `${day}T12:00`] as const),
    now: clock.now().toString(),
  });
  await database.sql(`update calendar set published_until = '2027-06-01' where id = $1`, [calendar.id]);
  ilze = await aPatient(database, { clinic, familyName: 'Šķēle', email: 'ilze@patient.example' });
  app = await startApp('clinic', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  registrar = await enter(await aStaffMember(database, { clinic }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database) }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const plan = (more: Record<string, string | string[]> = {}): Record<string, string | string[]> => ({
  patientId: ilze,
  offer: `${calendar.id}|${calendar.serviceId}`,
  first: '2027-03-08',
  time: '09:00',
  every: '1',
  unit: 'weeks',
  count: '10',
  ...more,
});

/** The values of a date's choices. */
const choices = (page: StaffPage, row: number): string[] =>
  [...page.html.matchAll(new RegExp(`name="dates.d${row}" value="([^"]*)"`, 'g'))].map(([, value]) => value ?? '');

const chosen = (page: StaffPage): Record<string, string> =>
  Object.fromEntries(
    [...page.html.matchAll(/name="(dates\.d\d+)" value="([^"]*)" checked/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

const somebodyBooks = (wallTime: string): Promise<unknown> => aBooking(app, database, calendar, wallTime);

const booked = () =>
  database.sql<{ id: string; wall: string; status: string }>(
    `select id, to_char(starts_at at time zone zone, 'YYYY-MM-DD HH24:MI') as wall, status from appointment
      where patient_id = $1 order by starts_at`,
    [ilze],
  );

describe('a registrar with a course of ten visits', () => {
  it('finds the patient, sees every date with what stands in the way, and books what was chosen at once', async () => {
    expect((await registrar.get('/en/series')).text).toContain('every date is checked');
    const found = await registrar.post('/en/series/patients', { q: 'skele' });
    expect(found.html).toContain(`value="${ilze}"`);
    const form = await registrar.post('/en/series/for', { patientId: ilze });
    expect(form.text).toContain('Ilze Šķēle');
    await somebodyBooks('2027-03-22T09:00');
    const list = await registrar.post('/en/series/dates', plan());
    expect(list.status).toBe(200);
    // Of a date that somebody has, nothing is chosen for anybody.
    expect(list.text).toContain('9 of 10 dates are free.');
    expect(list.text).toContain('The time is taken.');
    expect(choices(list, 2)).toEqual([at(calendar, '2027-03-15T11:30'), at(calendar, '2027-03-22T09:30'), 'skip']);
    expect(chosen(list)['dates.d2']).toBe('skip');
    // Meanwhile one more is taken: nothing is booked, and the list says what changed.
    await somebodyBooks('2027-04-19T09:00');
    const key = registrar.field(list, 'idempotencyKey');
    const answers = { ...chosen(list), 'dates.d2': at(calendar, '2027-03-22T09:30') };
    const sent = { ...plan(), ...answers, phone: '+37121234567', origin: 'desk', idempotencyKey: key };
    const again = await registrar.post('/en/series', sent);
    expect(again.status).toBe(422);
    expect(again.text).toContain('1 date was taken meanwhile. Nothing was booked; choose again.');
    expect(again.text).toContain('Changed just now: The time is taken.');
    expect(await booked()).toEqual([]);
    // What was chosen before stays chosen; the one that is gone is left out.
    const next = {
      ...plan(),
      ...chosen(again),
      phone: '+37121234567',
      origin: 'desk',
      idempotencyKey: registrar.field(again, 'idempotencyKey'),
    };
    const done = await registrar.post('/en/series', next);
    expect([done.status, done.location]).toEqual([303, expect.stringMatching(/^\/en\/series\/[\w-]+$/)]);
    const rows = await booked();
    expect(rows).toHaveLength(9);
    expect(rows.map(({ wall }) => wall)).toContain('2027-03-22 09:30');
    expect(rows.map(({ wall }) => wall)).not.toContain('2027-04-19 09:00');
    // Sent twice, booked once.
    expect((await registrar.post('/en/series', next)).location).toBe(done.location);
    expect(await booked()).toHaveLength(9);
    const visits = await registrar.get(done.location ?? '');
    expect(visits.text).toContain('Cancel the 9 visits that are left');
    expect((await stranger.get(done.location ?? '')).status).toBe(404);
  });

  it('repeats a visit from its own page, and cancels the rest at once', async () => {
    const [first] = await booked();
    const page = await registrar.get(`/en/appointments/${first?.id}`);
    expect(page.html.replaceAll('&#x3D;', '=')).toContain(`/en/series?appointment=${first?.id}`);
    const series = /\/en\/series\/[\w-]{36}/.exec(page.html)?.[0] ?? '';
    const repeated = await registrar.get(`/en/series?appointment=${first?.id}`);
    expect(repeated.html).toContain('value="2027-03-15"');
    expect(repeated.html).toContain('value="09:00"');
    expect((await stranger.get(`/en/series?appointment=${first?.id}`)).status).toBe(404);
    const visits = await registrar.get(series);
    const ended = await registrar.post(`${series}/cancel`, {
      reason: 'patient-asked',
      idempotencyKey: registrar.field(visits, 'idempotencyKey'),
    });
    expect(ended.status).toBe(303);
    expect((await booked()).map(({ status }) => status)).toEqual(Array<string>(9).fill('cancelled'));
    expect((await registrar.get(series)).text).toContain('No visit of this series is still to come.');
  });

  it('is asked again for what was left out or cannot be meant, with everything kept', async () => {
    const wrong = await registrar.post('/en/series/dates', plan({ first: '', count: '99' }));
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('class="error-summary"');
    expect(wrong.html).toContain('value="99"');
    const list = await registrar.post('/en/series/dates', plan({ weekdays: ['1', '3'], count: '4' }));
    expect(list.text).toContain('2 of 4 dates are free.');
    expect(list.text).toContain('Outside working hours.');
    const key = registrar.field(list, 'idempotencyKey');
    const none = { ...plan({ weekdays: '1,3', count: '4' }), phone: '', origin: 'desk', idempotencyKey: key };
    const skipped = { ...none, 'dates.d0': 'skip', 'dates.d1': 'skip', 'dates.d2': 'skip', 'dates.d3': 'skip' };
    expect((await registrar.post('/en/series', skipped)).text).toContain('Choose at least one date.');
    const beyond = await registrar.post('/en/series/dates', plan({ first: '2027-06-14', count: '1' }));
    expect(beyond.text).toContain('Working hours are not published that far yet.');
  });

  it.each(['lv', 'et', 'ru'])('reads it in %s', async (language) => {
    for (const page of [
      await registrar.get(`/${language}/series`),
      await registrar.post(`/${language}/series/for`, { patientId: ilze }),
      await registrar.post(`/${language}/series/dates`, plan()),
    ]) {
      expect(page.status).toBe(200);
      expect(page.text).not.toMatch(/together\.|clinic\.[a-z]/);
    }
  });
});
