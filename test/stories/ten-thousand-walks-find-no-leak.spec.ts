import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sessions } from '#libs/access';
import { BookAppointment, requestOf } from '#libs/appointments';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aBranch, aCalendar, aClinic, aPractitioner, anAccount, type Calendar } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type Payer, Portal, type World } from '../support/payer-walk.js';
import { propertySeed } from '../support/properties.js';
import { RandomWalk } from '../support/random-walk.js';

const walks = 10_000;
/** After so many requests the walks stay on addresses that were asked already. */
const mostRequests = 2_000;
/** At once: while one waits for the database, others go on. */
const abreast = 8;
const now = '2027-03-01T06:03:00Z';
let database: TestDatabase;
let booking: RunningApp;
let world: World;

/** Times of state-paid visits begin at :00 and :30, of paid ones at :07 and :37; no two payers share a price. */
beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database, variables: { TRUSTED_PROXIES: '127.0.0.1' } });
  const clinic = await aClinic(database, { name: 'Liepas klīnika' });
  await database.sql(`insert into insurer (id, country, name) values ('bta', 'LV', 'BTA')`);
  await database.sql(`insert into clinic_insurer (clinic_id, insurer_id) values ($1, 'bta')`, [clinic.id]);
  const branch = await aBranch(database, { clinic });
  const elsewhere = await aBranch(database, { clinic, city: 'Liepāja' });
  const person = (givenName: string, familyName: string) => aPractitioner(database, { clinic, givenName, familyName });
  const both = await person('Anna', 'Ozola');
  const paidOnly = await person('Juris', 'Kalns');
  const stateOnly = await person('Ieva', 'Liepa');
  const ids: string[] = [];
  const calendars = new Map<string, Payer>();
  const prices = new Map<number, Payer>();
  const ownVisits: { calendar: Calendar; start: string }[] = [];
  const patient = await anAccount(database);
  for (const [place, practitioner, payer, priceCents] of [
    [branch, both, 'state', 421],
    [branch, both, 'paid', 3517],
    [elsewhere, both, 'paid', 4839],
    [branch, paidOnly, 'paid', 5261],
    [elsewhere, paidOnly, 'paid', 6173],
    [branch, stateOnly, 'state', 387],
  ] as const) {
    const begins = payer === 'state' ? ['12:00', '14:00'] : ['14:07', '16:07'];
    const open = [1, 2, 3].map((day) => [`2027-03-0${day}T${begins[0]}`, `2027-03-0${day}T${begins[1]}`] as const);
    const calendar = await aCalendar(database, {
      branch: place,
      practitioner,
      payer,
      priceCents,
      gridMinutes: 30,
      open,
      now,
    });
    ids.push(calendar.id, calendar.serviceId);
    calendars.set(calendar.id, payer);
    prices.set(priceCents, payer);
    if (practitioner === both && place === branch) {
      ownVisits.push({ calendar, start: `2027-03-03T${payer === 'state' ? '11:00' : '12:07'}:00Z` });
    }
  }
  booking = await startApp('booking', { clock: testClock(now) });
  const visits = [];
  for (const { calendar, start } of ownVisits)
    visits.push({ id: await booked(patient, calendar, start), payer: calendar.payer });
  const token = await booking.get(Sessions).open({ app: 'booking', accountId: patient.id, level: 'email' });
  world = {
    marks: {
      calendars,
      prices,
      minutes: new Map([
        [0, 'state'],
        [30, 'state'],
        [7, 'paid'],
        [37, 'paid'],
      ]),
    },
    ids,
    doctors: [both.slug, paidOnly.slug, stateOnly.slug],
    clinics: [clinic.slug],
    visits,
    cookie: `pieraksts-booking=${token}`,
    words: ['ozola', 'kalns', 'liep', 'konsultacija', 'kardio', 'nobody-is-called-so', '%_', 'ozla'],
    cities: ['Rīga', 'Liepāja', 'Atlantis'],
    insurer: 'bta',
  };
});

async function booked(account: { id: string; email: string }, calendar: Calendar, start: string): Promise<string> {
  const actor = { kind: 'guest', accountId: account.id, sessionId: randomUUID() } as const;
  const { id } = await booking.get(BookAppointment).run({
    actor,
    slot: { calendarId: calendar.id, serviceId: calendar.serviceId, start: Temporal.Instant.from(start) },
    patient: {
      givenName: 'Ilze',
      familyName: 'Bērziņa',
      birthDate: Temporal.PlainDate.from('1958-03-12'),
      language: 'en',
    },
    contact: { email: account.email, phone: null },
    language: 'en',
    termsVersion: null,
    origin: 'portal',
    request: requestOf(actor, 'story', randomUUID(), start),
  });
  return id;
}

afterAll(async () => {
  await booking.stop();
  await database.drop();
});

describe('whoever chose who pays', () => {
  it('can tell the payer of what a page shows', async () => {
    const portal = new Portal(booking, world.marks, mostRequests);
    const page = await portal.get('/en/find');
    expect(new Set(page.shown.map(({ payer }) => payer))).toEqual(new Set(['state', 'paid']));
  });

  it(`sees nothing of the other payer on any of ${walks} random walks`, async () => {
    const portal = new Portal(booking, world.marks, mostRequests);
    let done = 0;
    let wrong: string | undefined;
    const walkOn = async (): Promise<void> => {
      while (done < walks && wrong === undefined) {
        const number = done++;
        const found = await new RandomWalk(portal, world, propertySeed + number).walk(12);
        if (found) wrong ??= `PROPERTY_SEED=${propertySeed}, walk ${number}: ${found}`;
      }
    };
    await Promise.all(Array.from({ length: abreast }, walkOn));
    expect(wrong).toBeUndefined();
    expect(done).toBe(walks);
  }, 240_000);
});
