import { describe, expect, it } from '@jest/globals';
import type { WeeklyHours } from '#libs/time';
import { dayMistakes, hoursMistakes } from './hours-mistakes.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const monday = (starts: string, ends: string, more: Partial<WeeklyHours> = {}): WeeklyHours => ({
  weekday: 1,
  starts,
  ends,
  validFrom: day('2026-01-01'),
  validTo: null,
  everyNthWeek: 1,
  weekAnchor: day('2026-01-05'),
  ...more,
});

describe('weekly hours', () => {
  it('may have a lunch break and end at midnight', () => {
    expect(hoursMistakes([monday('09:00', '13:00'), monday('13:00', '17:00'), monday('20:00', '24:00')])).toEqual([]);
  });

  it('may not end before they begin, nor be valid until before they are valid', () => {
    expect(hoursMistakes([monday('17:00', '09:00'), monday('18:00', '19:00', { validTo: day('2025-12-31') })])).toEqual(
      [
        { index: 0, code: 'order' },
        { index: 1, code: 'order' },
      ],
    );
  });

  it('may not overlap on a day that both have', () => {
    expect(hoursMistakes([monday('09:00', '13:00'), monday('12:00', '17:00')])).toEqual([
      { index: 1, code: 'overlap' },
    ]);
    expect(hoursMistakes([monday('09:00', '13:00'), { ...monday('12:00', '17:00'), weekday: 2 }])).toEqual([]);
  });

  it('may overlap in the clock when they are valid at other times or in other weeks', () => {
    const spring = monday('09:00', '13:00', { validTo: day('2026-05-31') });
    expect(hoursMistakes([spring, monday('12:00', '17:00', { validFrom: day('2026-06-01') })])).toEqual([]);
    const odd = monday('09:00', '13:00', { everyNthWeek: 2 });
    const even = monday('12:00', '17:00', { everyNthWeek: 2, weekAnchor: day('2026-01-12') });
    expect(hoursMistakes([odd, even])).toEqual([]);
    expect(hoursMistakes([odd, { ...even, everyNthWeek: 3 }])).toEqual([{ index: 1, code: 'overlap' }]);
  });

  it('may overlap in odd and even weeks, but every other week meets both: a year of 53 weeks lies between', () => {
    const odd = monday('09:00', '13:00', { weekParity: 'odd' });
    expect(hoursMistakes([odd, monday('12:00', '17:00', { weekParity: 'even' })])).toEqual([]);
    // Week 2 of 2026, and from then on even weeks until the end of 2026.
    const other = monday('12:00', '17:00', { everyNthWeek: 2, validTo: day('2026-12-31') });
    expect(hoursMistakes([odd, other])).toEqual([]);
    expect(hoursMistakes([odd, { ...other, validTo: null }])).toEqual([{ index: 1, code: 'overlap' }]);
  });
});

describe('single days', () => {
  it('are named once each, with ranges that run forward and apart', () => {
    const on = (text: string, ...ranges: [string, string][]) => ({
      day: day(text),
      ranges: ranges.map(([starts, ends]) => ({ starts, ends })),
    });
    expect(dayMistakes([on('2026-12-01'), on('2026-12-02', ['09:00', '12:00'], ['12:00', '24:00'])])).toEqual([]);
    expect(
      dayMistakes([
        on('2026-12-01', ['12:00', '09:00']),
        on('2026-12-02', ['09:00', '12:00'], ['11:00', '13:00']),
        on('2026-12-01'),
      ]),
    ).toEqual([
      { index: 0, code: 'order' },
      { index: 1, code: 'overlap' },
      { index: 2, code: 'twice' },
    ]);
  });
});
