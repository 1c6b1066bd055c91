import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { BookAppointment, CancelAppointment, HistoryOfAppointment, MoveAppointment } from '#libs/appointments';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';

describe('history cannot be rewritten', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let calendar: BookableCalendar;
  let accountId: string;
  let id: string;
  let app: pg.Client;

  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, start);
    calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    accountId = await anAccount(database);
    app = new pg.Client(database.appUrl);
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
    await verbs.close();
    await database.drop();
  });

  const wanted = (time: string) => ({
    calendarId: calendar.calendarId,
    serviceId: calendar.serviceId,
    start: Temporal.Instant.from(`2026-12-03T${time}:00Z`),
  });

  it('says who did what and when, from what to what, and why', async () => {
    const guest = asGuest(accountId);
    const staff = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    ({ id } = await verbs.get(BookAppointment).run({
      actor: guest,
      slot: wanted('08:00'),
      patient: {
        givenName: 'Līga',
        familyName: 'Šķēle',
        birthDate: Temporal.PlainDate.from('1992-02-29'),
        language: 'lv',
      },
      contact: { email: 'liga@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(guest),
    }));
    verbs.clock.passes({ minutes: 3 });
    await verbs.get(MoveAppointment).run({
      actor: staff,
      id,
      version: 1,
      to: wanted('09:00'),
      reason: 'clinic-other',
      note: 'The room is painted',
      request: aRequest(staff),
    });
    verbs.clock.passes({ minutes: 4 });
    await verbs.get(CancelAppointment).run({ actor: guest, id, version: 2, request: aRequest(guest) });
    const lines = await verbs.get(HistoryOfAppointment).run(staff, id);
    expect(
      lines.map((line) => [
        line.at.toString(),
        line.kind,
        line.actorKind,
        line.actorName,
        line.reasonCode,
        line.reasonNote,
      ]),
    ).toEqual([
      ['2026-11-30T06:00:00Z', 'booked', 'guest', null, null, null],
      ['2026-11-30T06:03:00Z', 'moved', 'staff', 'Ilze Kalniņa', 'clinic-other', 'The room is painted'],
      ['2026-11-30T06:07:00Z', 'cancelled', 'guest', null, 'patient-asked', null],
    ]);
    expect(lines[1]).toMatchObject({ fromStatus: 'booked', toStatus: 'booked' });
    expect(String(lines[1]?.fromStart)).toBe('2026-12-03T08:00:00Z');
    expect(String(lines[1]?.toStart)).toBe('2026-12-03T09:00:00Z');
  });

  it.each([
    [`update appointment_event set actor_name = 'nobody'`],
    ['delete from appointment_event'],
    ['truncate appointment_event cascade'],
    ['delete from access_log'],
    [`update access_log set purpose = 'none'`],
    ['alter table appointment_event disable trigger all'],
    ['drop table appointment_event'],
    ["insert into migrations (timestamp, name) values (1, 'mine')"],
  ])('refuses to the role of the apps: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject({ code: '42501' });
    expect(await database.sql('select from appointment_event')).toHaveLength(3);
  });

  it('counts the steps of an appointment without gaps and without doubles', async () => {
    await expect(
      app.query(
        `insert into appointment_event (clinic_id, appointment_id, version, at, kind, actor_kind, to_status, to_starts_at, to_ends_at,
           to_resource_id, sequence)
         select clinic_id, appointment_id, version, at, kind, actor_kind, to_status, to_starts_at, to_ends_at, to_resource_id, sequence
           from appointment_event where appointment_id = $1 limit 1`,
        [id],
      ),
    ).rejects.toMatchObject({ code: '23505', constraint: 'appointment_event_once' });
  });
});
