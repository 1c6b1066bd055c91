import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bareClinic, openBareClinic, setBareCalendars, type BareCalendar } from '../support/bare-clinic.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import {
  clocksOf,
  naiveOpenings,
  naiveStarts,
  type Clocks,
  type Minutes,
  type NaiveWorkingTime,
} from '../support/naive-slots.js';
import { randomGrid, randomMinutes, randomVisit, randomWorkingTime } from '../support/random-working-time.js';
import { fc } from '../support/properties.js';

/** A calendar of the practitioner, with its working time. */
interface Calendar extends BareCalendar {
  readonly time: NaiveWorkingTime;
}

/** Time that somebody takes; a hold that ends at the moment itself has ended. */
interface Taken {
  readonly during: Minutes;
  readonly holdEndsIn: number | null;
}

interface Free {
  calendar: number;
  service: number;
  start: number;
}

const { clinic, practitioner, calendars: calendarIds, services: serviceIds, owner: ownerId } = bareClinic;
const instant = (minute: number): string => new Date(minute * 60_000).toISOString();
const range = ([from, to]: Minutes): string => `[${instant(from)},${instant(to)})`;

let database: TestDatabase;

async function publish(calendars: readonly Calendar[], openings: readonly (readonly Minutes[])[]): Promise<void> {
  await setBareCalendars(database, calendars, true);
  for (const [n, each] of openings.entries())
    await database.sql(
      `insert into opening (calendar_id, clinic_id, during) select $1, $2, during from unnest($3::tstzrange[]) during`,
      [calendarIds[n], clinic, each.map(range)],
    );
}

/** Takes time in the first lane that has room for it: every lane after the first is a doctor's override. */
async function take(owner: number, { during, holdEndsIn }: Taken, now: number): Promise<boolean> {
  const hold = holdEndsIn !== null;
  const rows = await database.sql(
    `insert into occupation (resource_id, lane, during, owner_kind, owner_id, clinic_id, expires_at, override_reason)
     select $1::uuid, lane, $2::tstzrange, $3, $4, $5, $6::timestamptz, case when lane > 0 then 'both are ill' end
       from generate_series(0, case when $3 = 'hold' then 0 else 99 end) lane
      where not exists (select from occupation o where o.resource_id = $1 and o.lane = lane.lane and o.during && $2)
      order by lane limit 1 returning id`,
    [
      practitioner,
      range(during),
      hold ? 'hold' : 'appointment',
      ownerId(owner),
      clinic,
      hold ? instant(now + holdEndsIn) : null,
    ],
  );
  return rows.length > 0;
}

/** The stretches of open minutes. */
function stretches({ first }: Clocks, open: readonly boolean[]): Minutes[] {
  const found: [number, number][] = [];
  for (const [n, isOpen] of open.entries()) {
    if (!isOpen) continue;
    if (open[n - 1]) found.at(-1)![1] = first + n + 1;
    else found.push([first + n, first + n + 1]);
  }
  return found;
}

/** What must be free, by the naive model: the notice is exact, the horizon ends with a local day. */
function expectedFree(
  clocks: Clocks,
  calendars: readonly Calendar[],
  open: boolean[][],
  busy: Minutes[],
  now: number,
): Free[] {
  const today = clocks.days[now - clocks.first]!;
  const days = [...new Set(clocks.days)];
  return calendars.flatMap((calendar, n) => {
    const firstDayTooFar = days[days.indexOf(today) + calendar.horizonDays + 1];
    const latest = firstDayTooFar ? clocks.first + clocks.days.indexOf(firstDayTooFar) : Infinity;
    return calendar.services.flatMap((service, m) =>
      naiveStarts(clocks, open[n]!, {
        ...calendar,
        ...service,
        busy,
        earliest: now + calendar.noticeMinutes,
        latest,
      }).map((start) => ({ calendar: n, service: m, start })),
    );
  });
}

const line = ({ calendar, service, start }: Free): string => `${instant(start)} ${calendar} ${service}`;
const told = (free: readonly Free[]): string[] => free.map(line).sort();

async function derivedFree(window: Minutes, now: number, ignored: string | null): Promise<Free[]> {
  const rows = await database.sql<{ calendar_id: string; service_id: string; start: number }>(
    `select calendar_id, service_id, (extract(epoch from starts_at) / 60)::float8 as start
       from free_starts($1, null, null, $2, $3, $4, $5)`,
    [practitioner, instant(window[0]), instant(window[1]), instant(now), ignored],
  );
  return rows.map(({ calendar_id, service_id, start }) => ({
    calendar: calendarIds.indexOf(calendar_id),
    service: serviceIds.indexOf(service_id),
    start,
  }));
}

/** The rows that must be kept: by calendar, service and local day the first five starts and how many there are. */
function expectedDays(clocks: Clocks, free: readonly Free[]): string[] {
  const starts = new Map<string, number[]>();
  for (const { calendar, service, start } of free) {
    const key = `${clocks.days[start - clocks.first]} ${calendar} ${service}`;
    starts.set(key, [...(starts.get(key) ?? []), start]);
  }
  return [...starts].map(([key, all]) => `${key}: ${all.length} from ${all.slice(0, 5).join()}`).sort();
}

