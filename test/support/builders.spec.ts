import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment } from './app.js';
import { aCalendar, aCredential, aPatient, aPractitioner, aClinic, anAccount, aStaffMember, at } from './builders.js';
import { testDatabase, type TestDatabase } from './database.js';

describe('the builders of stories', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
  });

  afterAll(() => database?.drop());

  it('make a calendar with free times from one line', async () => {
    const calendar = await aCalendar(database, {
      clinic: await aClinic(database, { country: 'EE' }),
      open: [['2027-03-01T09:00', '2027-03-01T11:00']],
      now: '2027-02-20T08:00:00Z',
    });
    const days = await database.sql('select day::text, free_count, city from free_day where calendar_id = $1', [
      calendar.id,
    ]);
    expect(days).toEqual([{ day: '2027-03-01', free_count: 7, city: 'Tallinn' }]);
    expect(at(calendar, '2027-03-01T09:00')).toBe('2027-03-01T07:00:00Z');
  });

  it('make people who can sign in and be booked for', async () => {
    const clinic = await aClinic(database);
    const practitioner = await aPractitioner(database, { clinic });
    const doctor = await aStaffMember(database, { clinic, role: 'practitioner', practitioner });
    const { code } = await aCredential(database, doctor);
    expect(await code(Temporal.Instant.from('2027-03-01T09:00:00Z'))).toMatch(/^\d{6}$/);
    const account = await anAccount(database);
    expect(await aPatient(database, { account })).toMatch(/^[0-9a-f-]{36}$/);
  });
});
