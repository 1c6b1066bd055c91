import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verificationCode } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aBranch, aCalendar, aClinic, aPractitioner, type Calendar, type Practitioner } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { formsOf, linksOf, PageVisitor, type VisitedPage } from '../support/page-visitor.js';

const now = '2027-03-01T06:00:00Z';
let database: TestDatabase;
let booking: RunningApp;
let doctor: Practitioner;
let calendar: Calendar;
let people = 0;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Liepas klīnika' });
  const branch = await aBranch(database, { clinic });
  doctor = await aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Ozola' });
  calendar = await aCalendar(database, {
    branch,
    practitioner: doctor,
    priceCents: 3500,
    gridMinutes: 30,
    open: [1, 2, 3, 4, 5].map((day) => [`2027-03-0${day}T09:00`, `2027-03-0${day}T16:00`] as const),
    now,
  });
  booking = await startApp('booking', { clock: testClock(now) });
});

afterAll(async () => {
  await booking.stop();
  await database.drop();
});

async function proven(visitor: PageVisitor, page: VisitedPage): Promise<VisitedPage> {
  const email = `family${++people}@patient.example`;
  const asked = await visitor.send(page, '/email', { email });
  const [row] = await database.sql<{ id: string; generation: number }>(
    'select id, generation from verification where email = $1',
    [email],
  );
  return visitor.send(asked, '/code', { code: verificationCode(row?.id ?? '', row?.generation ?? 0) });
}

/** From the doctor's page to the form in which everybody is named. */
async function chosen(visitor: PageVisitor, count: number, start?: string, language = 'en'): Promise<VisitedPage> {
  const page = await visitor.get(`/${language}/doctors/${doctor.slug}?payer=paid`);
  const link = linksOf(page).find((each) => each.includes('/family?')) ?? '';
  const runs = await visitor.get(`${link}&people=${count}`);
  const form = formsOf(runs).find(({ action }) => action.endsWith('/family/holds'));
  const button = form?.buttons.find(({ value }) => value === start) ?? form?.buttons[0];
  return visitor.post(form?.action ?? '', { ...form?.fields, start: button?.value ?? '' });
}

const lastStep = /\/family\/[\w-]+$/;
const named = (names: readonly string[]): Record<string, string> => ({
  ...Object.fromEntries(
    names.flatMap((name, row) => [
      [`people.${row}.who`, 'new'],
      [`people.${row}.givenName`, name],
      [`people.${row}.familyName`, 'Bērziņa'],
      [`people.${row}.birthDate`, '1990-01-01'],
    ]),
  ),
  phone: '+371 21234567',
  terms: 'on',
});

describe('a family without scripts', () => {
  it('chooses a row of times, names everybody, and books all with one button', async () => {
    const visitor = new PageVisitor(booking);
    const asked = await chosen(visitor, 3);
    expect(asked.text).toContain('Who are you?');
    expect(asked.text).toMatch(/3 visits one after another: Monday, 1 March 2027, 09:00, 09:30, 10:00 \(Riga time\)/);
    const form = await proven(visitor, asked);
    expect(form.text).toContain('Who comes to which visit?');
    expect(form.text).toContain('Visit 2: 09:30');
    const done = await visitor.send(form, lastStep, named(['Anna', 'Jānis', 'Zane']));
    expect(done.path).toMatch(/^\/en\/family\/[\w-]+\/done$/);
    expect(done.text).toContain('All visits are booked');
    for (const name of ['Anna', 'Jānis', 'Zane']) expect(done.text).toContain(`${name} Bērziņa`);
    expect(new Set(done.text.match(/Booking reference \S+ \S+/g)).size).toBe(3);
    const rows = await database.sql(`select from appointment where calendar_id = $1`, [calendar.id]);
    expect(rows.length).toBe(3);
    // The back button leads to what was booked, not to a second booking.
    const back = await visitor.post(formsOf(form).find(({ action }) => lastStep.test(action))!.action, {
      ...formsOf(form).find(({ action }) => lastStep.test(action))!.fields,
      ...named(['Anna', 'Jānis', 'Zane']),
    });
    expect(back.path).toBe(done.path);
    // Next time everybody is known.
    const again = await chosen(visitor, 2, '2027-03-02T07:00:00Z');
    expect(again.text).toContain('Jānis Bērziņa');
    const relatives = await visitor.send(again, lastStep, { phone: '+371 21234567', terms: 'on' });
    expect(relatives.text).toContain('All visits are booked');
  });

  it('keeps what was typed, and says beside each person what is wrong', async () => {
    const visitor = new PageVisitor(booking);
    const form = await proven(visitor, await chosen(visitor, 2, '2027-03-03T07:00:00Z'));
    const wrong = await visitor.send(form, lastStep, { ...named(['Anna', '']), 'people.1.birthDate': '' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="Anna"');
    expect(wrong.text).toContain('2. Given name');
    expect(wrong.text).toContain('Enter the person code or the date of birth.');
    const twice = await visitor.send(form, lastStep, named(['Anna', 'Anna']));
    expect(twice.text).toContain('This person already comes to another of these visits.');
    expect((await visitor.send(form, lastStep, named(['Anna', 'Zane']))).text).toContain('All visits are booked');
  });

  it('is told when somebody was faster, and offered other times', async () => {
    const [one, other] = [new PageVisitor(booking), new PageVisitor(booking)];
    const start = '2027-03-04T07:30:00Z';
    const fields = { calendarId: calendar.id, serviceId: calendar.serviceId, payer: 'paid', people: '3', start };
    expect((await one.post('/en/family/holds', fields)).path).toContain('/en/book/');
    const late = await other.post('/en/family/holds', { ...fields, start: '2027-03-04T08:00:00Z', people: '2' });
    expect(late.path).toMatch(/^\/en\/family\?/);
    expect(late.text).toContain('Somebody was faster');
    expect((await one.post('/en/family/holds', { ...fields, payer: 'state' })).status).toBe(422);
  });

  it.each(['lv', 'et', 'en', 'ru'])('reads it in %s', async (language) => {
    const visitor = new PageVisitor(booking, language);
    const asked = await chosen(visitor, 2, undefined, language);
    expect(asked.status).toBe(200);
    expect(asked.text).not.toMatch(/together\.|booking\./);
    const form = await proven(visitor, asked);
    expect(form.text).not.toMatch(/together\.|booking\./);
    expect(formsOf(form).some(({ action }) => lastStep.test(action))).toBe(true);
  });

  it('is led to one booking each where everybody has to be asked something', async () => {
    await database.sql(`update service set referral_required = true, referral_scope = 'all' where id = $1`, [
      calendar.serviceId,
    ]);
    const page = await new PageVisitor(booking).get(`/en/family?calendar=${calendar.id}&service=${calendar.serviceId}`);
    expect(page.text).toContain('visits are booked one by one');
  });
});
