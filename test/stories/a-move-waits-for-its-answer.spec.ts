import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Appointments,
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  ExpireAppointment,
  MoveAppointment,
  RejectAppointment,
} from '#libs/appointments';
import type { Actor } from '#libs/access';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

describe('a patient’s move that waits for the clinic’s answer', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, start);
  });
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });

  /** A visit that staff have confirmed, and who may do what with it. */
  const aBookedVisit = async (calendar: BookableCalendar, when: string) => {
    verbs.clock.is(start);
    await freeDaysAsOf(database, calendar, start);
    const staff = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const actor = asGuest(await anAccount(database));
    const { id } = await verbs.get(BookAppointment).run({
      actor,
      slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at(when) },
      patient: {
        givenName: 'Jānis',
        familyName: 'Ozols',
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email: 'janis@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    await verbs.get(ConfirmAppointment).run({ actor: staff, id, version: 1, request: aRequest(staff) });
    return { id, actor, staff };
  };
  const move = (actor: Actor, id: string, version: number, { calendarId, serviceId }: BookableCalendar, to: string) =>
    verbs.get(MoveAppointment).run({
      actor,
      id,
      version,
      to: { calendarId, serviceId, start: at(to) },
      request: aRequest(actor),
    });
  const clean = async (): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, verbs.clock.now())).toEqual([]);
  };

  it('is undone whole: a rejected move to another branch stands again in its own branch and zone', async () => {
    const home = await aCalendar(database, { confirmation: 'manual' });
    const away = await aCalendar(database, { confirmation: 'manual', beside: home, practitioner: 'other' });
    const [other] = await database.sql<{ id: string }>(
      `insert into branch (clinic_id, slug, name, city, address, postal_code, zone, phone, emergency)
       select clinic_id, 'tallinn', 'Tallinn', 'Tallinn', address, postal_code, 'Europe/Tallinn', phone, emergency
         from branch where id = $1 returning id`,
      [home.branchId],
    );
    await database.sql(`update calendar set branch_id = $2 where id = $1`, [away.calendarId, other?.id]);
    const { id, actor, staff } = await aBookedVisit(home, '2026-12-04T08:00:00Z');
    await freeDaysAsOf(database, away, start);
    await move(actor, id, 2, away, '2026-12-14T08:00:00Z');
    expect(await verbs.get(Appointments).find(actor, id)).toMatchObject({ timeZone: 'Europe/Tallinn' });
    const no = { actor: staff, id, version: 3, reason: 'clinic-other', request: aRequest(staff) };
    await verbs.get(RejectAppointment).run(no);
    const restored = await verbs.get(Appointments).find(actor, id);
    expect(restored).toMatchObject({ timeZone: 'Europe/Riga', branch: { id: home.branchId } });
    await clean();
  });

  it('is answered before the old time begins: nobody waits in vain for a visit that was to be earlier', async () => {
    const calendar = await aCalendar(database, { confirmation: 'manual' });
    const { id, actor } = await aBookedVisit(calendar, '2026-12-01T08:00:00Z');
    verbs.clock.is('2026-11-30T20:00:00Z');
    await move(actor, id, 2, calendar, '2026-12-09T08:00:00Z');
    const { answerDueAt } = await verbs.get(Appointments).find(actor, id);
    expect(String(answerDueAt)).toBe('2026-12-01T08:00:00Z');
    verbs.clock.is('2026-12-01T08:00:00Z');
    expect(await verbs.get(ExpireAppointment).run({ id })).toEqual({ expired: true });
    expect(await verbs.get(Appointments).find(actor, id)).toMatchObject({ status: 'booked', former: null });
    await clean();
  });

  it('is no way around a late cancellation: what is given up is the old time', async () => {
    const calendar = await aCalendar(database, { confirmation: 'manual' });
    const { id, actor } = await aBookedVisit(calendar, '2026-12-02T08:00:00Z');
    verbs.clock.is('2026-12-02T05:00:00Z');
    await move(actor, id, 2, calendar, '2026-12-10T08:00:00Z');
    const { cancelDeadline } = await verbs.get(Appointments).find(actor, id);
    expect(String(cancelDeadline)).toBe('2026-12-01T08:00:00Z');
    const cancelled = await verbs.get(CancelAppointment).run({ actor, id, version: 3, request: aRequest(actor) });
    expect(cancelled).toEqual({ id, late: true });
    await clean();
  });

  it('leaves nothing to cancel or move once the old time has begun', async () => {
    const calendar = await aCalendar(database, { confirmation: 'manual' });
    const { id, actor } = await aBookedVisit(calendar, '2026-12-03T08:00:00Z');
    await move(actor, id, 2, calendar, '2026-12-11T08:00:00Z');
    verbs.clock.is('2026-12-03T08:05:00Z');
    const cancel = verbs.get(CancelAppointment).run({ actor, id, version: 3, request: aRequest(actor) });
    await expect(cancel).rejects.toMatchObject({ code: 'not-cancellable' });
    await expect(move(actor, id, 3, calendar, '2026-12-12T08:00:00Z')).rejects.toBeInstanceOf(Refusal);
  });

  it('is late by the calendar’s rule, also when the service is no longer offered', async () => {
    const calendar = await aCalendar(database);
    verbs.clock.is(start);
    const { id, actor } = await aBookedVisit(
      await aCalendar(database, { confirmation: 'manual', beside: calendar, practitioner: 'other' }),
      '2026-12-05T08:00:00Z',
    );
    await database.sql(`update calendar_service set active = false`);
    verbs.clock.is('2026-12-05T05:00:00Z');
    const cancelled = await verbs.get(CancelAppointment).run({ actor, id, version: 2, request: aRequest(actor) });
    expect(cancelled.late).toBe(true);
  });
});
