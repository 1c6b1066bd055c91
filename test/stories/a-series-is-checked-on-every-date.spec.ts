import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StaffActor } from '#libs/access';
import {
  BookAppointment,
  BookSeries,
  CancelSeries,
  daysOfSeries,
  HoldSlot,
  type Rhythm,
  SeriesCheck,
  VisitsOfSeries,
} from '#libs/appointments';
import { Refusal } from '#libs/platform';
import { instantAt } from '#libs/time';
import { aPatient } from '../support/builders.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const now = '2026-10-01T05:00:00Z';
const zone = 'Europe/Riga';
let database: TestDatabase;
let verbs: Verbs;
let calendar: BookableCalendar;
let patientId: string;
let actor: StaffActor;

beforeAll(async () => {
  database = await testDatabase();
  verbs = await verbsOn(database, now);
});

afterAll(async () => {
  await verbs.close();
  await database.drop();
});

async function staffOf({ clinicId }: BookableCalendar): Promise<StaffActor> {
  const staff = asStaff(clinicId, await aStaffMember(database, clinicId));
  if (staff.kind !== 'staff') throw new Error('no staff');
  return staff;
}

/** Thirty Thursdays from 15 October, nine to twelve by the clock of Rīga: both changes of the clock lie between. */
const thursdays: Rhythm = {
  first: Temporal.PlainDate.from('2026-10-15'),
  unit: 'weeks',
  every: 1,
  weekdays: [],
  count: 30,
};
const startsOf = (rhythm: Rhythm, time = '09:00'): Temporal.Instant[] =>
  daysOfSeries(rhythm).map((day) => instantAt(day, time, zone));
const ten = startsOf({ ...thursdays, count: 10 });

beforeEach(async () => {
  verbs.clock.is(now);
  const openings = daysOfSeries(thursdays).map((day) => ({
    start: instantAt(day, '09:00', zone).toString(),
    end: instantAt(day, '12:00', zone).toString(),
  }));
  calendar = await aCalendar(database, { openings });
  await database.sql(`update calendar set published_until = '2027-05-06', horizon_days = 365 where id = $1`, [
    calendar.calendarId,
  ]);
  await freeDaysAsOf(database, calendar, now);
  patientId = await aPatient(database, { clinic: { id: calendar.clinicId } });
  actor = await staffOf(calendar);
});

const checked = (starts: readonly Temporal.Instant[]) =>
  verbs.get(SeriesCheck).run(actor, { ...calendar, patientId, starts });

const series = (starts: readonly Temporal.Instant[], key: string = randomUUID(), by = actor) =>
  verbs.get(BookSeries).run({
    actor: by,
    calendarId: calendar.calendarId,
    serviceId: calendar.serviceId,
    starts,
    patientId,
    contact: { email: null, phone: '+37121234567' },
    language: 'lv',
    termsVersion: null,
    origin: 'desk',
    request: aRequest(by, 'series', key, 'same'),
  });

async function oneVisit(start: Temporal.Instant): Promise<{ id: string }> {
  const guest = asGuest(await anAccount(database));
  return verbs.get(BookAppointment).run({
    actor: guest,
    slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start },
    patient: {
      givenName: 'Jānis',
      familyName: 'Kalns',
      birthDate: Temporal.PlainDate.from('1980-01-01'),
      language: 'lv',
    },
    contact: { email: 'janis@example.com', phone: null },
    language: 'lv',
    termsVersion: '1',
    origin: 'portal',
    request: aRequest(guest),
  });
}

const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (thrown: unknown) => {
      if (!(thrown instanceof Refusal)) throw thrown;
      return [thrown.code, ...(thrown.details.errors ?? []).map(({ path, code }) => `${path} ${code}`)];
    },
  );

const visits = () =>
  database.sql<{ id: string; wall: string; start: Date; status: string; series_id: string | null }>(
    `select id, to_char(starts_at at time zone zone, 'YYYY-MM-DD HH24:MI') as wall, starts_at as start, status, series_id
       from appointment where calendar_id = $1 order by starts_at`,
    [calendar.calendarId],
  );

