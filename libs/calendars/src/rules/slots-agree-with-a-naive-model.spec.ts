import { describe, expect, it } from '@jest/globals';
import { overlaps } from '#libs/time';
import type { WeeklyRange } from './calendar-hours.js';
import {
  clocksOf,
  naiveOpenings,
  naiveStarts,
  type Clocks,
  type Minutes,
} from '../../../../test/support/naive-slots.js';
import {
  randomGrid,
  randomMinutes,
  randomVisit,
  randomRichWorkingTime,
} from '../../../../test/support/random-working-time.js';
import { ordinaryDay } from './day-rule.js';
import { openTime } from './openings.js';
import { slotsOf } from './slots.js';
import { fc } from '../../../../test/support/properties.js';

const plain = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day);
const atMinute = (minute: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
const interval = ([start, end]: Minutes) => ({ start: atMinute(start), end: atMinute(end) });
function worlds(clocks: Clocks) {
  const count = clocks.days.length;
  const search = fc.record({
    busy: fc.array(randomMinutes(clocks, 600), { maxLength: 40, size: 'max' }),
    buffersMayLeaveOpening: fc.boolean(),
    grid: randomGrid,
    earliest: fc.nat(Math.trunc(count / 4)).map((n) => clocks.first + n),
    latest: fc.nat(Math.trunc(count / 4)).map((n) => clocks.first + count - n),
  });
  return fc
    .tuple(randomRichWorkingTime(clocks), randomVisit, search)
    .map(([time, visit, rest]) => ({ ...time, ...visit, ...rest }));
}

function agree(zone: string, from: string, to: string, numRuns: number): void {
  const clocks = clocksOf(zone, from, to);
  let slots = 0;
  fc.assert(
    fc.property(worlds(clocks), (world) => {
      const open = naiveOpenings(clocks, world);
      const expected = naiveStarts(clocks, open, world, naiveOpenings(clocks, world, 'a'));
      const hours = world.hours.map((each): WeeklyRange => ({
        ...each,
        validFrom: plain(each.validFrom),
        validTo: each.validTo === null ? null : plain(each.validTo),
        weekAnchor: plain(each.weekAnchor),
      }));
      const { openings, limits } = openTime({
        hours,
        days: [...world.singleDays].map(([each, ranges]) => ({ day: plain(each), ranges })),
        closures: world.closures.map(interval),
        dayRule: (each) => ({
          ...ordinaryDay(each),
          ...world.oddDays.get(each.toString()),
          isOpen: !world.closedDays.has(each.toString()),
        }),
        zone,
        from: plain(from),
        to: plain(to),
      });
      const found = slotsOf({
        ...world,
        openings,
        busy: world.busy.map(interval),
        earliest: atMinute(world.earliest),
        latest: atMinute(world.latest),
      });
      const others = limits.filter(({ serviceIds }) => !serviceIds.includes('a'));
      const served = found.filter((slot) => !others.some((limit) => overlaps(limit, slot)));
      const starts = served.map(({ start }) => start.epochMilliseconds / 60_000);
      // The matcher takes a second for a year of slots, so it is asked only when there is a difference to show.
      if (starts.join() !== expected.join()) expect(starts).toEqual(expected);
      expect(found.every(({ start, end }) => start.until(end).total('minutes') === world.minutes)).toBe(true);
      slots += served.length;
    }),
    { numRuns },
  );
  expect(slots).toBeGreaterThan(numRuns);
}

describe.each(['Europe/Riga', 'Europe/Tallinn'])('in %s the slots are those of a minute-by-minute walk', (zone) => {
  it('over a whole year', () => agree(zone, '2026-01-01', '2027-01-01', 12), 180_000);
  it(
    'over the next year, whose clocks change on Easter Sunday',
    () => agree(zone, '2027-01-01', '2028-01-01', 10),
    180_000,
  );
  it('around the night in which an hour is skipped', () => agree(zone, '2026-03-23', '2026-04-02', 200), 180_000);
  it('around the night in which an hour comes twice', () => agree(zone, '2026-10-19', '2026-10-29', 200), 180_000);
});
