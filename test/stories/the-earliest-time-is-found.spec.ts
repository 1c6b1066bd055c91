import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HoldSlot } from '#libs/appointments';
import { type Criteria, FindATime, RefreshStaleDays, SweepHolds } from '#libs/calendars';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';

describe('the earliest free time is found', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let riga: BookableCalendar[];
  let rigaState: BookableCalendar;
  let tartu: BookableCalendar;

  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, start);
    riga = [];
    for (const firstDay of ['2026-12-05', '2026-12-02', '2026-12-09', '2026-12-03', '2026-12-02']) {
      riga.push(await aCalendar(database, { firstDay }));
    }
    const [first] = riga;
    rigaState = await aCalendar(database, { firstDay: '2026-12-01', payer: 'state', ...(first && { beside: first }) });
    tartu = await aCalendar(database, { firstDay: '2026-12-01', city: 'Tartu', country: 'EE' });
    for (const each of [...riga, tartu]) await freeDaysAsOf(database, each, start);
  });
  afterAll(async () => {
    await verbs.close();
    await database.drop();
  });

  const found = async (criteria: Criteria) => {
    const { items, next } = await verbs.get(FindATime).run(criteria);
    return { calendars: items.map((item) => item.calendarId), items, next };
  };
  const ids = (...calendars: (BookableCalendar | undefined)[]) => calendars.map((each) => each?.calendarId);

  it('puts whoever is free first at the top', async () => {
    const { items, calendars } = await found({ specialty: 'cardiology', city: 'Rīga', payer: 'paid' });
    expect(items.map((item) => item.firstFree)).toEqual([
      '2026-12-02T07:00:00Z',
      '2026-12-02T07:00:00Z',
      '2026-12-03T07:00:00Z',
      '2026-12-05T07:00:00Z',
      '2026-12-09T07:00:00Z',
    ]);
    expect(new Set(calendars.slice(0, 2))).toEqual(new Set(ids(riga[1], riga[4])));
    expect(items[0]?.nextTimes.map((time) => time.start)).toEqual(
      ['07:00', '07:30', '08:00', '08:30', '09:00'].map((time) => `2026-12-02T${time}:00Z`),
    );
  });

  it('shows nothing paid to who asked for state, and the other way round', async () => {
    for (const more of [
      {},
      { specialty: 'cardiology' },
      { city: 'Rīga' },
      { q: 'Berzina' },
      { clinic: rigaState.clinicId },
    ]) {
      const state = await found({ payer: 'state', ...more });
      expect(state.calendars).toEqual([rigaState.calendarId]);
      expect(state.items.every((item) => item.payer === 'state')).toBe(true);
      const paid = await found({ payer: 'paid', ...more });
      expect(paid.items.every((item) => item.payer === 'paid')).toBe(true);
      expect(paid.calendars).not.toContain(rigaState.calendarId);
    }
  });

  it('pages without gaps and repeats', async () => {
    for (const criteria of [{}, { specialty: 'cardiology' }, { q: 'bērziņa' }] as Criteria[]) {
      const all = (await found(criteria)).calendars;
      expect(all).toHaveLength(7);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await found({ ...criteria, limit: 2, ...(cursor && { cursor }) });
        paged.push(...page.calendars);
        cursor = page.next ?? undefined;
      } while (cursor);
      expect(paged).toEqual(all);
    }
  });

  it('begins at the asked day', async () => {
    const { items } = await found({ city: 'Rīga', payer: 'paid', from: Temporal.PlainDate.from('2026-12-08') });
    expect(items.map((item) => item.firstFree?.slice(0, 10))).toEqual([
      '2026-12-08',
      '2026-12-08',
      '2026-12-08',
      '2026-12-08',
      '2026-12-09',
    ]);
  });

  it('finds people with and without accents, and with a slip', async () => {
    for (const q of ['Bērziņa', 'berzina', 'BERZINA Anna', 'berziņa', 'bersina']) {
      expect((await found({ q })).calendars).toHaveLength(7);
    }
    expect((await found({ q: 'zobārsts%' })).calendars).toHaveLength(0);
  });

  it('names a doctor of whom nothing is free, without a time', async () => {
    const full = await aCalendar(database, { openings: [] });
    const { items } = await found({ practitioner: full.practitionerId });
    expect(items).toMatchObject([{ calendarId: full.calendarId, firstFree: null, nextTimes: [] }]);
  });

  it('does not show a time that somebody holds, and shows it again when the hold has ended', async () => {
    const [, , , calendar] = riga;
    if (!calendar) throw new Error('no calendar');
    const firstFree = async () => (await found({ practitioner: calendar.practitionerId })).items[0]?.firstFree;
    await verbs.get(HoldSlot).run({
      actor: { kind: 'anonymous', sessionId: null },
      sessionId: null,
      addressIndex: null,
      calendarId: calendar.calendarId,
      serviceId: calendar.serviceId,
      start: Temporal.Instant.from('2026-12-03T07:00:00Z'),
    });
    expect(await firstFree()).toBe('2026-12-03T07:30:00Z');
    verbs.clock.passes({ minutes: 11 });
    expect(await verbs.get(SweepHolds).run()).toBe(1);
    expect(await firstFree()).toBe('2026-12-03T07:00:00Z');
  });

  it('lets times go that have come too near', async () => {
    verbs.clock.is('2026-12-01T06:30:00Z');
    expect(await verbs.get(RefreshStaleDays).run()).toBeGreaterThan(0);
    const { items } = await found({ city: 'Tartu' });
    expect(items[0]).toMatchObject({ calendarId: tartu.calendarId, firstFree: '2026-12-01T07:30:00Z' });
    verbs.clock.is(start);
  });

  it('refuses a cursor that is not ours', async () => {
    await expect(found({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid' });
  });
});