describe('a series of visits', () => {
  it('keeps its time of day through both changes of the clock', async () => {
    const starts = startsOf(thursdays);
    expect(starts[1]?.toString()).toBe('2026-10-22T06:00:00Z');
    expect(starts[2]?.toString()).toBe('2026-10-29T07:00:00Z');
    expect(starts[23]?.toString()).toBe('2027-03-25T07:00:00Z');
    expect(starts[24]?.toString()).toBe('2027-04-01T06:00:00Z');
    const { seriesId } = await series(starts);
    const rows = await visits();
    expect(rows).toHaveLength(30);
    expect(new Set(rows.map(({ wall }) => wall.slice(11)))).toEqual(new Set(['09:00']));
    expect(new Set(rows.map(({ series_id }) => series_id))).toEqual(new Set([seriesId]));
    const promised = await database.sql(
      `select from appointment where series_id = $1 and to_char(promised_wall_time, 'HH24:MI') = '09:00'`,
      [seriesId],
    );
    expect(promised).toHaveLength(30);
  });

  it('is checked on every date, each with its reason and the nearest free times', async () => {
    await oneVisit(ten[6]!);
    await database.sql(
      `insert into closure (clinic_id, during, reason, created_by, created_at) values ($1, tstzrange($2, $3), 'kursi', $4, $2)`,
      [calendar.clinicId, '2026-12-02T22:00:00Z', '2026-12-03T22:00:00Z', actor.staffMemberId],
    );
    await database.sql(
      `delete from opening where calendar_id = $1 and during && tstzrange('2026-12-03', '2026-12-04')`,
      [calendar.calendarId],
    );
    const elsewhere = await aCalendar(database, {
      beside: calendar,
      practitioner: 'other',
      openings: [{ start: '2026-11-12T07:00:00Z', end: '2026-11-12T08:00:00Z' }],
    });
    await verbs.get(BookAppointment).run({
      actor,
      slot: {
        calendarId: elsewhere.calendarId,
        serviceId: elsewhere.serviceId,
        start: Temporal.Instant.from('2026-11-12T07:00:00Z'),
      },
      patient: { id: patientId },
      contact: { email: null, phone: '+37121234567' },
      language: 'lv',
      termsVersion: null,
      origin: 'desk',
      request: aRequest(actor),
    });
    const { dates } = await checked([
      ...ten,
      ...startsOf({ ...thursdays, first: Temporal.PlainDate.from('2027-06-24'), count: 1 }),
    ]);
    expect(dates.map(({ why }) => why)).toEqual([
      null,
      null,
      null,
      null,
      'patient-busy',
      null,
      'taken',
      'closed',
      null,
      null,
      'holiday',
    ]);
    expect([dates[6]?.before, dates[6]?.after].map(String)).toEqual(['2026-11-19T09:30:00Z', '2026-11-26T07:30:00Z']);
    expect(dates[10]?.holiday).toContain('holidays.');
    const beyond = await checked(startsOf({ ...thursdays, first: Temporal.PlainDate.from('2027-05-13'), count: 1 }));
    expect(beyond.dates[0]?.why).toBe('not-published-yet');
  });

  it('is booked whole or not at all, and says of every date what stands in the way', async () => {
    await oneVisit(ten[3]!);
    await oneVisit(ten[8]!);
    expect(await refusal(series(ten))).toEqual(['slot-taken', 'starts.3 slot-taken', 'starts.8 slot-taken']);
    expect(await visits()).toHaveLength(2);
    const taken = await database.sql(`select from occupation where resource_id = $1`, [calendar.practitionerId]);
    expect(taken).toHaveLength(2);
    const chosen = ten.map((start, n) => (n === 3 || n === 8 ? start.add({ minutes: 30 }) : start));
    await series(chosen);
    expect((await visits()).filter(({ series_id }) => series_id)).toHaveLength(10);
  });

  it('refuses two of its own dates that overlap', async () => {
    expect(await refusal(series([ten[0]!, ten[0]!]))).toEqual(['slot-taken', 'starts.1 slot-taken']);
    expect(await refusal(series([]))).toEqual(['invalid', 'starts choice']);
  });

  it('gives each visit its own reference, history and letter, and is booked once however often it is sent', async () => {
    const key = randomUUID();
    const answers = await Promise.allSettled([series(ten, key), series(ten, key), series(ten, key)]);
    const done = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.seriesId] : []));
    expect(new Set(done).size).toBe(1);
    expect((await series(ten, key)).seriesId).toBe(done[0]);
    expect(await visits()).toHaveLength(10);
    const [facts] = await database.sql<{ references: number; events: number }>(
      `select count(distinct a.reference)::integer as references, count(distinct e.id)::integer as events
         from appointment a join appointment_event e on e.appointment_id = a.id where a.series_id = $1`,
      [done[0]],
    );
    expect(facts).toEqual({ references: 10, events: 10 });
  });

  it('is ended at once: what lies ahead is cancelled and free again, what took place stays', async () => {
    const { seriesId } = await series(ten);
    verbs.clock.is('2026-10-29T12:00:00Z');
    const request = aRequest(actor);
    const wish = { actor, seriesId, reason: 'patient-asked' as const, request };
    expect(await verbs.get(CancelSeries).run(wish)).toEqual({ cancelled: 7 });
    expect((await visits()).map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill('booked'),
      ...Array<string>(7).fill('cancelled'),
    ]);
    const { dates } = await checked(ten.slice(3));
    expect(dates.every(({ why }) => why === null)).toBe(true);
    expect(await refusal(verbs.get(CancelSeries).run({ ...wish, request: aRequest(actor) }))).toEqual([
      'not-cancellable',
    ]);
    expect(await verbs.get(VisitsOfSeries).run(actor, seriesId)).toHaveLength(10);
  });

  it('is nobody else’s: not another clinic’s staff’s, nor for a patient whom the clinic does not know', async () => {
    const { seriesId } = await series(ten);
    const other = await aCalendar(database, {});
    const stranger = await staffOf(other);
    expect(await refusal(verbs.get(VisitsOfSeries).run(stranger, seriesId))).toEqual(['not-found']);
    const ended = verbs
      .get(CancelSeries)
      .run({ actor: stranger, seriesId, reason: 'other', request: aRequest(stranger) });
    expect(await refusal(ended)).toEqual(['not-found']);
    const none = verbs
      .get(CancelSeries)
      .run({ actor, seriesId: randomUUID(), reason: 'other', request: aRequest(actor) });
    expect(await refusal(none)).toEqual(['not-found']);
    expect(await refusal(series(startsOf(thursdays, '10:00').slice(0, 2), randomUUID(), stranger))).toEqual([
      'not-found',
    ]);
    patientId = await aPatient(database, { account: { id: await anAccount(database) } });
    expect(await refusal(series(startsOf(thursdays, '10:00').slice(0, 2)))).toEqual(['not-found']);
  });
});

