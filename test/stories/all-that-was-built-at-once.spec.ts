import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Actor } from '#libs/access';
import {
  AcceptOffer,
  BookAppointment,
  BookSeries,
  BookTogether,
  CancelAppointment,
  CancelSeries,
  CarryOutChange,
  type Change,
  ChangeAsked,
  ConfirmAppointment,
  type Decisions,
  EndAbsence,
  ExpireAppointment,
  HoldSlot,
  HoldTogether,
  LapseOffers,
  MoveAppointment,
  OfferTimes,
  PlanChange,
  RejectAppointment,
  ReportAbsence,
  ResumeChanges,
} from '#libs/appointments';
import {
  CancelSession,
  CloseTime,
  ExtendHorizon,
  KeepQuota,
  KeepRoom,
  KeepSeats,
  PlanSessions,
  PublishHours,
  RedoSharedDays,
  RefreshStaleDays,
  SaveDraftHours,
  SweepHolds,
} from '#libs/calendars';
import { Refusal } from '#libs/platform';
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

describe('all that was built', () => {
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
    for (let n = 0; n < 100; n++) {
      const [row] = await database.sql<{ n: number }>(
        `select count(distinct pid)::integer as n from pg_locks where not granted`,
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
});

/** The same numbers in every run, so that a failure comes again. */
const dice =
  (seed: number) =>
  (sides: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };

const everyDay = (starts: string, ends: string) =>
  [1, 2, 3, 4, 5].map((weekday) => ({
    weekday,
    starts,
    ends,
    validFrom: Temporal.PlainDate.from('2026-01-05'),
    validTo: null,
    everyNthWeek: 1,
    weekAnchor: Temporal.PlainDate.from('2026-01-05'),
  }));

describe('all that was built, at once', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let clinicId: string;
  let branchId: string;
  let admin: Actor;
  let offers: { calendarId: string; serviceId: string; resourceId: string }[];
  let group: BookableCalendar;
  let rooms: string[];
  let guests: Actor[];
  let imports: ReturnType<typeof importer>;

  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, '2026-03-02T08:00:00Z');
    ({ id: clinicId } = await aClinic(database));
    await database.sql(`update clinic set published = false`);
    admin = { ...asStaff(clinicId, await aStaffMember(database, clinicId, 'admin')), role: 'admin' } as Actor;
    imports = importer(verbs, admin, clinicId);
    await imports.all({ ...clinicTables, 'appointments.csv': appointments({ start: '2026-03-16 09:00' }) });
    await database.sql(`update clinic set published = true`);
    await database.sql(
      `update calendar set grid_minutes = 30, confirmation = case payer when 'paid' then 'manual' else 'automatic' end`,
    );
    await database.sql(
      `update calendar_service set tariff_cents = 100 where calendar_id in (select id from calendar where payer = 'state')`,
    );
    offers = await database.sql(
      `select c.id as "calendarId", s.service_id as "serviceId", c.resource_id as "resourceId"
         from calendar c join calendar_service s on s.calendar_id = c.id order by c.payer, c.id`,
    );
    branchId = (await database.sql<{ id: string }>(`select id from branch`))[0]!.id;
    const place = { clinicId, branchId };
    rooms = [await aRoom(database, place, { name: '1' }), await aRoom(database, place, { name: '2' })];
    await needsRoom(database, { clinicId, serviceId: offers[0]!.serviceId });
    const beside = { ...place, practitionerId: '', calendarId: '', serviceId: '' };
    group = await aCalendar(database, { beside, practitioner: 'other', confirmation: 'manual', openings: [] });
    await verbs
      .get(SaveDraftHours)
      .run({ actor: admin, calendarId: group.calendarId, hours: everyDay('09:00', '17:00') });
    await database.sql(`update calendar_service set by_session = true where calendar_id = $1`, [group.calendarId]);
    await verbs.get(PublishHours).run({ actor: admin, calendarId: group.calendarId });
    offers.push({ ...group, resourceId: group.practitionerId });
    await verbs.get(RedoSharedDays).run();
    for (const { resourceId } of offers)
      await build.refreshFreeDays(database, { resourceId }, verbs.clock.now().toString());
    guests = await Promise.all([1, 2, 3, 4].map(async () => asGuest(await anAccount(database))));
  }, 60_000);
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });

  it('leaves every promise kept, and answers everyone with a result or a reason', async () => {
    const roll = dice(20_261_123);
    const one = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
    const row = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row | undefined> =>
      (await database.sql<Row>(text, values))[0];
    const moment = (): Temporal.Instant =>
      at('2026-03-09T07:00:00Z').add({ hours: 24 * roll(3), minutes: 30 * roll(16) });
    const wanted = () => {
      const { calendarId, serviceId } = one(offers);
      return { calendarId, serviceId, start: moment() };
    };
    const visitor = { actor: anonymous, sessionId: null, addressIndex: null };
    let people = 0;
    const person = () => ({
      givenName: 'Ilze',
      familyName: roll(2) === 0 ? one(['Liepa', 'Ozols', 'Kalns']) : `Egle ${++people}`,
      birthDate: Temporal.PlainDate.from('1980-05-04'),
      language: 'lv' as const,
    });
    const said = {
      contact: { email: 'a@example.com', phone: null },
      language: 'lv' as const,
      termsVersion: '1',
      origin: 'portal' as const,
    };
    const referral = () => ({
      number: one(['LV-1', 'LV-2', 'LV-3']),
      date: Temporal.PlainDate.from('2026-02-20'),
      priority: null,
      referrer: { name: 'Dr. Zars', institution: 'Prakse', phone: null, email: null },
    });
    const someone = () =>
      row<{ id: string; version: number; account_id: string }>(
        `select id, version, account_id from appointment where starts_at < '2026-03-14'
          order by (status in ('pending', 'booked')) desc, random() limit 1`,
      );
    /** Now and then the same request comes twice. */
    const perhapsTwice = <T>(work: () => Promise<T>): Promise<unknown> =>
      roll(3) === 0 ? Promise.all([work(), work()]) : work();
    const change = async (wish: Change): Promise<void> => {
      const plan = await verbs.get(PlanChange).run({ actor: admin, clinicId, change: wish });
      const asked = await verbs.get(ChangeAsked).run(admin, plan.id);
      const decisions = Object.fromEntries(
        asked.inside.map(({ view, proposals: [to] }) => [
          view.id,
          roll(3) === 0 ? 'keep' : to && roll(2) === 0 ? { move: { ...to, start: to.visit.start } } : 'cancel',
        ]),
      ) as Decisions;
      const request = aRequest(admin);
      await perhapsTwice(() => verbs.get(CarryOutChange).run({ actor: admin, id: plan.id, decisions, request }));
    };
    const acts: Record<string, () => Promise<unknown>> = {
      book: async () => {
        const actor = one(guests);
        const held = roll(2) === 0 ? await verbs.get(HoldSlot).run({ ...visitor, ...wanted() }) : undefined;
        await verbs.get(BookAppointment).run({
          actor,
          slot: held ? { holdId: held.id, proof: { token: held.token } } : wanted(),
          patient: person(),
          ...said,
          ...(roll(3) === 0 && { referral: referral() }),
          request: aRequest(actor),
        });
      },
      hold: () => verbs.get(HoldSlot).run({ ...visitor, ...wanted() }),
      family: async () => {
        const actor = one(guests);
        const several = 2 + roll(2);
        const held = await verbs.get(HoldTogether).run({ ...visitor, ...wanted(), people: several });
        const request = aRequest(actor);
        const persons = Array.from({ length: several }, person);
        if (roll(4) > 0)
          await perhapsTwice(() =>
            verbs.get(BookTogether).run({
              actor,
              hold: { holdId: held.id, proof: { token: held.token } },
              people: persons,
              ...said,
              request,
            }),
          );
      },
      series: async () => {
        const patient = await row<{ id: string }>(
          `select id from patient where clinic_id = $1 order by random() limit 1`,
          [clinicId],
        );
        if (!patient || admin.kind !== 'staff') return;
        const { calendarId, serviceId, start: first } = wanted();
        const starts = [0, 1, 2].map((days) => first.add({ hours: 24 * days }));
        const request = aRequest(admin);
        const wish = { actor: admin, calendarId, serviceId, starts, patientId: patient.id, ...said, request };
        await perhapsTwice(() =>
          verbs.get(BookSeries).run({ ...wish, ...(roll(2) === 0 && { referral: referral() }) }),
        );
      },
      endSeries: async () => {
        const some = await row<{ id: string }>(
          `select series_id as id from appointment where series_id is not null order by random() limit 1`,
        );
        if (!some || admin.kind !== 'staff') return;
        await verbs
          .get(CancelSeries)
          .run({ actor: admin, seriesId: some.id, reason: 'clinic-other', request: aRequest(admin) });
      },
      move: async () => {
        const found = await someone();
        const actor =
          roll(2) === 0 ? admin : guests.find((each) => 'accountId' in each && each.accountId === found?.account_id);
        if (!found || !actor) return;
        await verbs.get(MoveAppointment).run({ actor, ...found, to: wanted(), request: aRequest(actor) });
      },
      cancel: async () => {
        const found = await someone();
        if (found) await verbs.get(CancelAppointment).run({ actor: admin, ...found, request: aRequest(admin) });
      },
      confirm: async () => {
        const found = await someone();
        if (found) await verbs.get(ConfirmAppointment).run({ actor: admin, ...found, request: aRequest(admin) });
      },
      reject: async () => {
        const found = await someone();
        const no = { actor: admin, reason: 'clinic-other', request: aRequest(admin) };
        if (found) await verbs.get(RejectAppointment).run({ ...no, ...found });
      },
      ill: async () => {
        const begins = moment();
        await verbs.get(ReportAbsence).run({
          actor: admin,
          clinicId,
          practitionerId: one(offers).resourceId,
          during: { start: begins, end: begins.add({ hours: 4 }) },
          answerBy: verbs.clock.now().add({ minutes: 20 + roll(60) }),
          request: aRequest(admin),
        });
      },
      offer: async () => {
        for (const id of await verbs.get(OfferTimes).waiting()) await verbs.get(OfferTimes).run({ id });
      },
      accept: async () => {
        const some = await row<{ id: string }>(`select id from offer where state = 'held' order by random() limit 1`);
        const request = aRequest(admin);
        if (some) await perhapsTwice(() => verbs.get(AcceptOffer).run({ actor: admin, offerId: some.id, request }));
      },
      lapse: async () => {
        for (const id of await verbs.get(LapseOffers).due()) await verbs.get(LapseOffers).run({ id });
      },
      back: async () => {
        const some = await row<{ id: string }>(
          `select id from absence where ended_at is null order by random() limit 1`,
        );
        if (some) await verbs.get(EndAbsence).run({ actor: admin, id: some.id });
      },
      close: async () => {
        const begins = moment();
        const resourceId = one([null, one(rooms), one(rooms), one(offers).resourceId]);
        await change({
          kind: 'close',
          scope: { clinicId, branchId: resourceId === null && roll(2) === 0 ? branchId : null, resourceId },
          times: [{ start: begins, end: begins.add({ minutes: 60 }) }],
          reason: null,
          publicReason: null,
        });
      },
      reopen: async () => {
        const some = await row<{ id: string }>(`select id from closure order by random() limit 1`);
        if (some) await change({ kind: 'reopen', closureIds: [some.id] });
      },
      publish: async () => {
        const { calendarId } = one(offers);
        const hours = everyDay(one(['09:00', '09:30', '10:00']), one(['16:00', '17:00']));
        await verbs.get(SaveDraftHours).run({ actor: admin, calendarId, hours });
        await change({ kind: 'publish-hours', calendarIds: [calendarId] });
      },
      bringIn: async () => {
        const rows = [1, 2, 3].map(() => ({
          key: `k${++people}`,
          start: moment()
            .toZonedDateTimeISO('Europe/Riga')
            .toPlainDateTime()
            .toString({ smallestUnit: 'minute' })
            .replace('T', ' '),
          practitioner: one(['ozola', 'kalns']),
          payer: '',
          family_name: `Priede ${++people}`,
        }));
        const visits = rows.map((each) => ({ ...each, payer: each.practitioner === 'ozola' ? 'state' : 'paid' }));
        const { id, mistakes } = await imports.check({ 'appointments.csv': appointments(...visits) });
        if (mistakes === 0)
          await perhapsTwice(() =>
            imports.bringIn(id).catch((thrown: unknown) => {
              if (!String(thrown).includes('being worked on')) throw thrown;
            }),
          );
      },
      sessions: async () => {
        const starts = [moment(), moment()];
        const { calendarId, serviceId } = group;
        await verbs.get(PlanSessions).run({ actor: admin, calendarId, serviceId, starts, seats: 1 + roll(3) });
      },
      seats: async () => {
        const some = await row<{ id: string }>(`select id from group_session order by random() limit 1`);
        if (some) await verbs.get(KeepSeats).run({ actor: admin, sessionId: some.id, seats: 1 + roll(4) });
      },
      callOff: async () => {
        const some = await row<{ id: string }>(`select id from group_session order by random() limit 1`);
        if (some) await verbs.get(CancelSession).run({ actor: admin, sessionId: some.id });
      },
      seat: async () => {
        const some = await row<{ at: Date }>(`select starts_at as at from group_session order by random() limit 1`);
        const actor = one(guests);
        const { calendarId, serviceId } = group;
        if (!some) return;
        const slot = { calendarId, serviceId, start: some.at.toTemporalInstant() };
        await verbs.get(BookAppointment).run({ actor, slot, patient: person(), ...said, request: aRequest(actor) });
      },
      quota: async () => {
        const some = await row<{ id: string }>(`select id from quota limit 1`);
        await verbs.get(KeepQuota).run({
          actor: admin,
          clinicId,
          id: some?.id ?? null,
          quota: {
            practitionerId: offers.find(
              ({ calendarId }) => calendarId !== group.calendarId && stateIds.has(calendarId),
            )!.resourceId,
            serviceId: null,
            validFrom: Temporal.PlainDate.from('2026-03-01'),
            validTo: null,
            minutesAMonth: null,
            visitsADay: 6 + roll(6),
            visitsAMonth: 10 + roll(10),
            centsAMonth: null,
          },
        });
      },
      room: async () => {
        const id = one(rooms);
        const some = await row<{ name: string; active: boolean }>(`select name, active from resource where id = $1`, [
          id,
        ]);
        await verbs.get(KeepRoom).run({
          actor: admin,
          clinicId,
          id,
          room: { kind: 'room', name: some!.name, branchId, capability: 'ultrasound', active: !some!.active },
        });
      },
      rounds: async () => {
        await verbs.get(SweepHolds).run();
        await verbs.get(RefreshStaleDays).run();
        await verbs.get(RedoSharedDays).run();
        await verbs.get(ExtendHorizon).run();
        await verbs.get(EndAbsence).noticeReopened();
        for (const appointmentId of await verbs.get(EndAbsence).toReinstate())
          await verbs.get(EndAbsence).reinstate({ appointmentId });
        for (const id of await verbs.get(ExpireAppointment).due()) await verbs.get(ExpireAppointment).run({ id });
        for (const id of await verbs.get(ResumeChanges).due()) await verbs.get(ResumeChanges).run({ id });
      },
    };
    const stateIds = new Set(
      (await database.sql<{ id: string }>(`select id from calendar where payer = 'state'`)).map(({ id }) => id),
    );
    const often = [
      'book',
      'book',
      'book',
      'book',
      'family',
      'family',
      'series',
      'seat',
      'seat',
      'move',
      'move',
      'hold',
      'rounds',
    ];
    const names = [...often, ...Object.keys(acts)];
    const told: Record<string, number> = {};
    for (let round = 0; round < 14; round++) {
      const settled = await Promise.allSettled(
        Array.from({ length: 20 }, async () => {
          const name = one(names);
          return acts[name]!().then(
            () => `${name} done`,
            (thrown: unknown) => `${name} ${thrown instanceof Refusal ? thrown.code : String(thrown)}`,
          );
        }),
      );
      for (const each of settled) if (each.status === 'fulfilled') told[each.value] = (told[each.value] ?? 0) + 1;
      verbs.clock.passes({ minutes: roll(4) * 7 });
    }
    await acts['rounds']!();
    await acts['rounds']!();
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, verbs.clock.now())).toEqual([]);
    expect(serverLog()).not.toMatch(/deadlock detected/);
    const known =
      / (done|slot-taken|not-bookable|hold-expired|patient-busy|state-changed|wrong-state|other-payer|not-cancellable|in-progress|not-found|referral-used|offer-lapsed|invalid)$/;
    expect(Object.keys(told).filter((what) => !known.test(what))).toEqual([]);
    expect(
      Object.entries(told)
        .filter(([what]) => what.endsWith('done'))
        .reduce((all, [, n]) => all + n, 0),
    ).toBeGreaterThan(100);
  }, 120_000);
});
