import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Actor } from '#libs/access';
import {
  BookAppointment,
  CarryOutChange,
  type Change,
  ConfirmAppointment,
  EndAbsence,
  HoldSlot,
  MoveAppointment,
  OfferTimes,
  PlanChange,
  RejectAppointment,
  ReportAbsence,
  ResumeChanges,
} from '#libs/appointments';
import {
  CloseTime,
  KeepCalendarTerms,
  PlanSessions,
  RedoSharedDays,
  SaveDraftHours,
  usualRules,
} from '#libs/calendars';
import { audit } from '../../tools/audit/audit.js';
import * as build from '../support/builders.js';
import { aClinic, aQuota, aRoom, aSession, needsRoom } from '../support/builders.js';
import { serverLog, type TestDatabase, testDatabase } from '../support/database.js';
import { appointments, clinicTables, importer } from '../support/import-files.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const anonymous: Actor = { kind: 'anonymous', sessionId: null };

describe('between two steps', () => {
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

  const clean = async (): Promise<void> => {
    await verbs.get(RedoSharedDays).run();
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, verbs.clock.now())).toEqual([]);
  };
  let names = 0;
  const book = async (calendar: BookableCalendar, slot: { start: string } | { holdId: string; token: string }) => {
    const actor = asGuest(await anAccount(database));
    const { id } = await verbs.get(BookAppointment).run({
      actor,
      slot:
        'start' in slot
          ? { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at(slot.start) }
          : { holdId: slot.holdId, proof: { token: slot.token } },
      patient: {
        givenName: 'Jānis',
        familyName: `Ozols ${++names}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email: 'a@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return { id, actor };
  };
  const hold = ({ calendarId, serviceId }: BookableCalendar, when: string) =>
    verbs
      .get(HoldSlot)
      .run({ actor: anonymous, sessionId: null, addressIndex: null, calendarId, serviceId, start: at(when) });
  /** Two doctors who share one or more rooms, and somebody at the desk. */
  const aHouse = async (rooms = 1) => {
    const first = await aCalendar(database);
    const second = await aCalendar(database, { beside: first, practitioner: 'other' });
    const ids: string[] = [];
    for (const each of [first, second]) await needsRoom(database, each);
    for (let n = 0; n < rooms; n++) ids.push(await aRoom(database, first, { name: `Kabinets ${n}` }));
    for (const each of [first, second]) await freeDaysAsOf(database, each, start);
    const staff = asStaff(first.clinicId, await aStaffMember(database, first.clinicId));
    return { first, second, rooms: ids, staff, clinicId: first.clinicId };
  };
  const closing = (clinicId: string, resourceId: string | null, day: string): Change => ({
    kind: 'close',
    scope: { clinicId, branchId: null, resourceId },
    times: [{ start: at(`${day}T00:00:00Z`), end: at(`${day}T22:00:00Z`) }],
    reason: null,
    publicReason: null,
  });
  const carryOut = async (
    actor: Actor,
    clinicId: string,
    change: Change,
    decisions: Record<string, 'keep' | 'cancel'>,
  ) => {
    const plan = await verbs.get(PlanChange).run({ actor, clinicId, change });
    const done = await verbs.get(CarryOutChange).run({ actor, id: plan.id, decisions, request: aRequest(actor) });
    return { ...plan, ...done };
  };
  const orphaned = async (id: string): Promise<boolean> => {
    const [row] = await database.sql<{ is: boolean }>(
      `select orphaned_at is not null as is from appointment where id = $1`,
      [id],
    );
    return row?.is ?? false;
  };
  /** Somebody's transaction, open for as long as the test wants. */
  const opened = async (text: string, values: unknown[]) => {
    const client = new pg.Client(database.ownerUrl);
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    await client.query(text, values);
    return {
      also: (more: string, with_: unknown[]) => client.query(more, with_),
      end: async (how: 'commit' | 'rollback' = 'rollback') => {
        await client.query(how);
        await client.end();
      },
    };
  };
  const waiting = async (atLeast: number): Promise<void> => {
    for (let n = 0; n < 1000; n++) {
      const [row] = await database.sql<{ n: number }>(
        `select count(distinct pid)::integer as n from pg_locks join pg_stat_activity a using (pid)
          where not granted and a.datname = current_database()`,
      );
      if ((row?.n ?? 0) >= atLeast) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('nobody waits');
  };

  it('closes a room that two doctors share, and opens it again', async () => {
    const { first, second, rooms, staff, clinicId } = await aHouse();
    const one = await book(first, { start: '2026-12-01T08:00:00Z' });
    const two = await book(second, { start: '2026-12-01T09:00:00Z' });
    const done = await carryOut(staff, clinicId, closing(clinicId, rooms[0]!, '2026-12-01'), {
      [one.id]: 'keep',
      [two.id]: 'keep',
    });
    expect(done).toMatchObject({ peopleInside: 2, state: 'done', kept: 2 });
    expect([await orphaned(one.id), await orphaned(two.id)]).toEqual([true, true]);
    await clean();
    const [closure] = await database.sql<{ id: string }>(`select id from closure where resource_id = $1`, [rooms[0]]);
    await carryOut(staff, clinicId, { kind: 'reopen', closureIds: [closure!.id] }, {});
    expect([await orphaned(one.id), await orphaned(two.id)]).toEqual([false, false]);
    await clean();
  });

  it('lets nobody slip into a room while it is closed', async () => {
    const { first, rooms, staff, clinicId } = await aHouse();
    // The booking has chosen its room and waits for something else.
    const other = await opened(`select id from branch where id = $1 for update`, [first.branchId]);
    const booking = book(first, { start: '2026-12-01T08:00:00Z' });
    await waiting(1);
    const change = carryOut(staff, clinicId, closing(clinicId, rooms[0]!, '2026-12-01'), {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    await other.end();
    const [booked, closed] = await Promise.allSettled([booking, change]);
    // Either the change sees the visit and asks, or the visit is refused.
    expect([booked.status, closed.status].filter((each) => each === 'fulfilled')).toHaveLength(1);
    await clean();
  });

  it('books no held time whose room was closed meanwhile', async () => {
    const { first, rooms, staff, clinicId } = await aHouse(2);
    const held = await hold(first, '2026-12-01T08:00:00Z');
    await verbs.get(CloseTime).run({
      actor: staff,
      scope: { clinicId, branchId: null, resourceId: rooms[0]! },
      times: [{ start: at('2026-12-01T00:00:00Z'), end: at('2026-12-01T22:00:00Z') }],
      reason: null,
    });
    const settled = await Promise.allSettled([book(first, { holdId: held.id, token: held.token })]);
    const inside = await database.sql(
      `select o.id from occupation o join closure k on k.resource_id = o.resource_id and k.during && o.during
        where o.owner_kind = 'appointment' and o.resource_id = any($1)`,
      [rooms],
    );
    expect(inside).toEqual([]);
    expect(settled[0].status).toBe('rejected');
    await clean();
  });

  it('books no held time of a service that ended while the booking waited', async () => {
    const { first, staff } = await aHouse();
    void staff;
    const held = await hold(first, '2026-12-01T08:00:00Z');
    const other = await opened(`select id from resource where id = $1 for no key update`, [first.practitionerId]);
    const booking = Promise.allSettled([book(first, { holdId: held.id, token: held.token })]);
    await waiting(1);
    await other.also(`update calendar_service set active = false where calendar_id = $1`, [first.calendarId]);
    await other.also(`select refresh_free_days($1, '2026-11-30', '2027-01-10', $2)`, [first.practitionerId, start]);
    await other.end('commit');
    expect((await booking)[0].status).toBe('rejected');
    await clean();
  });

  it('plans a change while another of the same calendar is made', async () => {
    const { first, staff, clinicId } = await aHouse();
    await database.sql(
      `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, week_anchor, published)
       select $1, $2, d, '09:00', '17:00', '2026-01-01', '2026-01-05', true from generate_series(1, 7) d`,
      [clinicId, first.calendarId],
    );
    const other = await opened(`select id from opening where calendar_id = $1 for update`, [first.calendarId]);
    const closed = verbs.get(CloseTime).run({
      actor: staff,
      scope: { clinicId, branchId: null, resourceId: first.practitionerId },
      times: [{ start: at('2026-12-01T08:00:00Z'), end: at('2026-12-01T10:00:00Z') }],
      reason: null,
    });
    await waiting(1);
    const later = [{ start: at('2026-12-01T12:00:00Z'), end: at('2026-12-01T13:00:00Z') }];
    const change = { ...closing(clinicId, first.practitionerId, '2026-12-01'), times: later } as Change;
    const planned = verbs.get(PlanChange).run({ actor: staff, clinicId, change });
    await waiting(2);
    await other.end();
    const settled = await Promise.allSettled([closed, planned]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await clean();
  });

  it('tells nobody that a visit takes place while its doctor is still away', async () => {
    const { first, staff, clinicId } = await aHouse();
    const { id } = await book(first, { start: '2026-12-02T08:00:00Z' });
    const away = (from: string, to: string) =>
      verbs.get(ReportAbsence).run({
        actor: staff,
        clinicId,
        practitionerId: first.practitionerId,
        during: { start: at(`${from}T00:00:00Z`), end: at(`${to}T22:00:00Z`) },
        answerBy: at('2026-12-01T06:00:00Z'),
        request: aRequest(staff),
      });
    const one = await away('2026-12-01', '2026-12-03');
    for (const each of await verbs.get(OfferTimes).waiting(one.id)) await verbs.get(OfferTimes).run({ id: each });
    const two = await away('2026-12-02', '2026-12-02');
    await verbs.get(EndAbsence).run({ actor: staff, id: one.id });
    const kinds = async () =>
      (
        await database.sql<{ kind: string }>(
          `select kind from appointment_event where appointment_id = $1 order by version`,
          [id],
        )
      ).map(({ kind }) => kind);
    expect(await kinds()).toEqual(['booked', 'offered']);
    expect(await orphaned(id)).toBe(true);
    expect(await database.sql(`select from offer where appointment_id = $1 and state = 'held'`, [id])).toHaveLength(2);
    await verbs.get(EndAbsence).run({ actor: staff, id: two.id });
    expect(await kinds()).toEqual(['booked', 'offered', 'reinstated']);
    await clean();
  });

  it('counts a seat no more while a move from it waits, and again when the move is refused', async () => {
    const calendar = await aCalendar(database, { payer: 'state', confirmation: 'manual' });
    const elsewhere = await aCalendar(database, {
      payer: 'state',
      confirmation: 'manual',
      beside: calendar,
      practitioner: 'other',
    });
    for (const day of ['01', '08']) await aSession(database, calendar, { start: `2026-12-${day}T08:00:00Z`, seats: 3 });
    await aQuota(database, calendar, { visits_a_month: 1 });
    for (const each of [calendar, elsewhere]) await freeDaysAsOf(database, each, start);
    const staff = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const { id, actor } = await book(calendar, { start: '2026-12-01T08:00:00Z' });
    await verbs.get(ConfirmAppointment).run({ actor: staff, id, version: 1, request: aRequest(staff) });
    await clean();
    const to = { calendarId: elsewhere.calendarId, serviceId: elsewhere.serviceId, start: at('2026-12-02T08:00:00Z') };
    await verbs.get(MoveAppointment).run({ actor, id, version: 2, to, request: aRequest(actor) });
    await clean();
    const no = { actor: staff, reason: 'clinic-other', request: aRequest(staff) };
    await verbs.get(RejectAppointment).run({ ...no, id, version: 3 });
    await clean();
  });

  it('closes the whole month when an import uses the quota up', async () => {
    const { id: clinicId } = await aClinic(database);
    await database.sql(`update clinic set published = false where id = $1`, [clinicId]);
    const admin = { ...asStaff(clinicId, await aStaffMember(database, clinicId, 'admin')), role: 'admin' } as Actor;
    const { all } = importer(verbs, admin, clinicId);
    await all(clinicTables);
    await database.sql(`update clinic set published = true where id = $1`, [clinicId]);
    const [doctor] = await database.sql<{ id: string }>(
      `select resource_id as id from calendar where clinic_id = $1 and payer = 'state'`,
      [clinicId],
    );
    await aQuota(database, { clinicId, practitionerId: doctor!.id }, { visits_a_month: 2 });
    await build.refreshFreeDays(database, { resourceId: doctor!.id }, start);
    await clean();
    const visits = appointments(
      { start: '2026-12-10 09:00' },
      { start: '2026-12-10 10:00', given_name: 'Ivo', family_name: 'Kalns' },
    );
    await all({ 'appointments.csv': visits });
    await clean();
  });

  it('shows who was brought in before the hours were published, and stands outside them', async () => {
    const { id: clinicId } = await aClinic(database);
    await database.sql(`update clinic set published = false where id = $1`, [clinicId]);
    const admin = { ...asStaff(clinicId, await aStaffMember(database, clinicId, 'admin')), role: 'admin' } as Actor;
    const { 'hours.csv': _, ...withoutHours } = clinicTables;
    const visits = appointments(
      { start: '2026-12-10 09:00' },
      { start: '2026-12-10 20:00', given_name: 'Ivo', family_name: 'Kalns' },
    );
    await importer(verbs, admin, clinicId).all({ ...withoutHours, 'appointments.csv': visits });
    const [calendar] = await database.sql<{ id: string }>(
      `select id from calendar where clinic_id = $1 and payer = 'state'`,
      [clinicId],
    );
    const day = Temporal.PlainDate.from('2026-01-05');
    const always = { starts: '09:00', ends: '17:00', validFrom: day, validTo: null, everyNthWeek: 1, weekAnchor: day };
    const hours = [1, 2, 3, 4, 5].map((weekday) => ({ ...always, weekday }));
    await verbs.get(SaveDraftHours).run({ actor: admin, calendarId: calendar!.id, hours });
    await carryOut(admin, clinicId, { kind: 'publish-hours', calendarIds: [calendar!.id] }, {});
    const marked = await database.sql<{ at: string }>(
      `select promised_wall_time::text as at from appointment where clinic_id = $1 and orphaned_at is not null`,
      [clinicId],
    );
    expect(marked).toEqual([{ at: '2026-12-10 20:00:00' }]);
    await clean();
  });

  it('asks who has a seat when the room of a session is closed, and gives no more seats there', async () => {
    const { first, rooms, staff, clinicId } = await aHouse();
    await database.sql(`update calendar_service set by_session = true where calendar_id = $1`, [first.calendarId]);
    const { calendarId, serviceId } = first;
    const starts = [at('2026-12-01T08:00:00Z')];
    await verbs.get(PlanSessions).run({ actor: staff, calendarId, serviceId, starts, seats: 3 });
    const { id } = await book(first, { start: '2026-12-01T08:00:00Z' });
    const held = await hold(first, '2026-12-01T08:00:00Z');
    const change = closing(clinicId, rooms[0]!, '2026-12-01');
    expect(await carryOut(staff, clinicId, change, { [id]: 'keep' })).toMatchObject({ peopleInside: 1, kept: 1 });
    expect(await orphaned(id)).toBe(true);
    await expect(book(first, { start: '2026-12-01T08:00:00Z' })).rejects.toMatchObject({ code: 'slot-taken' });
    await expect(book(first, { holdId: held.id, token: held.token })).rejects.toMatchObject({ code: 'slot-taken' });
    await clean();
  });

  it('brings services in under the locks under which others change them', async () => {
    const { id: clinicId } = await aClinic(database);
    await database.sql(`update clinic set published = false where id = $1`, [clinicId]);
    const admin = { ...asStaff(clinicId, await aStaffMember(database, clinicId, 'admin')), role: 'admin' } as Actor;
    const { all } = importer(verbs, admin, clinicId);
    await all(clinicTables);
    const [doctor] = await database.sql<{ id: string }>(
      `select resource_id as id from calendar where clinic_id = $1 and payer = 'state'`,
      [clinicId],
    );
    const other = await opened(`select id from resource where id = $1 for no key update`, [doctor!.id]);
    const services = clinicTables['services.csv']!.replace('Konsultācija', 'Vizīte');
    const bringing = all({
      ...clinicTables,
      'services.csv': services,
      'appointments.csv': appointments({ start: '2026-12-10 09:00' }),
    });
    await waiting(1);
    await other.also(`update service set active = active where clinic_id = $1`, [clinicId]);
    await other.end('commit');
    expect(await bringing).toMatchObject({ state: 'done' });
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
    await clean();
  });

  it('takes a visit off the work list when its service is offered again', async () => {
    const { first, staff, clinicId } = await aHouse();
    const { calendarId, serviceId } = first;
    await database.sql(`update calendar set published_until = '2026-12-20' where id = $1`, [calendarId]);
    const { id } = await book(first, { start: '2026-12-01T08:00:00Z' });
    await carryOut(staff, clinicId, { kind: 'end-service', serviceId, calendarIds: [calendarId] }, { [id]: 'keep' });
    expect(await orphaned(id)).toBe(true);
    const asCalendar = { confirmation: null, minimumNoticeMinutes: null, horizonDays: null, lateCancelHours: null };
    const length = { minutes: 30, bufferBefore: 0, bufferAfter: 0 };
    const services = [{ serviceId, ...length, priceCents: 4500, tariffCents: 0, bySession: false, ...asCalendar }];
    await verbs.get(KeepCalendarTerms).run({ actor: staff, calendarId, rules: usualRules, services });
    await verbs.get(ResumeChanges).noticeCovered();
    expect(await orphaned(id)).toBe(false);
    await clean();
  });
});
