import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookAppointment } from '#libs/appointments';
import { keepPatient, type PatientDetails } from '#libs/people';
import { Database } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  anAccount,
  aPractitioner,
  aStaffMember,
  at,
  type Calendar,
  type Clinic,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest } from '../support/verbs.js';

const clock = testClock('2027-03-01T05:30:00Z');
const day = '2027-03-02';

let database: TestDatabase;
let app: RunningApp;
let clinic: Clinic;
let elsewhere: Clinic;
let anna: Calendar;
let boris: Calendar;
let registrar: StaffVisitor;
let doctor: StaffVisitor;
let stranger: StaffVisitor;

const born = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** A record that a clinic or an account keeps. */
const keep = (
  keeper: { clinicId: string } | { accountId: string },
  details: Partial<PatientDetails>,
): Promise<string> =>
  app
    .get(Database)
    .transaction((tx) =>
      keepPatient(
        tx,
        keeper,
        { givenName: 'Ilze', familyName: 'Liepa', birthDate: born('1990-02-03'), language: 'lv', ...details },
        clock.now(),
      ),
    );

/** Somebody with an account of their own who has booked at a calendar. */
async function visitorOf(calendar: Calendar, time: string, details: Partial<PatientDetails>): Promise<string> {
  const account = await anAccount(database);
  const actor = asGuest(account.id);
  const patientId = await keep({ accountId: account.id }, details);
  const { id } = await app.get(BookAppointment).run({
    actor,
    slot: {
      calendarId: calendar.id,
      serviceId: calendar.serviceId,
      start: Temporal.Instant.from(at(calendar, `${day}T${time}`)),
    },
    patient: { id: patientId },
    contact: { email: account.email, phone: null },
    language: 'lv',
    termsVersion: null,
    origin: 'portal',
    request: aRequest(actor),
  });
  return id;
}

/** The names that a search shows, in their order. */
const namesOn = (page: StaffPage): string[] =>
  [...page.html.matchAll(/<strong class="person-found">([^<]*)<\/strong>/g)].map(([, name = '']) =>
    name.replaceAll('&#x27;', "'"),
  );
const find = async (q: string, who = registrar): Promise<string[]> =>
  namesOn(await who.post('/en/book/patients', { q }));

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database);
  elsewhere = await aClinic(database);
  app = await startApp('clinic', { clock });
  const branch = await aBranch(database, { clinic });
  const open: [string, string][] = [[`${day}T09:00`, `${day}T15:00`]];
  const now = clock.now().toString();
  const owner = await aPractitioner(database, { clinic });
  anna = await aCalendar(database, { branch, practitioner: owner, open, now });
  boris = await aCalendar(database, { branch, practitioner: await aPractitioner(database, { clinic }), open, now });
  const enter = async (member: Parameters<typeof aStaffMember>[1]): Promise<StaffVisitor> => {
    const staff = await aStaffMember(database, member);
    return staffVisitor(app, staff, await aCredential(database, staff), clock);
  };
  registrar = await enter({ clinic });
  doctor = await enter({ clinic, role: 'practitioner', practitioner: owner });
  stranger = await enter({ clinic: elsewhere });

  const ours = { clinicId: clinic.id };
  await keep(ours, {
    givenName: 'Žanete',
    familyName: 'Ģērmane-Kļaviņa',
    phone: '+37126543210',
    personCode: { country: 'LV', code: '32867300679' },
  });
  await keep(ours, {
    givenName: 'Jānis',
    familyName: 'Bērziņš',
    birthDate: born('1980-05-12'),
    phone: '+37120000001',
    personCode: { country: 'EE', code: '38005120016' },
  });
  await keep(ours, { givenName: 'Jānis', familyName: 'Bērziņš', birthDate: born('1955-11-30'), phone: '+3725123456' });
  await keep(ours, { givenName: 'Pēteris', familyName: 'Jānsons' });
  await keep(ours, { givenName: 'Pēteris', familyName: 'Jansons', birthDate: born('1970-01-01') });
  await keep(ours, { givenName: "Siân O'Brien", familyName: 'Weiß' });
  await keep(ours, { givenName: 'Anna Marija Katrīna', familyName: 'Šķēle-Bērziņa-von der Osten-Sacken' });
  await keep({ clinicId: elsewhere.id }, { givenName: 'Jānis', familyName: 'Bērziņš', birthDate: born('1999-09-09') });
  await visitorOf(anna, '09:00', { givenName: 'Kaspars', familyName: 'Kalniņš', phone: '+37129999999' });
  await visitorOf(boris, '10:00', { givenName: 'Kristīne', familyName: 'Kalniņa' });
  await keep({ accountId: (await anAccount(database)).id }, { givenName: 'Klinta', familyName: 'Kalniņa' });
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

