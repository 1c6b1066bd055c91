import type { Clocks, Minutes, NaiveDayRule, NaiveHours, NaiveRange } from './naive-slots.js';
import { fc } from './properties.js';

const timeOfDay = (minutes: number): string =>
  `${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Any time of day, often in the hours in which clocks change and often at a day's edges. */
const time = fc.oneof(fc.nat(1440), fc.integer({ min: 100, max: 260 }), fc.constantFrom(0, 180, 240, 1440));

/** A local day of the clocks. */
export const randomDay = (clocks: Clocks): fc.Arbitrary<string> =>
  fc.nat(clocks.days.length - 1).map((n) => clocks.days[n]!);

/** Some time that begins while the clocks run and is at most `longest` minutes. */
export const randomMinutes = (clocks: Clocks, longest: number): fc.Arbitrary<Minutes> =>
  fc
    .tuple(fc.nat(clocks.days.length - 1), fc.nat(longest))
    .map(([n, length]): Minutes => [clocks.first + n, clocks.first + n + length]);

/** A week's pattern of three to twelve rows, some of them rare or short-lived. */
export const randomHours = (clocks: Clocks): fc.Arbitrary<NaiveHours[]> =>
  fc.array(
    fc
      .record({
        weekday: fc.integer({ min: 1, max: 7 }),
        times: fc.tuple(time, time).filter(([a, b]) => a !== b),
        validFrom: fc.oneof(fc.constant(clocks.days[0]!), randomDay(clocks)),
        validTo: fc.oneof(fc.constant(null), randomDay(clocks)),
        everyNthWeek: fc.constantFrom(1, 1, 2, 3),
        weekAnchor: randomDay(clocks),
      })
      .map(({ times, ...hours }) => ({
        ...hours,
        starts: timeOfDay(Math.min(...times)),
        ends: timeOfDay(Math.max(...times)),
      })),
    { minLength: 3, maxLength: 12, size: 'max' },
  );

/** Also hours of odd and even weeks, and hours of some services only. */
export const randomRichHours = (clocks: Clocks): fc.Arbitrary<NaiveHours[]> =>
  randomHours(clocks).chain((all) =>
    fc
      .tuple(...all.map(() => fc.tuple(fc.constantFrom(undefined, undefined, 'odd', 'even'), randomServices)))
      .map((more) =>
        all.map((hours, n) => ({
          ...hours,
          ...(more[n]?.[0] && { weekParity: more[n][0], everyNthWeek: 1 }),
          ...(more[n]?.[1] && { serviceIds: more[n][1] }),
        })),
      ),
  );

const randomServices: fc.Arbitrary<readonly string[] | undefined> = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  ['a'],
  ['a', 'b'],
  ['b'],
);

/** None overlap, as nobody could enter them so. */
const randomDayRanges: fc.Arbitrary<NaiveRange[]> = fc
  .array(fc.tuple(time, time, randomServices), { maxLength: 4 })
  .map((all) =>
    all
      .filter(([a, b]) => a !== b)
      .map(([a, b, serviceIds]): NaiveRange => ({
        starts: timeOfDay(Math.min(a, b)),
        ends: timeOfDay(Math.max(a, b)),
        ...(serviceIds && { serviceIds }),
      }))
      .filter(
        (each, n, some) => !some.slice(0, n).some((other) => other.starts < each.ends && each.starts < other.ends),
      ),
  );

/** A few days with hours of their own, or none. */
export const randomSingleDays = (clocks: Clocks): fc.Arbitrary<Map<string, readonly NaiveRange[]>> =>
  fc
    .array(fc.tuple(randomDay(clocks), randomDayRanges), { maxLength: 6 })
    .map((days) => new Map<string, readonly NaiveRange[]>(days));

/** Hours of which no two meet on any day: limits of services would have no meaning otherwise. */
const apart = (all: readonly NaiveHours[]): NaiveHours[] =>
  all.filter((each, n) => !all.slice(0, n).some((other) => other.starts < each.ends && each.starts < other.ends));

/** Working time as `randomWorkingTime`, and with limits, single days, moved working days and shortened ones. */
export const randomRichWorkingTime = (clocks: Clocks) =>
  fc.record({
    hours: randomRichHours(clocks).map(apart),
    closures: fc.array(randomMinutes(clocks, 20_000), { maxLength: 4 }),
    closedDays: fc.array(randomDay(clocks), { maxLength: 15 }).map((days) => new Set(days)),
    singleDays: randomSingleDays(clocks),
    oddDays: fc
      .array(
        fc.tuple(
          randomDay(clocks),
          fc.record({ worksAs: fc.integer({ min: 1, max: 7 }), shorterBy: fc.constantFrom(0, 60, 180, 2000) }),
        ),
        { maxLength: 8 },
      )
      .map((days) => new Map<string, NaiveDayRule>(days)),
  });

/** Working time with a few closures and closed days. */
export const randomWorkingTime = (clocks: Clocks) =>
  fc.record({
    hours: randomHours(clocks),
    closures: fc.array(randomMinutes(clocks, 20_000), { maxLength: 4 }),
    closedDays: fc.array(randomDay(clocks), { maxLength: 15 }).map((days) => new Set(days)),
  });

/** A service's length and buffers, and a calendar's grid. */
export const randomVisit = fc.record({
  minutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 60, 480),
  bufferBefore: fc.constantFrom(0, 0, 5, 10, 30),
  bufferAfter: fc.constantFrom(0, 0, 5, 15),
});
export const randomGrid = fc.integer({ min: 5, max: 60 });
