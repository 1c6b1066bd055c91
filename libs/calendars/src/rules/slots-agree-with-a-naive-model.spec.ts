import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WeeklyHours } from '#libs/time';
import { clocksOf, naiveOpenings, naiveStarts, type Minutes } from '../../../../test/support/naive-slots.js';
import { expandOpenings } from './openings.js';
import { slotsOf } from './slots.js';

const plain = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day);
const atMinute = (minute: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
const interval = ([start, end]: Minutes) => ({ start: atMinute(start), end: atMinute(end) });
const timeOfDay = (minutes: number): string =>
  `${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Any time of day, often in the hours in which clocks change and often at a day's edges. */
const time = fc.oneof(fc.nat(1440), fc.integer({ min: 100, max: 260 }), fc.constantFrom(0, 180, 240, 1440));

function worlds(zone: string, from: string, to: string) {
  const clocks = clocksOf(zone, from, to);
  const count = clocks.days.length;
  const day = fc.nat(count - 1).map((n) => clocks.days[n] ?? from);
  const minutes = (longest: number) =>
    fc
      .tuple(fc.nat(count), fc.nat(longest))
      .map(([n, length]): Minutes => [clocks.first + n, clocks.first + n + length]);
  const hours = fc
    .record({
      weekday: fc.integer({ min: 1, max: 7 }),
      times: fc.tuple(time, time).filter(([a, b]) => a !== b),
      validFrom: fc.oneof(fc.constant(from), day),
      validTo: fc.oneof(fc.constant(null), day),
      everyNthWeek: fc.constantFrom(1, 1, 2, 3),
      weekAnchor: day,
    })
    .map(({ times, ...rest }) => ({
      ...rest,
      starts: timeOfDay(Math.min(...times)),
      ends: timeOfDay(Math.max(...times)),
    }));
  return fc.record({
    hours: fc.array(hours, { minLength: 3, maxLength: 12, size: 'max' }),
    closures: fc.array(minutes(20_000), { maxLength: 4 }),
    closedDays: fc.array(day, { maxLength: 15 }).map((days) => new Set(days)),
    busy: fc.array(minutes(600), { maxLength: 40, size: 'max' }),
    minutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 60, 480),
    bufferBefore: fc.constantFrom(0, 0, 5, 10, 30),
    bufferAfter: fc.constantFrom(0, 0, 5, 15),
    buffersMayLeaveOpening: fc.boolean(),
    grid: fc.integer({ min: 5, max: 60 }),
    earliest: fc.nat(Math.trunc(count / 4)).map((n) => clocks.first + n),
    latest: fc.nat(Math.trunc(count / 4)).map((n) => clocks.first + count - n),
  });
}

function agree(zone: string, from: string, to: string, numRuns: number): void {
  const clocks = clocksOf(zone, from, to);
  let slots = 0;
  fc.assert(
    fc.property(worlds(zone, from, to), (world) => {
      const open = naiveOpenings(clocks, world);
      const expected = naiveStarts(clocks, open, world);
      const hours = world.hours.map((each): WeeklyHours => ({
        ...each,
        validFrom: plain(each.validFrom),
        validTo: each.validTo === null ? null : plain(each.validTo),
        weekAnchor: plain(each.weekAnchor),
      }));
      const openings = expandOpenings({
        hours,
        closures: world.closures.map(interval),
        closedDays: (each) => world.closedDays.has(each.toString()),
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
      const starts = found.map(({ start }) => start.epochMilliseconds / 60_000);
      // The matcher takes a second for a year of slots, so it is asked only when there is a difference to show.
      if (starts.join() !== expected.join()) expect(starts).toEqual(expected);
      expect(found.every(({ start, end }) => start.until(end).total('minutes') === world.minutes)).toBe(true);
      slots += found.length;
    }),
    { numRuns },
  );
  expect(slots).toBeGreaterThan(numRuns);
}

describe.each(['Europe/Riga', 'Europe/Tallinn'])('in %s the slots are those of a minute-by-minute walk', (zone) => {
  it('over a whole year', () => agree(zone, '2026-01-01', '2027-01-01', 12), 60_000);
  it(
    'over the next year, whose clocks change on Easter Sunday',
    () => agree(zone, '2027-01-01', '2028-01-01', 10),
    60_000,
  );
  it('around the night in which an hour is skipped', () => agree(zone, '2026-03-23', '2026-04-02', 200), 60_000);
  it('around the night in which an hour comes twice', () => agree(zone, '2026-10-19', '2026-10-29', 200), 60_000);
});