describe('a series and others at the same moment', () => {
  it('never leaves half of a series: a single visit or the whole course wins', async () => {
    for (let round = 0; round < 6; round++) {
      const starts = startsOf(
        { ...thursdays, count: 10 },
        `${String(9 + (round >> 1)).padStart(2, '0')}:${round % 2 ? '30' : '00'}`,
      );
      const [course, single] = await Promise.allSettled([series(starts), oneVisit(starts[round + 2]!)]);
      expect([course.status, single.status].sort()).toEqual(['fulfilled', 'rejected']);
      for (const each of [course, single]) {
        if (each.status === 'rejected') expect((each.reason as Refusal).code).toBe('slot-taken');
      }
      const inSeries = (await visits()).filter(
        ({ series_id, wall }) =>
          series_id &&
          wall.endsWith(starts[0]!.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })),
      );
      expect(inSeries).toHaveLength(course.status === 'fulfilled' ? 10 : 0);
    }
  });

  it('waits for nobody in a circle: series that cross, forwards and backwards, and holds between', async () => {
    const hold = (start: Temporal.Instant) =>
      verbs.get(HoldSlot).run({
        actor: { kind: 'anonymous', sessionId: null },
        sessionId: null,
        addressIndex: null,
        calendarId: calendar.calendarId,
        serviceId: calendar.serviceId,
        start,
      });
    const people = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        aPatient(database, { clinic: { id: calendar.clinicId }, givenName: `Pacients ${'ABCDEF'[n]}` }),
      ),
    );
    const courses = people.map((id, n) => {
      patientId = id;
      return series(n % 2 ? [...ten].reverse() : ten.slice(n));
    });
    const answers = await Promise.allSettled([...courses, ...ten.slice(0, 5).map(hold)]);
    for (const each of answers) {
      if (each.status === 'rejected') expect((each.reason as Refusal).code).toBe('slot-taken');
    }
    const rows = (await visits()).map(({ wall }) => wall);
    expect(new Set(rows).size).toBe(rows.length);
  });
});
