import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aPractitioner,
  type Branch,
  type Calendar,
  type Clinic,
  type Practitioner,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { PageVisitor, type VisitedPage } from '../support/page-visitor.js';

// A Monday morning in Rīga.
const clock = testClock('2027-03-01T08:00:00Z');

const near = { name: 'Liepājas reģionālā slimnīca', address: 'Slimnīcas iela 25, Liepāja', phone: '+371 63403222' };
const far = { name: 'Gaiļezers', address: 'Hipokrāta iela 2, Rīga', phone: '113' };

let database: TestDatabase;
let app: RunningApp;
let clinic: Clinic;
let branch: Branch;
let anna: Practitioner;
let calendar: Calendar;
let withoutCalendar: Practitioner;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const elsewhere = await aClinic(database, { name: 'Rīgas klīnika', slug: 'rigas-klinika' });
  const capital = await aBranch(database, { clinic: elsewhere });
  clinic = await aClinic(database, { name: 'Liepājas klīnika', slug: 'liepajas-klinika' });
  branch = await aBranch(database, { clinic, city: 'Liepāja' });
  const monday = [{ specialty: 'cardiology', weekday: 1, from: '09:00', to: '17:00' }];
  await database.sql('update branch set emergency = $2, reception = $3 where id = $1', [
    branch.id,
    near,
    JSON.stringify(monday),
  ]);
  await database.sql('update branch set emergency = $2 where id = $1', [capital.id, far]);
  anna = await aPractitioner(database, { clinic });
  withoutCalendar = await aPractitioner(database, { clinic, familyName: 'Bērziņa' });
  // Published, and without a single free time.
  calendar = await aCalendar(database, { branch, practitioner: anna });
  app = await startApp('booking', { clock });
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const read = (path: string): Promise<VisitedPage> => new PageVisitor(app, 'lv').get(path);

/** Name, address and a phone number to press. */
function names(page: VisitedPage, { name, address, phone } = near): void {
  expect(page.text.replaceAll(' ,', ',')).toContain(`${name}, ${address}, ${phone}`);
  expect(page.html).toContain(`href="tel:${phone}"`);
}

const taken = (why: string): string =>
  `/lv/taken?${new URLSearchParams({ calendarId: calendar.id, serviceId: calendar.serviceId, start: '2027-03-02T08:00:00Z', why })}`;

describe('the nearest round-the-clock provider stands', () => {
  it.each([
    ['where a search finds nothing free in a city', '/lv/find?city=Liep%C4%81ja&payer=paid'],
    ['where a clinic has nothing free', () => `/lv/find?clinic=${clinic.id}`],
    ['where a branch has nothing free', () => `/lv/find?branch=${branch.id}&payer=state`],
    ['where nobody of a specialty has time', '/lv/find?specialty=cardiology&city=Liep%C4%81ja'],
    ['with a doctor who has no free time', () => `/lv/doctors/${anna.slug}`],
    ['with a doctor who has no time of the payer', () => `/lv/doctors/${anna.slug}?payer=state`],
    ['with a doctor who cannot be booked at all', () => `/lv/doctors/${withoutCalendar.slug}`],
    ['where the time went to somebody else', () => taken('taken')],
    ['where the time cannot be booked', () => taken('closed')],
    ['where the times are not published', () => taken('not-published')],
  ])('%s', async (_, path) => {
    const page = await read(typeof path === 'string' ? path : path());
    expect(page.status).toBe(200);
    names(page);
    expect(page.text).not.toContain(far.name);
  });

  it('where a hold has ended that this browser never had: of some place', async () => {
    const page = await read(`/lv/book/${randomUUID()}`);
    // Someone else's hold does not exist for a stranger; either page may come, and both are a way on.
    expect([404, 410]).toContain(page.status);
    if (page.status === 410) expect(page.text).toMatch(/Liepājas reģionālā slimnīca|Gaiļezers/);
  });

  it('where nobody knows the city or the word', async () => {
    const page = await read('/lv/find?q=qqqqqq&city=Nekurien');
    expect(page.text).toContain('112');
    expect(page.text).toMatch(/Liepājas reģionālā slimnīca|Gaiļezers/);
  });
});

describe('a clinic that is closed', () => {
  it('says so beside the branch, with where to go instead', async () => {
    clock.set('2027-03-01T08:00:00Z');
    expect((await read('/lv/clinics/liepajas-klinika')).text).not.toContain('Pašlaik slēgts');
    for (const night of ['2027-03-01T20:00:00Z', '2027-03-02T08:00:00Z', '2027-03-29T08:00:00Z']) {
      clock.set(night);
      const page = await read('/lv/clinics/liepajas-klinika');
      expect(page.text).toContain('Pašlaik slēgts');
      names(page);
    }
  });

  it('is on the board at every other time too', async () => {
    clock.set('2027-03-01T08:00:00Z');
    names(await read('/lv/clinics/liepajas-klinika'));
  });
});
