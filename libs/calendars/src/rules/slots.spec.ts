import { describe, expect, it } from '@jest/globals';
import { dayBounds, hasAmbiguousWallTime, localTime, offsetLabel, type Interval } from '#libs/time';
import { whyNotBookable } from './bookable.js';
import { ordinaryDay } from './day-rule.js';
import { expandOpenings } from './openings.js';
import { slotsOf, type SlotSearch } from './slots.js';
import { fc } from '../../../../test/support/properties.js';

const zero = Temporal.Instant.from('2026-06-01T06:00:00Z');
const minute = (n: number): Temporal.Instant => zero.add({ minutes: n });
const from = (start: number, end: number): Interval => ({ start: minute(start), end: minute(end) });
const halfHours: SlotSearch = {
  openings: [from(0, 120)],
  busy: [],
  minutes: 30,
  bufferBefore: 0,
  bufferAfter: 0,
  buffersMayLeaveOpening: false,
  grid: 30,
  earliest: minute(-1000),
  latest: minute(1000),
};
const starts = (search: Partial<SlotSearch>): number[] =>
  slotsOf({ ...halfHours, ...search }).map(({ start }) => zero.until(start).total('minutes'));

describe('slots', () => {
  it('fill an opening on its grid and end with it', () => {
    expect(starts({})).toEqual([0, 30, 60, 90]);
    expect(starts({ grid: 15, minutes: 45 })).toEqual([0, 15, 30, 45, 60, 75]);
    expect(starts({ openings: [from(10, 75), from(200, 230)] })).toEqual([10, 40, 200]);
  });

  it('leave out what touches taken time, to the microsecond, and keep what adjoins it', () => {
    expect(starts({ busy: [from(30, 60)] })).toEqual([0, 60, 90]);
    const late = { start: minute(30), end: minute(60).add({ microseconds: 1 }) };
    expect(starts({ busy: [late] })).toEqual([0, 90]);
    expect(starts({ busy: [from(-50, 10), from(100, 101), from(5, 20)] })).toEqual([30, 60]);
  });

  it('have room for their buffers in free time', () => {
    expect(starts({ grid: 10, bufferBefore: 10, bufferAfter: 20 })).toEqual([10, 20, 30, 40, 50, 60, 70]);
    expect(starts({ grid: 10, bufferAfter: 20, busy: [from(70, 120)] })).toEqual([0, 10, 20]);
  });

  it('let buffers leave the opening if the calendar says so, but not into taken time', () => {
    const loose = { grid: 10, bufferBefore: 20, bufferAfter: 20, buffersMayLeaveOpening: true };
    expect(starts(loose)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(starts({ ...loose, busy: [from(-40, -10), from(130, 140)] })).toEqual([10, 20, 30, 40, 50, 60, 70, 80]);
  });

  it('start at the earliest and before the latest', () => {
    expect(starts({ earliest: minute(30), latest: minute(90) })).toEqual([30, 60]);
    expect(starts({ earliest: minute(31), latest: minute(91) })).toEqual([60, 90]);
  });
});

describe.each(['Europe/Riga', 'Europe/Tallinn'])('round the clock in %s', (zone) => {
  const slotsOn = (text: string): Interval[] => {
    const day = Temporal.PlainDate.from(text);
    const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      starts: '00:00',
      ends: '24:00',
      validFrom: day.subtract({ days: 9 }),
      validTo: null,
      everyNthWeek: 1,
      weekAnchor: day,
    }));
    const days = { from: day.subtract({ days: 6 }), to: day.add({ days: 1 }) };
    const openings = expandOpenings({ hours, closures: [], dayRule: ordinaryDay, zone, ...days });
    const { start, end } = dayBounds(day, zone);
    return slotsOf({ ...halfHours, openings, earliest: start, latest: end });
  };

  it('gives 46 half hours on the day of 23 hours, none from three to four', () => {
    const slots = slotsOn('2026-03-29');
    expect(slots).toHaveLength(46);
    expect(slots.map(({ start }) => localTime(start, zone).slice(0, 2))).not.toContain('03');
    for (const [n, slot] of slots.slice(1).entries()) expect(slot.start).toEqual(slots[n]?.end);
  });

  it('gives 50 on the day of 25 hours, the equal ones told apart by their offset', () => {
    const slots = slotsOn('2026-10-25');
    expect(slots).toHaveLength(50);
    const equal = slots.filter(({ start }) => hasAmbiguousWallTime(start, zone));
    expect(equal.map(({ start }) => localTime(start, zone) + offsetLabel(start, zone))).toEqual([
      '03:00+03:00',
      '03:30+03:00',
      '03:00+02:00',
      '03:30+02:00',
    ]);
  });
});

describe('a wish', () => {
  const wish = { ...halfHours, now: minute(-60), drafts: [from(300, 400)] };
  it.each([
    ['in-the-past', { start: minute(-61) }],
    ['too-soon', { start: minute(0), earliest: minute(30) }],
    ['too-far', { start: minute(60), latest: minute(60) }],
    ['not-published', { start: minute(300) }],
    ['outside-hours', { start: minute(150) }],
    ['outside-hours', { start: minute(110) }],
    ['outside-hours', { start: minute(0), bufferBefore: 5 }],
    ['off-grid', { start: minute(15) }],
    ['off-grid', { start: minute(30).add({ milliseconds: 1 }) }],
    ['taken', { start: minute(30), busy: [from(59, 61)] }],
    [null, { start: minute(60), busy: [from(0, 60), from(90, 120)] }],
  ])('is refused as %s', (why, more) => {
    expect(whyNotBookable({ ...wish, ...more })).toBe(why);
  });

  it('is granted for every slot and for no other minute', () => {
    const intervals = fc.array(
      fc.tuple(fc.integer({ min: -20, max: 140 }), fc.nat(60)).map(([start, length]) => from(start, start + length)),
      { maxLength: 4 },
    );
    const rules = fc.record({
      busy: intervals,
      minutes: fc.constantFrom(5, 20, 30, 45),
      bufferBefore: fc.constantFrom(0, 5, 10),
      bufferAfter: fc.constantFrom(0, 5, 15),
      buffersMayLeaveOpening: fc.boolean(),
      grid: fc.constantFrom(5, 7, 15, 20),
      earliest: fc.integer({ min: -10, max: 60 }).map(minute),
      latest: fc.integer({ min: 60, max: 150 }).map(minute),
    });
    fc.assert(
      fc.property(rules, (more) => {
        const search = { ...halfHours, ...more, openings: [from(0, 80), from(90, 130)] };
        const granted = [];
        for (let n = -20; n < 150; n++)
          if (whyNotBookable({ ...search, now: minute(-100), drafts: [], start: minute(n) }) === null) granted.push(n);
        expect(starts(search)).toEqual(granted);
      }),
    );
  });
});