async function keptDays(): Promise<string[]> {
  const rows = await database.sql<{
    calendar_id: string;
    service_id: string;
    day: string;
    free_count: number;
    starts: number[];
  }>(
    `select calendar_id, service_id, day::text, free_count,
            array(select (extract(epoch from s) / 60)::float8 from unnest(starts) s) as starts
       from free_day`,
  );
  return rows
    .map(
      (row) =>
        `${row.day} ${calendarIds.indexOf(row.calendar_id)} ${serviceIds.indexOf(row.service_id)}: ` +
        `${row.free_count} from ${row.starts.join()}`,
    )
    .sort();
}

function differ(found: string[], expected: string[]): void {
  // The matcher takes seconds for a year of slots, so it is asked only when there is a difference to show.
  if (found.join() !== expected.join()) {
    const [here, there] = [new Set(found), new Set(expected)];
    expect(found.filter((each) => !there.has(each))).toEqual(expected.filter((each) => !here.has(each)));
    expect(found).toEqual(expected);
  }
}

function histories(clocks: Clocks) {
  const count = clocks.days.length;
  const calendar = (services: number): fc.Arbitrary<Calendar> =>
    fc.record({
      time: randomWorkingTime(clocks),
      grid: randomGrid,
      buffersMayLeaveOpening: fc.boolean(),
      noticeMinutes: fc.constantFrom(0, 1, 60, 1440, 4321),
      horizonDays: fc.oneof(fc.integer({ min: 1, max: Math.max(2, Math.trunc(count / 1440)) }), fc.constant(730)),
      services: fc.array(randomVisit, { minLength: services, maxLength: services }),
    });
  const taken = fc.record({
    during: randomMinutes(clocks, 600).filter(([from, to]) => from < to),
    holdEndsIn: fc.oneof(fc.constant(null), fc.constantFrom(-10, 0, 1, 15)),
  });
  return fc.record({
    calendars: fc.tuple(calendar(2), calendar(1)),
    taken: fc.array(taken, { minLength: 1, maxLength: 25, size: 'max' }),
    freed: fc.array(fc.nat(24), { maxLength: 8 }),
    ignored: fc.nat(24),
    now: fc.nat(Math.trunc(count / 3)).map((n) => clocks.first + n),
    window: fc
      .tuple(fc.nat(count), fc.nat(count))
      .map(([a, b]): Minutes => [clocks.first + Math.min(a, b), clocks.first + Math.max(a, b)]),
  });
}

async function agree(zone: string, from: string, to: string, numRuns: number): Promise<void> {
  const clocks = clocksOf(zone, from, to);
  const everything: Minutes = [clocks.first, clocks.first + clocks.days.length];
  let seen = 0;
  const refresh = (what: string, values: unknown[]) => database.sql(`select ${what}`, [practitioner, ...values]);
  const history = histories(clocks);
  await fc.assert(
    fc.asyncProperty(history, async ({ calendars, taken, freed, ignored, now, window }) => {
      const open = calendars.map(({ time }) => naiveOpenings(clocks, time));
      const openings = open.map((each) => stretches(clocks, each));
      await publish(calendars, openings);
      await refresh('refresh_free_days($1, $2, $3, $4)', [from, to, instant(now)]);

      const busy = new Map<number, Taken>();
      for (const [owner, each] of taken.entries()) {
        if (await take(owner, each, now)) busy.set(owner, each);
        await refresh('refresh_free_days_around($1, $2, $3, $4)', [...each.during.map(instant), instant(now)]);
      }
      for (const owner of freed) {
        const each = busy.get(owner);
        if (!each) continue;
        await database.sql(`delete from occupation where owner_id = $1`, [ownerId(owner)]);
        await refresh('refresh_free_days_around($1, $2, $3, $4)', [...each.during.map(instant), instant(now)]);
        busy.delete(owner);
      }

      const blocking = (except: number | null): Minutes[] =>
        [...busy]
          .filter(([owner, { holdEndsIn }]) => owner !== except && (holdEndsIn === null || holdEndsIn > 0))
          .map(([, { during }]) => during);
      const free = expectedFree(clocks, calendars, open, blocking(null), now);
      differ(told(await derivedFree(everything, now, null)), told(free));
      differ(await keptDays(), expectedDays(clocks, free));

      const inWindow = expectedFree(clocks, calendars, open, blocking(ignored), now).filter(
        ({ start }) => window[0] <= start && start < window[1],
      );
      differ(told(await derivedFree(window, now, ownerId(ignored))), told(inWindow));
      seen += free.length;
    }),
    { numRuns },
  );
  expect(seen).toBeGreaterThan(numRuns);
}

describe.each(['Europe/Riga', 'Europe/Tallinn'])(
  'in %s the free times and the free days are those of a minute-by-minute walk',
  (zone) => {
    beforeAll(async () => {
      database = await testDatabase();
      await openBareClinic(database, zone);
    });
    afterAll(() => database?.drop());

    it('over a whole year', () => agree(zone, '2026-01-01', '2027-01-01', 5), 120_000);
    it('over a year that ends in the next', () => agree(zone, '2026-07-01', '2027-07-01', 5), 120_000);
    it('around the night in which an hour is skipped', () => agree(zone, '2026-03-23', '2026-04-02', 25), 120_000);
    it('around the night in which an hour comes twice', () => agree(zone, '2026-10-19', '2026-10-29', 25), 120_000);
  },
);
