import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StaffActor } from '#libs/access';
import { BookAppointment, BookSeries } from '#libs/appointments';
import { Refusal } from '#libs/platform';
import { serverLog, type TestDatabase, testDatabase } from '../support/database.js';
import { aPatient } from '../support/builders.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar } from '../support/world.js';

let database: TestDatabase;
let verbs: Verbs;
let doctors: BookableCalendar[];

beforeAll(async () => {
  database = await testDatabase();
  verbs = await verbsOn(database, '2026-11-30T06:00:00Z');
  const first = await aCalendar(database);
  const beside = () => aCalendar(database, { beside: first, practitioner: 'other' });
  doctors = [first, await beside(), await beside(), await beside()];
  await database.sql(
    `insert into specialty_limit (clinic_id, specialty_id, most_future) select $1, specialty_id, 1 from service limit 1`,
    [first.clinicId],
  );
});
afterAll(async () => {
  await verbs.close();
  await database.drop();
});

/** By an account of its own: four relatives may all know the code of whom they book for. */
async function book({ calendarId, serviceId }: BookableCalendar, start: string, code: string): Promise<string> {
  const actor = asGuest(await anAccount(database));
  const booked = verbs.get(BookAppointment).run({
    actor,
    slot: { calendarId, serviceId, start: Temporal.Instant.from(start) },
    patient: { givenName: 'Jaan', familyName: 'Tamm', personCode: { country: 'EE', code }, language: 'et' },
    contact: { email: 'jaan@patient.example', phone: null },
    language: 'et',
    termsVersion: null,
    origin: 'portal',
    request: aRequest(actor),
  });
  return saying(booked);
}

const saying = (booked: Promise<unknown>): Promise<string> =>
  booked.then(
    () => 'booked',
    (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : String(thrown)),
  );

describe('how many coming visits of a specialty a patient may have', () => {
  it('is counted for the person, whoever books and however many at the same moment', async () => {
    for (const [n, code] of ['38001085718', '37605030299', '47101010033', '49403136515', '60001019906'].entries()) {
      const start = `2026-12-0${n + 1}T`;
      const answers = await Promise.all(
        doctors.map((doctor, hour) => book(doctor, `${start}${10 + hour}:00:00Z`, code)),
      );
      expect(answers.sort()).toEqual(['booked', 'limit-reached', 'limit-reached', 'limit-reached']);
    }
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
  });

  it('counts every visit of a series, whose last day is within the age, too, until staff say that they know', async () => {
    const calendar = await aCalendar(database);
    const { clinicId, calendarId, serviceId } = calendar;
    const actor = asStaff(clinicId, await aStaffMember(database, clinicId)) as StaffActor;
    const patientId = await aPatient(database, { clinic: { id: clinicId }, birthDate: '2008-12-05' });
    const series = (days: readonly number[], acknowledged = false): Promise<string> =>
      saying(
        verbs.get(BookSeries).run({
          actor,
          calendarId,
          serviceId,
          patientId,
          starts: days.map((day) => Temporal.Instant.from(`2026-12-${String(day).padStart(2, '0')}T08:00:00Z`)),
          contact: { email: 'jaan@patient.example', phone: null },
          language: 'et',
          termsVersion: null,
          origin: 'desk',
          acknowledged,
          request: aRequest(actor),
        }),
      );
    await database.sql(
      `insert into specialty_limit (clinic_id, specialty_id, most_future)
       select $1, specialty_id, 3 from service where id = $2`,
      [clinicId, serviceId],
    );
    expect(await series([1, 2, 3, 4])).toBe('limit-reached');
    await database.sql(`update service set age_to = 17 where id = $1`, [serviceId]);
    expect(await series([8, 3, 1])).toBe('conditions-not-met');
    expect(await series([3, 2, 1])).toBe('booked');
    expect(await series([8, 9], true)).toBe('booked');
  });
});
