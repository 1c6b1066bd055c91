import { describe, expect, it } from '@jest/globals';
import { mondayOf } from '#libs/time';
import type { DayHours, DayRange, WeeklyRange } from './calendar-hours.js';
import { daysOfLines, hoursOfLines, linesOfDays, linesOfHours, type HoursLine } from './hours-lines.js';
import { fc } from '../../../../test/support/properties.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const rhythm = { validFrom: day('2026-11-23'), validTo: null, everyNthWeek: 1, weekAnchor: day('2026-11-23') };
const on = (weekday: number, starts: string, ends: string, more: Partial<WeeklyRange> = {}): WeeklyRange => ({
  weekday,
  starts,
  ends,
  ...rhythm,
  ...more,
});
const said = (line: HoursLine): string =>
  `${line.weekdays.join('')} ${line.starts}–${line.ends}${line.pause ? ` (${line.pause.starts}–${line.pause.ends})` : ''}`;

describe('a line of hours', () => {
  it('says several days, with lunch, at once', () => {
    const week = [1, 2, 3, 4].flatMap((weekday) => [on(weekday, '09:00', '12:00'), on(weekday, '13:00', '17:00')]);
    expect(linesOfHours([...week, on(6, '10:00', '14:00', { weekParity: 'odd' })]).map(said)).toEqual([
      '1234 09:00–17:00 (12:00–13:00)',
      '6 10:00–14:00',
    ]);
  });

  it('has one break; what is left over, and hours that follow without one, are lines of their own', () => {
    const three = [on(1, '08:00', '10:00'), on(1, '11:00', '12:00'), on(1, '13:00', '15:00')];
    expect(linesOfHours(three).map(said)).toEqual(['1 08:00–12:00 (10:00–11:00)', '1 13:00–15:00']);
    expect(linesOfHours([on(1, '09:00', '12:00'), on(1, '12:00', '15:00')]).map(said)).toEqual([
      '1 09:00–12:00',
      '1 12:00–15:00',
    ]);
  });

  it('parts what is for some services, valid at another time or in other weeks', () => {
    const rows = [
      on(1, '09:00', '12:00'),
      on(2, '09:00', '12:00', { serviceIds: ['a'] }),
      on(3, '09:00', '12:00', { validTo: day('2027-01-01') }),
      on(4, '09:00', '12:00', { everyNthWeek: 3 }),
      on(5, '09:00', '12:00', { weekParity: 'even' }),
    ];
    expect(linesOfHours(rows)).toHaveLength(5);
  });
});

const time = fc
  .nat(96)
  .map((n) => `${String(Math.trunc(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`);
const range: fc.Arbitrary<DayRange> = fc
  .tuple(time, time, fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { freq: 2 }))
  .filter(([a, b]) => a !== b)
  .map(([a, b, serviceIds]) => ({ starts: a < b ? a : b, ends: a < b ? b : a, ...(serviceIds && { serviceIds }) }));
const date = fc.nat(60).map((days) => day('2026-11-23').add({ days }));
const weeks = fc.oneof(
  fc.record({ everyNthWeek: fc.constantFrom(1, 1, 2, 3) }),
  fc.record({ everyNthWeek: fc.constant(1), weekParity: fc.constantFrom('odd' as const, 'even' as const) }),
);
const weekly: fc.Arbitrary<WeeklyRange> = fc
  .tuple(range, fc.integer({ min: 1, max: 7 }), fc.constantFrom(0, 30), fc.option(date), date, weeks)
  .map(([hours, weekday, from, validTo, weekAnchor, every]) => ({
    ...hours,
    weekday,
    validFrom: day('2026-11-23').add({ days: from }),
    validTo,
    weekAnchor,
    ...every,
  }));

/** What the ranges say, with whatever says nothing left out. */
const meaning = (rows: readonly WeeklyRange[]): string[] =>
  rows
    .map((each) =>
      [
        each.weekday,
        each.starts,
        each.ends,
        each.validFrom,
        each.validTo,
        each.everyNthWeek,
        each.everyNthWeek === 1 ? '' : mondayOf(each.weekAnchor),
        each.weekParity,
        each.serviceIds?.toSorted().join('+'),
      ].join(' '),
    )
    .toSorted();
const dayMeaning = (days: readonly DayHours[]): string[] =>
  days
    .map((each) => {
      const ranges = each.ranges.map(({ starts, ends, serviceIds }) => `${starts}–${ends} ${serviceIds?.toSorted()}`);
      return `${each.day.toString()} ${ranges.toSorted().join(', ')}`;
    })
    .toSorted();

describe('lines and stored ranges', () => {
  it('are the same hours told twice, whatever the hours', () => {
    fc.assert(
      fc.property(fc.array(weekly, { maxLength: 30, size: 'max' }), (rows) => {
        const lines = linesOfHours(rows);
        expect(meaning(hoursOfLines(lines))).toEqual(meaning(rows));
        expect(linesOfHours(hoursOfLines(lines))).toEqual(lines);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same for single days, worked or not', () => {
    const single = fc.uniqueArray(fc.record({ day: date, ranges: fc.array(range, { maxLength: 5 }) }), {
      maxLength: 8,
      selector: (each) => each.day.toString(),
    });
    fc.assert(
      fc.property(single, (days) => {
        expect(dayMeaning(daysOfLines(linesOfDays(days)))).toEqual(dayMeaning(days));
      }),
      { numRuns: 300 },
    );
  });
});
