import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  ExpireAppointment,
  ExtendHold,
  type Hold,
  HoldSlot,
  MoveAppointment,
  RejectAppointment,
} from '#libs/appointments';
import { FreeTimes } from '#libs/calendars';
import type { PatientDetails } from '#libs/people';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { serverLog, type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const reasonOf = (settled: PromiseSettledResult<unknown>): string =>
  settled.status === 'fulfilled'
    ? 'done'
    : settled.reason instanceof Refusal
      ? settled.reason.code
      : String(settled.reason);
const counted = (all: readonly PromiseSettledResult<unknown>[]): Record<string, number> =>
  Object.fromEntries(Object.entries(Object.groupBy(all, reasonOf)).map(([code, rows]) => [code, rows?.length ?? 0]));
const janis: PatientDetails = {
  givenName: 'Jānis',
  familyName: 'Ozols',
  birthDate: Temporal.PlainDate.from('1980-05-04'),
  language: 'lv',
};

describe('nobody is double-booked', () => {
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
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, verbs.clock.now())).toEqual([]);
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
  };
  const hold = (calendar: BookableCalendar, when: string, sessionId: string | null = null): Promise<Hold> =>
    verbs.get(HoldSlot).run({
      actor: { kind: 'anonymous', sessionId },
      sessionId,
      addressIndex: null,
      calendarId: calendar.calendarId,
      serviceId: calendar.serviceId,
      start: at(when),
    });
  const book = async (calendar: BookableCalendar, when: string, accountId: string, patient: PatientDetails = janis) => {
    const held = await hold(calendar, when);
    const actor = asGuest(accountId);
    return verbs.get(BookAppointment).run({
      actor,
      slot: { holdId: held.id, proof: { token: held.token } },
      patient,
      contact: { email: 'janis@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
  };
  const standing = async (id: string) => {
    const [row] = await database.sql(
      `select status, version, sequence, starts_at, former is not null as waits from appointment where id = $1`,
      [id],
    );
    return row as { status: string; version: number; sequence: number; starts_at: Date; waits: boolean };
  };
  const freeStarts = async (calendar: BookableCalendar, day: string): Promise<string[]> => {
    const { slots } = await verbs.get(FreeTimes).slots({
      calendarId: calendar.calendarId,
      serviceId: calendar.serviceId,
      from: at(`${day}T00:00:00Z`),
      to: at(`${day}T00:00:00Z`).add({ hours: 24 }),
    });
    return slots.map((slot) => slot.start);
  };

  it('gives one slot to one of two hundred and tells the others why', async () => {
    const calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    for (const when of ['2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z']) {
      const began = performance.now();
      const all = await Promise.allSettled(Array.from({ length: 200 }, () => hold(calendar, when)));
      expect(counted(all)).toEqual({ done: 1, 'slot-taken': 199 });
      expect(performance.now() - began).toBeLessThan(25_000);
    }
    await clean();
  });

  it('accepts from six overlapping starts only what does not overlap', async () => {
    const calendar = await aCalendar(database, { grid: 10 });
    await freeDaysAsOf(database, calendar, start);
    const starts = ['09:00', '09:10', '09:20', '09:30', '09:40', '09:50'].map((time) => `2026-12-02T${time}:00Z`);
    await Promise.allSettled(Array.from({ length: 60 }, (_, index) => hold(calendar, starts[index % 6] ?? '')));
    const rows = await database.sql(`select from occupation where resource_id = $1`, [calendar.practitionerId]);
    expect(rows.length).toBeGreaterThanOrEqual(1);
    expect(rows.length).toBeLessThanOrEqual(3);
    await clean();
  });

  it('gives the same instant, offered by the state and the paid calendar, once', async () => {
    const paid = await aCalendar(database);
    const state = await aCalendar(database, { payer: 'state', beside: paid });
    await freeDaysAsOf(database, paid, start);
    const all = await Promise.allSettled(
      [paid, state, paid, state].map((calendar) => hold(calendar, '2026-12-03T08:00:00Z')),
    );
    expect(counted(all)).toEqual({ done: 1, 'slot-taken': 3 });
    await clean();
  });

  it('puts one patient in one place, whoever of thirty practitioners is asked at once', async () => {
    const first = await aCalendar(database);
    const others = await Promise.all(
      Array.from({ length: 29 }, () => aCalendar(database, { beside: first, practitioner: 'other' })),
    );
    for (const calendar of [first, ...others]) await freeDaysAsOf(database, calendar, start);
    const accountId = await anAccount(database);
    const all = await Promise.allSettled(
      [first, ...others].map((calendar) => book(calendar, '2026-12-04T08:00:00Z', accountId)),
    );
    expect(counted(all)).toEqual({ done: 1, 'patient-busy': 29 });
    await clean();
  });

  it('frees a held time when the hold ends, without any sweeper', async () => {
    const calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    const held = await hold(calendar, '2026-12-01T08:00:00Z');
    await expect(hold(calendar, '2026-12-01T08:00:00Z')).rejects.toMatchObject({ code: 'slot-taken' });
    verbs.clock.passes({ minutes: 8 });
    await verbs.get(ExtendHold).run({ holdId: held.id, proof: { token: held.token } });
    verbs.clock.passes({ minutes: 8 });
    await expect(hold(calendar, '2026-12-01T08:00:00Z')).rejects.toMatchObject({ code: 'slot-taken' });
    verbs.clock.passes({ minutes: 2, seconds: 1 });
    const second = await hold(calendar, '2026-12-01T08:00:00Z');
    expect(second.id).not.toBe(held.id);
    await expect(verbs.get(ExtendHold).run({ holdId: held.id, proof: { token: held.token } })).rejects.toMatchObject({
      code: 'hold-expired',
    });
    verbs.clock.is(start);
    await clean();
  });

  it('lets a browser session hold one time: another choice gives the first back', async () => {
    const calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    const sessionId = randomUUID();
    await hold(calendar, '2026-12-01T08:00:00Z', sessionId);
    await hold(calendar, '2026-12-01T09:00:00Z', sessionId);
    const free = await freeStarts(calendar, '2026-12-01');
    expect(free).toContain('2026-12-01T08:00:00Z');
    expect(free).not.toContain('2026-12-01T09:00:00Z');
    await clean();
  });

  it('books a held time, moves it and cancels it; each freed time is free at once', async () => {
    const calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    const accountId = await anAccount(database);
    const actor = asGuest(accountId);
    const { id } = await book(calendar, '2026-12-05T08:00:00Z', accountId);
    expect(await standing(id)).toMatchObject({ status: 'booked', version: 1, sequence: 0 });
    expect(await freeStarts(calendar, '2026-12-05')).not.toContain('2026-12-05T08:00:00Z');
    await verbs.get(MoveAppointment).run({
      actor,
      id,
      version: 1,
      to: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at('2026-12-05T08:30:00Z') },
      request: aRequest(actor),
    });
    expect(await standing(id)).toMatchObject({ status: 'booked', version: 2, sequence: 1 });
    expect(await freeStarts(calendar, '2026-12-05')).toContain('2026-12-05T08:00:00Z');
    await expect(
      verbs.get(CancelAppointment).run({ actor, id, version: 1, request: aRequest(actor) }),
    ).rejects.toMatchObject({ code: 'state-changed' });
    expect(await verbs.get(CancelAppointment).run({ actor, id, version: 2, request: aRequest(actor) })).toEqual({
      id,
      late: false,
    });
    expect(await freeStarts(calendar, '2026-12-05')).toContain('2026-12-05T08:30:00Z');
    await clean();
  });

  it('keeps the old time of a patient’s move until the clinic has answered', async () => {
    const calendar = await aCalendar(database, { confirmation: 'manual', grid: 10 });
    await freeDaysAsOf(database, calendar, start);
    const staff = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const accountId = await anAccount(database);
    const actor = asGuest(accountId);
    const { id } = await book(calendar, '2026-12-06T08:00:00Z', accountId);
    expect(await standing(id)).toMatchObject({ status: 'pending' });
    await verbs.get(ConfirmAppointment).run({ actor: staff, id, version: 1, request: aRequest(staff) });
    const to = (when: string) => ({ calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at(when) });
    await verbs
      .get(MoveAppointment)
      .run({ actor, id, version: 2, to: to('2026-12-06T08:10:00Z'), request: aRequest(actor) });
    expect(await standing(id)).toMatchObject({ status: 'pending', waits: true });
    await clean();
    const free = await freeStarts(calendar, '2026-12-06');
    expect(free).not.toContain('2026-12-06T07:40:00Z');
    expect(free).toContain('2026-12-06T07:30:00Z');
    expect(free).toContain('2026-12-06T08:40:00Z');
    await verbs
      .get(RejectAppointment)
      .run({ actor: staff, id, version: 3, reason: 'clinic-other', request: aRequest(staff) });
    expect(await standing(id)).toMatchObject({
      status: 'booked',
      version: 4,
      sequence: 3,
      starts_at: new Date('2026-12-06T08:00:00Z'),
    });
    await clean();
    await verbs
      .get(MoveAppointment)
      .run({ actor, id, version: 4, to: to('2026-12-06T12:00:00Z'), request: aRequest(actor) });
    await verbs.get(ConfirmAppointment).run({ actor: staff, id, version: 5, request: aRequest(staff) });
    expect(await freeStarts(calendar, '2026-12-06')).toContain('2026-12-06T08:00:00Z');
    await clean();
  });

  it('ends a request that nobody answered, once, and frees its time', async () => {
    const calendar = await aCalendar(database, { confirmation: 'manual' });
    await freeDaysAsOf(database, calendar, start);
    const { id } = await book(calendar, '2026-12-07T08:00:00Z', await anAccount(database));
    expect(await verbs.get(ExpireAppointment).run({ id })).toEqual({ expired: false });
    verbs.clock.passes({ hours: 24 });
    const all = await Promise.all(
      [1, 2, 3].map(() =>
        verbs
          .get(ExpireAppointment)
          .run({ id })
          .catch(() => ({ expired: false })),
      ),
    );
    expect(all.filter(({ expired }) => expired)).toHaveLength(1);
    expect(await standing(id)).toMatchObject({ status: 'cancelled', sequence: 1 });
    verbs.clock.is(start);
    expect(await freeStarts(calendar, '2026-12-07')).toContain('2026-12-07T08:00:00Z');
    await clean();
  });

  it('refuses a swap of two visits cleanly: nobody ends without one', async () => {
    const calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    const people = await Promise.all([anAccount(database), anAccount(database)]);
    const times = ['2026-12-08T08:00:00Z', '2026-12-08T09:00:00Z'];
    const ids: string[] = [];
    for (const [index, accountId] of people.entries())
      ids.push((await book(calendar, times[index] ?? '', accountId)).id);
    const all = await Promise.allSettled(
      people.map((accountId, index) => {
        const actor = asGuest(accountId);
        return verbs.get(MoveAppointment).run({
          actor,
          id: ids[index] ?? '',
          version: 1,
          to: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at(times[1 - index] ?? '') },
          request: aRequest(actor),
        });
      }),
    );
    expect(counted(all)).toEqual({ 'slot-taken': 2 });
    await clean();
  });

  it('books once for a key that comes twenty times at once', async () => {
    const calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    const actor = asGuest(await anAccount(database));
    const request = aRequest(actor);
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        verbs.get(BookAppointment).run({
          actor,
          slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at('2026-12-09T08:00:00Z') },
          patient: janis,
          contact: { email: 'janis@example.com', phone: null },
          language: 'lv',
          termsVersion: '1',
          origin: 'portal',
          request,
        }),
      ),
    );
    const ids = new Set(all.flatMap((each) => (each.status === 'fulfilled' ? [each.value.id] : [])));
    expect(ids.size).toBe(1);
    expect(Object.keys(counted(all)).sort()).toEqual(['done', 'in-progress']);
    await expect(
      verbs.get(BookAppointment).run({
        actor,
        slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at('2026-12-09T09:00:00Z') },
        patient: janis,
        contact: { email: 'janis@example.com', phone: null },
        language: 'lv',
        termsVersion: '1',
        origin: 'portal',
        request: { ...request, fingerprint: Buffer.from('another') },
      }),
    ).rejects.toMatchObject({ code: 'idempotency-key-reused' });
    await clean();
  });

  it('never moves a visit to another payer', async () => {
    const paid = await aCalendar(database);
    const state = await aCalendar(database, { payer: 'state', beside: paid });
    await freeDaysAsOf(database, paid, start);
    const accountId = await anAccount(database);
    const actor = asGuest(accountId);
    const { id } = await book(paid, '2026-12-10T08:00:00Z', accountId);
    await expect(
      verbs.get(MoveAppointment).run({
        actor,
        id,
        version: 1,
        to: { calendarId: state.calendarId, serviceId: state.serviceId, start: at('2026-12-10T09:00:00Z') },
        request: aRequest(actor),
      }),
    ).rejects.toMatchObject({ code: 'other-payer' });
    await clean();
  });

  it('shows somebody else’s visit to nobody', async () => {
    const calendar = await aCalendar(database);
    const other = await aCalendar(database);
    for (const each of [calendar, other]) await freeDaysAsOf(database, each, start);
    const { id } = await book(calendar, '2026-12-11T08:00:00Z', await anAccount(database));
    const stranger = asGuest(await anAccount(database));
    const foreign = asStaff(other.clinicId, await aStaffMember(database, other.clinicId));
    for (const actor of [stranger, foreign]) {
      await expect(
        verbs.get(CancelAppointment).run({ actor, id, version: 1, request: aRequest(actor) }),
      ).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await standing(id)).toMatchObject({ status: 'booked', version: 1 });
    await clean();
  });
});
