import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BookAppointment,
  BookTogether,
  CancelAppointment,
  ExtendHold,
  type HoldProof,
  HoldSlot,
  HoldTogether,
  ReleaseHold,
  startsOfRun,
} from '#libs/appointments';
import { FreeTimes } from '#libs/calendars';
import { Refusal } from '#libs/platform';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { aRequest, asGuest, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, type BookableCalendar } from '../support/world.js';

const now = '2026-12-01T05:00:00Z';
let database: TestDatabase;
let verbs: Verbs;
let calendar: BookableCalendar;

beforeAll(async () => {
  database = await testDatabase();
  verbs = await verbsOn(database, now);
});

afterAll(async () => {
  await verbs.close();
  await database.drop();
});

beforeEach(async () => {
  verbs.clock.is(now);
  calendar = await aCalendar(database, {});
});

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2026-12-01T${time}:00Z`);
const half = { minutes: 30, bufferBefore: 0, bufferAfter: 0, grid: 30 };

async function held(start: string, people: number, of = calendar): Promise<{ holdId: string; proof: HoldProof }> {
  const { id, token } = await verbs.get(HoldTogether).run({
    actor: { kind: 'anonymous', sessionId: null },
    sessionId: null,
    addressIndex: null,
    calendarId: of.calendarId,
    serviceId: of.serviceId,
    start: at(start),
    people,
  });
  return { holdId: id, proof: { token } };
}

const person = (givenName: string, birthDate = '1990-01-01') => ({
  givenName,
  familyName: 'Bērziņa',
  birthDate: Temporal.PlainDate.from(birthDate),
  language: 'lv' as const,
});
type Person = ReturnType<typeof person> | { id: string };
const family: Person[] = [person('Anna'), person('Jānis'), person('Zane', '2019-05-01')];

async function booked(accountId: string, hold: { holdId: string; proof: HoldProof }, people: Person[], key?: string) {
  const actor = asGuest(accountId);
  return verbs.get(BookTogether).run({
    actor,
    hold,
    people,
    contact: { email: 'anna@example.com', phone: null },
    language: 'lv',
    termsVersion: '1',
    origin: 'portal',
    request: aRequest(actor, 'together', key ?? randomUUID(), 'same'),
  });
}

const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (thrown: unknown) => {
      if (!(thrown instanceof Refusal)) throw thrown;
      const { why, errors } = thrown.details;
      return [thrown.code, ...(why ? [why] : []), ...(errors ?? []).map(({ path, code }) => `${path} ${code}`)];
    },
  );

async function free(of = calendar): Promise<string[]> {
  const { slots } = await verbs.get(FreeTimes).slots({ ...of, from: at('07:00'), to: at('15:00') });
  return slots.map(({ start }) => start.slice(11, 16));
}

const taken = (owner: string, of = calendar) =>
  database.sql<{ start: string; owner: string }>(
    `select to_char(lower(during) at time zone 'UTC', 'HH24:MI') as start, owner_id as owner from occupation
      where resource_id = $1 and owner_kind = $2 order by during`,
    [of.practitionerId, owner],
  );

describe('visits for a family', () => {
  it('are held all at once, extended and given back as one', async () => {
    const hold = await held('09:00', 3);
    expect((await taken('hold')).map(({ start }) => start)).toEqual(['09:00', '09:30', '10:00']);
    expect(await free()).not.toEqual(expect.arrayContaining(['09:30']));
    verbs.clock.passes({ minutes: 9 });
    await verbs.get(ExtendHold).run(hold);
    verbs.clock.passes({ minutes: 5 });
    expect(await free()).not.toContain('10:00');
    await verbs.get(ReleaseHold).run(hold);
    expect(await free()).toEqual(expect.arrayContaining(['09:00', '09:30', '10:00']));
    expect(await taken('hold')).toEqual([]);
  });

  it('expire together, and whoever comes then gets the middle one', async () => {
    const hold = await held('09:00', 3);
    verbs.clock.passes({ minutes: 11 });
    await held('09:30', 2);
    expect((await taken('hold')).map(({ start }) => start)).toEqual(['09:30', '10:00']);
    const account = await anAccount(database);
    expect(await refusal(booked(account, hold, family))).toEqual(['hold-expired']);
  });

  it('are not held when any of them is taken, beyond the hours, or too many for a day', async () => {
    await held('10:00', 2);
    expect(await refusal(held('09:00', 3))).toEqual(['slot-taken']);
    expect(await refusal(held('14:00', 3))).toEqual(['not-bookable', 'outside-hours']);
    expect(await refusal(held('11:00', 6))).toEqual(['invalid', 'people choice']);
    expect(await refusal(held('11:00', 1))).toEqual(['invalid', 'people choice']);
    await database.sql(`update calendar set most_per_day = 4 where id = $1`, [calendar.calendarId]);
    expect(await refusal(held('11:00', 3))).toEqual(['not-bookable', 'day-full']);
    expect((await taken('hold')).length).toBe(2);
    await held('11:00', 2);
  });

  it('lie a visit and its buffers apart', async () => {
    const buffered = await aCalendar(database, { bufferAfter: 10, grid: 20 });
    await held('09:00', 3, buffered);
    expect((await taken('hold', buffered)).map(({ start }) => start)).toEqual(['09:00', '09:40', '10:20']);
  });

  it('take the same room one after another', async () => {
    await database.sql(
      `insert into resource (id, kind, clinic_id, branch_id, name, capability) values (uuidv7(), 'room', $1, $2, 'Kab. 5', 'ultrasound')`,
      [calendar.clinicId, calendar.branchId],
    );
    await database.sql(`insert into service_need (clinic_id, service_id, capability) values ($1, $2, 'ultrasound')`, [
      calendar.clinicId,
      calendar.serviceId,
    ]);
    const hold = await held('09:00', 2);
    const { ids } = await booked(await anAccount(database), hold, family.slice(0, 2));
    const rows = await database.sql<{ owner_id: string; n: string }>(
      `select owner_id, count(*) as n from occupation where owner_id = any($1) and owner_kind = 'appointment' group by 1`,
      [ids],
    );
    expect(rows.map(({ n }) => n)).toEqual(['2', '2']);
  });

  it('are booked each for its own person, with its own reference, history and letter', async () => {
    const account = await anAccount(database);
    const { ids, togetherId } = await booked(account, await held('09:00', 3), family);
    const rows = await database.sql<{ id: string; name: string; start: string; reference: string; events: string }>(
      `select a.id, p.given_name as name, to_char(a.starts_at at time zone 'UTC', 'HH24:MI') as start, a.reference,
              (select count(*) from appointment_event e where e.appointment_id = a.id and e.tells) as events
         from appointment a join patient p on p.id = a.patient_id where a.together_id = $1 order by a.starts_at`,
      [togetherId],
    );
    expect(rows.map(({ name, start }) => `${start} ${name}`)).toEqual(['09:00 Anna', '09:30 Jānis', '10:00 Zane']);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(new Set(rows.map(({ reference }) => reference)).size).toBe(3);
    expect(rows.map(({ events }) => events)).toEqual(['1', '1', '1']);
    expect((await taken('appointment')).map(({ owner }) => owner)).toEqual(ids);
    // One of them is cancelled for itself.
    await verbs
      .get(CancelAppointment)
      .run({ actor: asGuest(account), id: ids[1]!, version: 1, request: aRequest(asGuest(account)) });
    expect((await taken('appointment')).map(({ owner }) => owner)).toEqual([ids[0], ids[2]]);
  });

  it('are booked all or none: who is busy then is named, and the time stays held', async () => {
    const account = await anAccount(database);
    const actor = asGuest(account);
    const elsewhere = await aCalendar(database, {});
    await verbs.get(BookAppointment).run({
      actor,
      slot: { calendarId: elsewhere.calendarId, serviceId: elsewhere.serviceId, start: at('09:30') },
      patient: person('Jānis'),
      contact: { email: 'anna@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    const hold = await held('09:00', 3);
    expect(await refusal(booked(account, hold, family))).toEqual(['patient-busy', 'people.1 patient-busy']);
    expect(await taken('appointment')).toEqual([]);
    expect((await taken('hold')).length).toBe(3);
    const { ids } = await booked(account, hold, [person('Anna'), person('Līga'), person('Zane', '2019-05-01')]);
    expect(ids.length).toBe(3);
  });

  it('are refused to one person twice, to strangers’ relatives, and one by one', async () => {
    const account = await anAccount(database);
    const hold = await held('09:00', 2);
    expect(await refusal(booked(account, hold, [person('Anna'), person('Anna')]))).toEqual([
      'invalid',
      'people.1 same-person',
    ]);
    const other = await booked(await anAccount(database), await held('12:00', 2), family.slice(0, 2));
    const [stranger] = await database.sql<{ patient_id: string }>(`select patient_id from appointment where id = $1`, [
      other.ids[0],
    ]);
    expect(await refusal(booked(account, hold, [person('Anna'), { id: stranger!.patient_id }]))).toEqual([
      'not-found',
      'people.1 not-found',
    ]);
    expect(await refusal(booked(account, hold, [person('Anna')]))).toEqual(['invalid', 'people choice']);
    const actor = asGuest(account);
    const single = verbs.get(BookAppointment).run({
      actor,
      slot: hold,
      patient: person('Anna'),
      contact: { email: 'anna@example.com', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    expect(await refusal(single)).toEqual(['not-found']);
    expect(await refusal(booked(account, { ...hold, proof: { token: 'x' } }, family.slice(0, 2)))).toEqual([
      'not-found',
    ]);
  });

  it('are booked once however often the button is pressed', async () => {
    const account = await anAccount(database);
    const hold = await held('09:00', 3);
    const key = randomUUID();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => booked(account, hold, family, key)));
    const done = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.ids.join()] : []));
    expect(new Set(done).size).toBe(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect((answer.reason as Refusal).code).toBe('in-progress');
    }
    expect((await booked(account, hold, family, key)).ids.join()).toBe(done[0]);
    expect((await taken('appointment')).length).toBe(3);
  });

  it('are not offered where each person has to be asked something', async () => {
    await database.sql(`update service set referral_required = true, referral_scope = 'all' where id = $1`, [
      calendar.serviceId,
    ]);
    expect(await refusal(held('09:00', 2))).toEqual(['not-bookable', 'one-by-one']);
  });
});

describe('families who come at the same moment', () => {
  it('never share a visit: each has a whole run or none of it', async () => {
    const starts = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30', '12:00', '12:30'];
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) => held(starts[n % starts.length]!, 2 + (n % 4))),
    );
    for (const answer of answers) {
      if (answer.status === 'rejected') expect((answer.reason as Refusal).code).toBe('slot-taken');
    }
    const whole = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.holdId] : []));
    expect(whole.length).toBeGreaterThan(0);
    const rows = await taken('hold');
    for (const id of whole) {
      const [hold] = await database.sql<{ starts_at: Date; people: number }>(
        `select starts_at, people from hold where id = $1`,
        [id],
      );
      const wanted = startsOfRun(hold!.starts_at.toTemporalInstant(), hold!.people, half);
      expect(rows.filter(({ owner }) => owner === id).map(({ start }) => start)).toEqual(
        wanted.map((start) => start.toString().slice(11, 16)),
      );
    }
    expect(new Set(rows.map(({ start }) => start)).size).toBe(rows.length);
    expect(rows.every(({ owner }) => whole.includes(owner))).toBe(true);
  });

  it('and one who comes alone never leave a family with a hole', async () => {
    for (let round = 0; round < 8; round++) {
      const day = await aCalendar(database, {});
      const alone = verbs.get(HoldSlot).run({
        actor: { kind: 'anonymous', sessionId: null },
        sessionId: null,
        addressIndex: null,
        calendarId: day.calendarId,
        serviceId: day.serviceId,
        start: at('09:30'),
      });
      const [together, single] = await Promise.allSettled([held('09:00', 3, day), alone]);
      expect([together.status, single.status].sort()).toEqual(['fulfilled', 'rejected']);
      expect((await taken('hold', day)).length).toBe(together.status === 'fulfilled' ? 3 : 1);
    }
  });

  it('book each other’s relatives in any order without waiting in a circle', async () => {
    const account = await anAccount(database);
    const names = ['Anna', 'Jānis', 'Zane', 'Līga', 'Kārlis'];
    const days = await Promise.all(Array.from({ length: 6 }, () => aCalendar(database, {})));
    const holds = await Promise.all(days.map((day, n) => held(`${String(8 + n).padStart(2, '0')}:00`, 2, day)));
    const answers = await Promise.allSettled(
      holds.map((hold, n) => booked(account, hold, [person(names[n % 5]!), person(names[(n + 2) % 5]!)])),
    );
    expect(answers.map(({ status }) => status)).toEqual(holds.map(() => 'fulfilled'));
    const people = await database.sql(`select from patient where account_id = $1`, [account]);
    expect(people.length).toBe(5);
  });
});