describe('whoever calls', () => {
  const zanete = ['Žanete Ģērmane-Kļaviņa'];
  const janis = 'Jānis Bērziņš';

  it('is found by name, without accents, in any order, half typed', async () => {
    for (const q of ['germane', 'zanete', 'KLAVINA zan', 'Ģērm', 'zanete germane klavina', 'germ klav'])
      expect([q, await find(q)]).toEqual([q, zanete]);
    expect(await find('sian obrien')).toEqual(["Siân O'Brien Weiß"]);
    expect(await find("o'brien weiss")).toEqual(["Siân O'Brien Weiß"]);
    expect(await find('sacken anna katrina')).toEqual(['Anna Marija Katrīna Šķēle-Bērziņa-von der Osten-Sacken']);
  });

  it('is found with a slip: a letter wrong, missing, too many, or two the wrong way round', async () => {
    for (const q of ['brezins', 'berzns', 'berzzins', 'bersins', 'janis brezins', 'jnais berzins', 'janis brezi'])
      expect([q, (await find(q))[0]]).toEqual([q, janis]);
    expect(await find('germanne')).toEqual(zanete);
    expect((await find('jansons')).sort()).toEqual(['Pēteris Jansons', 'Pēteris Jānsons']);
  });

  it('stands first whose name fits best', async () => {
    expect((await find('berzina'))[0]).toBe('Anna Marija Katrīna Šķēle-Bērziņa-von der Osten-Sacken');
    expect((await find('berzins')).slice(0, 2)).toEqual([janis, janis]);
  });

  it('is found by person code, with and without its dash, and by its beginning', async () => {
    for (const q of ['328673-00679', '32867300679', '328673 00679']) expect([q, await find(q)]).toEqual([q, zanete]);
    for (const q of ['38005120016', '3800512', '38005120']) expect([q, await find(q)]).toEqual([q, [janis]]);
    expect(await find('38005129')).toEqual([]);
  });

  it('is found by telephone, with and without the country, and by its last digits', async () => {
    for (const q of ['26543210', '+371 26 543 210', '0037126543210', '3210', '543210'])
      expect([q, await find(q)]).toEqual([q, zanete]);
    for (const q of ['5123456', '+372 512 3456', '3456']) expect([q, await find(q)]).toEqual([q, [janis]]);
  });

  it('is found by birth date as people write it, alone or beside a name', async () => {
    for (const q of [
      '12.05.1980',
      '12.5.1980',
      '1980-05-12',
      '120580',
      '12/05/80',
      'berzins 12.05.1980',
      'berzins 1980',
      '1980 brezins',
    ])
      expect([q, await find(q)]).toEqual([q, [janis]]);
    expect(await find('berzins 30.11.1955')).toEqual([janis]);
    expect(await find('kalnins 12.05.1980')).toEqual([]);
  });

  it('is found by the reference of an appointment', async () => {
    const [row] = await database.sql<{ reference: string }>(
      `select reference from appointment a join patient p on p.id = a.patient_id where p.family_name = 'Kalniņš'`,
    );
    const reference = row?.reference ?? '';
    for (const q of [reference, reference.toLowerCase(), reference.replace(/(.{4})(?=.)/g, '$1-')])
      expect([q, await find(q)]).toEqual([q, ['Kaspars Kalniņš']]);
    expect(await find(reference, stranger)).toEqual([]);
  });

  it('is told apart from others of the same name, and no more is shown than that needs', async () => {
    const page = await registrar.post('/en/book/patients', { q: 'berzins' });
    for (const text of ['12 May 1980', '30 November 1955', '3********16', 'phone ending 001', 'phone ending 456'])
      expect([text, page.text.includes(text)]).toEqual([text, true]);
    for (const secret of ['38005120016', '+37120000001']) expect(page.html).not.toContain(secret);
    expect((await registrar.post('/en/book/patients', { q: 'kaspars' })).text).toContain('next visit Tue 2 Mar, 09:00');
  });

  it('is never somebody whom only another clinic knows', async () => {
    expect(await find('kalnina')).toEqual(['Kristīne Kalniņa', 'Kaspars Kalniņš']);
    expect(await find('09.09.1999')).toEqual([]);
    expect(await find('berzins', stranger)).toEqual([janis]);
    expect(await find('germane', stranger)).toEqual([]);
    for (const q of ['26543210', '328673-00679', '12.05.1980', 'kalnins'])
      expect([q, await find(q, stranger)]).toEqual([q, []]);
  });

  it('is shown to a practitioner only if they come to them', async () => {
    expect(await find('kalnina', doctor)).toEqual(['Kaspars Kalniņš']);
    expect(await find('berzins', doctor)).toEqual([]);
  });

  it('is nobody where nothing was typed that means anything', async () => {
    for (const q of ['', '%', '_', '\\', '%%%', "'", '" or 1=1', '00000000000', '55555', 'x'.repeat(200), '١٢٣٤'])
      expect([q, await find(q)]).toEqual([q, []]);
  });

  it('leaves a look at each in the access log, once an hour, and nothing in an address', async () => {
    const looks = () =>
      database.sql<{ n: number; purpose: string }>(
        `select count(*)::int as n, min(purpose) as purpose from access_log l join patient p on p.id = l.patient_id
          where p.family_name = 'Ģērmane-Kļaviņa' and l.action = 'patient-found'`,
      );
    expect(await looks()).toEqual([{ n: 1, purpose: 'booking' }]);
    // Whoever works on stays signed in.
    for (let n = 0; n < 5; n++) {
      clock.advance({ minutes: 13 });
      await registrar.get('/en/book');
    }
    const page = await registrar.post('/en/book/patients', { q: 'germane' });
    expect(await looks()).toEqual([{ n: 2, purpose: 'booking' }]);
    expect(page.html).not.toMatch(/(?:href|action)="[^"]*(?:germane|Ģērmane)/i);
  });
});
