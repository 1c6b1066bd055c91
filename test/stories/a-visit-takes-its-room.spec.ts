import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import {
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  HoldSlot,
  MoveAppointment,
  type OverrideKind,
  RejectAppointment,
  ReleaseHold,
  type WantedSlot,
} from '#libs/appointments';
import { FreeTimes, RedoSharedDays, SweepHolds } from '#libs/calendars';
import { Refusal } from '#libs/platform';
import { audit } from '../../tools/audit/audit.js';
import { aQuota, aRoom, aSession, needsRoom } from '../support/builders.js';
import { serverLog, type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const now = '2026-11-30T06:00:00Z';
const nine = '2026-12-01T09:00:00Z';
/** Whoever waits longer than two seconds for the lock is asked to come again. */
const clean = new Set(['booked', 'slot-taken', 'not-bookable', 'in-progress']);
let people = 0;

describe('a visit that needs more than its practitioner', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let doctors: BookableCalendar[];
  let rooms: string[];
  let staff: Actor;

  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, now);
  });
  beforeEach(async () => {
    verbs.clock.is(now);
    const first = await aCalendar(database, { grid: 30 });
    doctors = [first];
    for (let n = 0; n < 3; n++) doctors.push(await aCalendar(database, { beside: first, practitioner: 'other' }));
    for (const doctor of doctors) await needsRoom(database, doctor);
    rooms = [
      await aRoom(database, first, { name: 'Kabinets 1' }),
      await aRoom(database, first, { name: 'Kabinets 2' }),
    ];
    for (const doctor of doctors) await freeDaysAsOf(database, doctor, now);
    staff = asStaff(first.clinicId, await aStaffMember(database, first.clinicId, 'admin'));
  });
  afterEach(async () => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    await verbs.get(SweepHolds).run();
    await verbs.get(RedoSharedDays).run();
    expect(await audit({ query }, verbs.clock.now())).toEqual([]);
    expect(serverLog(database)).not.toMatch(/deadlock detected/);
  });
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });

  const at = (doctor: BookableCalendar, start = nine) => ({
    calendarId: doctor.calendarId,
    serviceId: doctor.serviceId,
    start: Temporal.Instant.from(start),
  });
  const doctor = (n: number): BookableCalendar => doctors[n] as BookableCalendar;
  const book = async (slot: WantedSlot, actor?: Actor, override?: readonly OverrideKind[]) => {
    const who = actor ?? asGuest(await anAccount(database));
    return verbs.get(BookAppointment).run({
      actor: who,
      slot,
      patient: {
        givenName: 'Ilze',
        familyName: `Ozola ${'abcdefghij'[++people % 10]}${'abcdefghij'[Math.floor(people / 10) % 10]}`,
        birthDate: Temporal.PlainDate.from('1980-05-04').add({ days: people }),
        language: 'lv',
      },
      contact: { email: 'a@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: actor ? 'desk' : 'portal',
      override: override ? { kinds: override, reason: 'practitioner-agreed', note: 'Akūts gadījums' } : null,
      request: aRequest(who),
    });
  };
  const said = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'booked',
      (thrown: unknown) => {
        if (!(thrown instanceof Refusal)) throw thrown;
        return thrown.code;
      },
    );
  const takenBy = (owner: string): Promise<{ resource_id: string }[]> =>
    database.sql('select resource_id from occupation where owner_id = $1 order by visit is null', [owner]);
  const starts = async (of: BookableCalendar, day = '2026-12-01'): Promise<string[]> => {
    const { slots } = await verbs.get(FreeTimes).slots({
      calendarId: of.calendarId,
      serviceId: of.serviceId,
      from: Temporal.Instant.from(`${day}T00:00:00Z`),
      to: Temporal.Instant.from(`${day}T23:00:00Z`),
    });
    return slots.map(({ start }) => start);
  };

  it('takes the first free room with it, and none is left for the third doctor of that hour', async () => {
    const first = await book(at(doctor(0)));
    const second = await book(at(doctor(1)));
    expect((await takenBy(first.id)).map((row) => row.resource_id)).toEqual([doctor(0).practitionerId, rooms[0]]);
    expect((await takenBy(second.id)).map((row) => row.resource_id)).toEqual([doctor(1).practitionerId, rooms[1]]);
    expect(await said(book(at(doctor(2))))).toBe('slot-taken');
    expect(await starts(doctor(2))).not.toContain(nine);
    expect(await said(book(at(doctor(2), '2026-12-01T09:30:00Z')))).toBe('booked');
  });

  it('answers forty who want two rooms in one instant: two are booked, nobody waits in a circle', async () => {
    const wishes = Array.from({ length: 40 }, (_, n) => said(book(at(doctor(n % 4)))));
    const answers = await Promise.all(wishes);
    expect(answers.filter((answer) => answer === 'booked')).toHaveLength(2);
    expect(answers.filter((answer) => !clean.has(answer))).toEqual([]);
  });

  it('shows a time as taken the moment that its last room is, and as free again with it', async () => {
    await book(at(doctor(0)));
    expect(await starts(doctor(2))).toContain(nine);
    const second = await book(at(doctor(1)));
    expect(await starts(doctor(2))).not.toContain(nine);
    const days = () =>
      database.sql<{ starts: Date[] }>('select starts from free_day where calendar_id = $1 and day = $2', [
        doctor(2).calendarId,
        '2026-12-01',
      ]);
    await verbs.get(RedoSharedDays).run();
    expect(JSON.stringify(await days())).not.toContain('09:00');
    await verbs.get(CancelAppointment).run({ actor: staff, id: second.id, version: 1, request: aRequest(staff) });
    expect(await starts(doctor(2))).toContain(nine);
  });

  it('keeps the room with a hold, through the booking, and frees it with a release', async () => {
    const ask = { actor: { kind: 'anonymous', sessionId: null } as const, sessionId: null, addressIndex: null };
    const hold = await verbs.get(HoldSlot).run({ ...ask, ...at(doctor(0)) });
    const other = await verbs.get(HoldSlot).run({ ...ask, ...at(doctor(1)) });
    expect(await said(book(at(doctor(2))))).toBe('slot-taken');
    const { id } = await book({ holdId: hold.id, proof: { token: hold.token } });
    expect(await takenBy(id)).toHaveLength(2);
    await verbs.get(ReleaseHold).run({ holdId: other.id, proof: { token: other.token } });
    expect(await said(book(at(doctor(2))))).toBe('booked');
  });

  it('gives a room back when a hold has ended, though nobody swept it and its doctor is left alone', async () => {
    const ask = { actor: { kind: 'anonymous', sessionId: null } as const, sessionId: null, addressIndex: null };
    await verbs.get(HoldSlot).run({ ...ask, ...at(doctor(0)) });
    await verbs.get(HoldSlot).run({ ...ask, ...at(doctor(1)) });
    verbs.clock.passes({ minutes: 11 });
    expect(await said(book(at(doctor(2))))).toBe('booked');
    expect(await said(book(at(doctor(3))))).toBe('booked');
    expect(await said(book(at(doctor(0))))).toBe('slot-taken');
  });

  it('moves with the room of the new time, also where it overlaps its own', async () => {
    const { id } = await book(at(doctor(0)));
    await book(at(doctor(1)));
    const half = '2026-12-01T09:30:00Z';
    await verbs
      .get(MoveAppointment)
      .run({ actor: staff, id, version: 1, to: at(doctor(0), half), request: aRequest(staff) });
    expect(await takenBy(id)).toHaveLength(2);
    await verbs.get(MoveAppointment).run({ actor: staff, id, version: 2, to: at(doctor(2)), request: aRequest(staff) });
    expect((await takenBy(id))[0]?.resource_id).toBe(doctor(2).practitionerId);
    expect(await said(book(at(doctor(3))))).toBe('slot-taken');
  });

  it('keeps both rooms while a move waits, and has the old one again when it is rejected', async () => {
    await database.sql(`update calendar set confirmation = 'manual' where clinic_id = $1`, [doctor(0).clinicId]);
    const guest = asGuest(await anAccount(database));
    const { id } = await book(at(doctor(0)), undefined);
    await database.sql(`update appointment set account_id = $2 where id = $1`, [
      id,
      (guest as { accountId: string }).accountId,
    ]);
    await verbs.get(ConfirmAppointment).run({ actor: staff, id, version: 1, request: aRequest(staff) });
    await verbs
      .get(MoveAppointment)
      .run({ actor: guest, id, version: 2, to: at(doctor(0), '2026-12-01T11:00:00Z'), request: aRequest(guest) });
    expect(await takenBy(id)).toHaveLength(4);
    expect(await said(book(at(doctor(1)), staff))).toBe('booked');
    expect(await said(book(at(doctor(2)), staff))).toBe('slot-taken');
    await verbs
      .get(RejectAppointment)
      .run({ actor: staff, id, version: 3, reason: 'clinic-other', request: aRequest(staff) });
    expect((await takenBy(id)).map((row) => row.resource_id)).toEqual([doctor(0).practitionerId, rooms[0]]);
    expect(await said(book(at(doctor(2)), staff))).toBe('slot-taken');
  });

  it('is not offered in a room that is closed or out of use', async () => {
    await database.sql(`update resource set active = false, version = version + 1 where id = $1`, [rooms[1]]);
    const by = (staff as { staffMemberId: string }).staffMemberId;
    await database.sql(
      `insert into closure (clinic_id, resource_id, during, created_by, created_at) values ($1, $2, tstzrange($3, $4), $5, $6)`,
      [doctor(0).clinicId, rooms[0], nine, '2026-12-01T10:00:00Z', by, now],
    );
    for (const each of doctors) await freeDaysAsOf(database, each, now);
    expect(await said(book(at(doctor(0))))).toBe('slot-taken');
    expect(await said(book(at(doctor(0), '2026-12-01T10:00:00Z')))).toBe('booked');
  });

  it('can be booked beside another by staff who say why, in a lane of its own, and blocks the time for others', async () => {
    await book(at(doctor(0)));
    expect(await said(book(at(doctor(0)), staff))).toBe('slot-taken');
    const { id } = await book(at(doctor(0)), staff, ['beside']);
    const [row] = await database.sql<{ lane: number }>(
      'select lane from occupation where owner_id = $1 and visit is not null',
      [id],
    );
    expect(row?.lane).toBe(1);
    const early = await book(at(doctor(0), '2026-12-01T04:00:00Z'), staff, ['outside-hours']);
    const [open] = await database.sql<{ lane: number; reason: string }>(
      'select lane, override_reason as reason from occupation where owner_id = $1 and visit is not null',
      [early.id],
    );
    expect(open).toEqual({ lane: 0, reason: 'practitioner-agreed' });
    expect(await said(book(at(doctor(0)), { ...staff, role: 'assistant' } as Actor, ['beside']))).toBe('not-allowed');
    const guest = asGuest(await anAccount(database));
    expect(await said(book(at(doctor(0)), guest, ['beside']))).toBe('not-found');
  });

  it('sells exactly as many seats as a session has, one each, whoever asks at once', async () => {
    const session = await aSession(database, doctor(3), { start: '2026-12-02T08:00:00Z', seats: 8 });
    await freeDaysAsOf(database, doctor(3), now);
    const wish = at(doctor(3), '2026-12-02T08:00:00Z');
    expect(await starts(doctor(3), '2026-12-02')).toEqual(['2026-12-02T08:00:00Z']);
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        if (n % 2 === 0) return said(book(wish));
        const actor = { kind: 'anonymous', sessionId: null } as const;
        const hold = verbs.get(HoldSlot).run({ actor, sessionId: null, addressIndex: null, ...wish });
        return said(hold.then(({ id, token }) => book({ holdId: id, proof: { token } })));
      }),
    );
    expect(answers.filter((answer) => answer === 'booked')).toHaveLength(8);
    expect(answers.filter((answer) => !clean.has(answer))).toEqual([]);
    expect(await starts(doctor(3), '2026-12-02')).toEqual([]);
    const [one] = await database.sql<{ owner_id: string }>(
      'select owner_id from seat where session_id = $1 and seat = 3',
      [session],
    );
    await verbs
      .get(CancelAppointment)
      .run({ actor: staff, id: one?.owner_id ?? '', version: 1, request: aRequest(staff) });
    expect(await starts(doctor(3), '2026-12-02')).toEqual(['2026-12-02T08:00:00Z']);
    expect(await said(book(wish))).toBe('booked');
  });

  it('is counted against the month and the day of its quota, holds too, and no other month', async () => {
    const state = await aCalendar(database, { beside: doctor(0), practitioner: 'other', payer: 'state' });
    await aQuota(database, state, { visits_a_month: 5, visits_a_day: 3 });
    await freeDaysAsOf(database, state, now);
    const slots = Array.from({ length: 40 }, (_, n) =>
      at(state, `2026-12-0${1 + (n % 4)}T${String(7 + ((n >> 2) % 8)).padStart(2, '0')}:00:00Z`),
    );
    const answers = await Promise.all(slots.map((slot) => said(book(slot))));
    expect(answers.filter((answer) => answer === 'booked')).toHaveLength(5);
    const used = await database.sql<{ count: number }>(
      `select count(*)::int as count from occupation where calendar_id = $1 group by (lower(visit) at time zone 'Europe/Riga')::date order by 1 desc`,
      [state.calendarId],
    );
    expect(used[0]?.count).toBeLessThanOrEqual(3);
    expect(await starts(state, '2026-12-10')).toEqual([]);
    const [one] = await database.sql<{ id: string }>(`select id from appointment where calendar_id = $1 limit 1`, [
      state.calendarId,
    ]);
    await verbs.get(CancelAppointment).run({ actor: staff, id: one?.id ?? '', version: 1, request: aRequest(staff) });
    expect((await starts(state, '2026-12-10')).length).toBeGreaterThan(0);
    const actor = { kind: 'anonymous', sessionId: null } as const;
    const wish = at(state, '2026-12-10T09:00:00Z');
    await verbs.get(HoldSlot).run({ actor, sessionId: null, addressIndex: null, ...wish });
    expect(await starts(state, '2026-12-11')).toEqual([]);
  });
});
