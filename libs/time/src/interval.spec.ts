import { describe, expect, it } from '@jest/globals';
import { contains, covers, intersect, merge, overlaps, subtract, type Interval } from './interval.js';
import { fc } from '../../../test/support/properties.js';

const zero = Temporal.Instant.from('2026-03-29T00:00:00Z');
const minute = (n: number): Temporal.Instant => zero.add({ minutes: n });
const from = (start: number, end: number): Interval => ({ start: minute(start), end: minute(end) });
const written = (intervals: readonly Interval[]): string[] =>
  intervals.map(({ start, end }) => `${zero.until(start).total('minutes')}-${zero.until(end).total('minutes')}`);

const size = 30;
const someIntervals = fc.array(
  fc.tuple(fc.nat(size), fc.nat(size)).map(([a, b]) => from(a, b)),
  { maxLength: 6 },
);
const minutesOf = (intervals: readonly Interval[]): boolean[] =>
  Array.from({ length: size }, (_, n) => intervals.some((each) => contains(each, minute(n))));

describe('an interval', () => {
  it('has its start and not its end', () => {
    expect(contains(from(0, 10), minute(0))).toBe(true);
    expect(contains(from(0, 10), minute(10))).toBe(false);
  });

  it('does not overlap one that it only touches, nor an empty one', () => {
    expect(overlaps(from(0, 10), from(10, 20))).toBe(false);
    expect(overlaps(from(0, 10), from(9, 20))).toBe(true);
    expect(overlaps(from(0, 10), from(5, 5))).toBe(false);
  });

  it('covers what ends with it', () => {
    expect(covers(from(0, 10), from(5, 10))).toBe(true);
    expect(covers(from(0, 10), from(5, 11))).toBe(false);
  });
});

describe('many intervals', () => {
  it('become one where they adjoin', () => {
    expect(written(merge([from(10, 20), from(0, 10), from(30, 40), from(5, 5)]))).toEqual(['0-20', '30-40']);
  });

  it('keep what is left when others are cut out', () => {
    expect(written(subtract([from(0, 30)], [from(-5, 5), from(10, 15), from(15, 20)]))).toEqual(['5-10', '20-30']);
  });

  it('hold, cut and share exactly the minutes that each on its own would', () => {
    fc.assert(
      fc.property(someIntervals, someIntervals, (these, those) => {
        const here = minutesOf(these);
        const there = minutesOf(those);
        expect(minutesOf(merge(these))).toEqual(here);
        expect(minutesOf(subtract(these, those))).toEqual(here.map((is, n) => is && !there[n]));
        expect(minutesOf(intersect(these, those))).toEqual(here.map((is, n) => is && there[n]));
        for (const result of [merge(these), subtract(these, those), intersect(these, those)])
          expect(merge(result)).toEqual(result);
      }),
    );
  });
});
