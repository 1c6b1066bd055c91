import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
import { aClinic, aRoom, needsRoom } from '../support/builders.js';
import { serverLog, type TestDatabase, testDatabase } from '../support/database.js';
import { appointments, clinicTables, importer } from '../support/import-files.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar } from '../support/world.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const anonymous: Actor = { kind: 'anonymous', sessionId: null };

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
  });
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
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
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
