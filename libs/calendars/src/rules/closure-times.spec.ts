import { describe, expect, it } from '@jest/globals';
import { type Interval, localDate, localTime } from '#libs/time';
import { closureTimes, type ClosureWish, latestRepeat } from './closure-times.js';

const zone = 'Europe/Riga';
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const wish = (first: string, last: string, starts?: string, ends?: string): ClosureWish => ({
  first: day(first),
  last: day(last),
  hours: starts && ends ? { starts, ends } : null,
  repeat: null,
});
const on = (interval: Interval): string =>
  [interval.start, interval.end]
    .map((at) => `${localDate(at, zone).toString().slice(5)} ${localTime(at, zone)}`)
    .join(' – ');
const hoursOf = ({ start, end }: Interval): number => start.until(end).total('hours');
const once = (closure: ClosureWish): Interval[] => closureTimes(closure, zone);

describe('a closure', () => {
  it('of whole days ends where the day after begins', () => {
    expect(once(wish('2026-07-01', '2026-07-14')).map(on)).toEqual(['07-01 00:00 – 07-15 00:00']);
  });

  it('of a part lasts from its hour on the first day until its hour on the last', () => {
    expect(once(wish('2026-07-03', '2026-07-06', '12:00', '10:00')).map(on)).toEqual(['07-03 12:00 – 07-06 10:00']);
    expect(once(wish('2026-07-03', '2026-07-03', '18:00', '24:00')).map(on)).toEqual(['07-03 18:00 – 07-04 00:00']);
  });

  it('comes again every week or every n-th at the same time of day, through both changes of the clock', () => {
    const closure = wish('2026-03-25', '2026-03-25', '13:00', '15:00');
    const weekly = once({ ...closure, repeat: { everyDays: 7, until: day('2026-04-08') } });
    expect(weekly.map(on)).toEqual([
      '03-25 13:00 – 03-25 15:00',
      '04-01 13:00 – 04-01 15:00',
      '04-08 13:00 – 04-08 15:00',
    ]);
    expect(weekly.map(hoursOf)).toEqual([2, 2, 2]);
    const every2nd = once({ ...closure, repeat: { everyDays: 14, until: day('2026-04-21') } });
    expect(every2nd.map(on)).toEqual(['03-25 13:00 – 03-25 15:00', '04-08 13:00 – 04-08 15:00']);
  });

  it('is one where its occurrences adjoin', () => {
    const daily = { ...wish('2026-07-01', '2026-07-01'), repeat: { everyDays: 1, until: day('2026-07-14') } };
    expect(once(daily).map(on)).toEqual(['07-01 00:00 – 07-15 00:00']);
  });

  it('comes again for two years at most', () => {
    const closure = wish('2026-07-01', '2026-07-01');
    const last = latestRepeat(closure.first);
    expect(once({ ...closure, repeat: { everyDays: 7, until: last } })).toHaveLength(105);
    for (const repeat of [
      { everyDays: 7, until: last.add({ days: 1 }) },
      { everyDays: 0, until: last },
    ])
      expect(() => once({ ...closure, repeat })).toThrow(RangeError);
  });
});

describe('when the clocks change', () => {
  it('a whole day is closed for 23 or 25 hours', () => {
    expect(once(wish('2026-03-29', '2026-03-29')).map(hoursOf)).toEqual([23]);
    expect(once(wish('2026-10-25', '2026-10-25')).map(hoursOf)).toEqual([25]);
  });

  it('an hour that does not exist closes nothing, and what reaches over it loses it', () => {
    expect(once(wish('2026-03-29', '2026-03-29', '03:00', '04:00'))).toEqual([]);
    expect(once(wish('2026-03-29', '2026-03-29', '02:00', '03:30')).map(on)).toEqual(['03-29 02:00 – 03-29 04:00']);
    expect(once(wish('2026-03-29', '2026-03-29', '02:00', '05:00')).map(hoursOf)).toEqual([2]);
  });

  it('an hour that the clocks show twice is closed both times', () => {
    expect(once(wish('2026-10-25', '2026-10-25', '03:00', '04:00')).map(hoursOf)).toEqual([2]);
    expect(once(wish('2026-10-25', '2026-10-25', '03:15', '03:30')).map(hoursOf)).toEqual([1.25]);
    expect(once(wish('2026-10-25', '2026-10-25', '04:00', '05:00')).map(hoursOf)).toEqual([1]);
  });

  it('a series meets them on its way without a trace before and after', () => {
    const nightly = {
      ...wish('2026-10-24', '2026-10-24', '03:00', '04:00'),
      repeat: { everyDays: 1, until: day('2026-10-26') },
    };
    expect(once(nightly).map(hoursOf)).toEqual([1, 2, 1]);
    const inSpring = {
      ...wish('2026-03-28', '2026-03-28', '03:00', '04:00'),
      repeat: { everyDays: 1, until: day('2026-03-30') },
    };
    expect(once(inSpring).map(on)).toEqual(['03-28 03:00 – 03-28 04:00', '03-30 03:00 – 03-30 04:00']);
  });
});
