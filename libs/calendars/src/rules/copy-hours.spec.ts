import { describe, expect, it } from '@jest/globals';
import type { CalendarHours, DayHours, WeeklyRange } from './calendar-hours.js';
import { copyMonth, copyPattern, copyWeek } from './copy-hours.js';
import { ordinaryDay, type DayRule } from './day-rule.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const on = (weekday: number, starts: string, ends: string, more: Partial<WeeklyRange> = {}): WeeklyRange => ({
  weekday,
  starts,
  ends,
  validFrom: day('2026-01-01'),
  validTo: null,
  everyNthWeek: 1,
  weekAnchor: day('2026-01-05'),
  ...more,
});
const single = (text: string, ...ranges: [string, string][]): DayHours => ({
  day: day(text),
  ranges: ranges.map(([starts, ends]) => ({ starts, ends })),
});
const told = ({ days }: CalendarHours): string[] =>
  days.map((each) => `${each.day.toString()} ${each.ranges.map(({ starts, ends }) => `${starts}–${ends}`).join(', ')}`);
const closedOn =
  (...days: string[]) =>
  (each: Temporal.PlainDate): DayRule => ({ ...ordinaryDay(each), isOpen: !days.includes(each.toString()) });

describe('a week copied to another', () => {
  const hours: CalendarHours = {
    weekly: [on(1, '09:00', '12:00'), on(2, '09:00', '12:00', { weekParity: 'odd' })],
    days: [single('2026-11-25', ['10:00', '14:00']), single('2026-12-07')],
  };

  it('makes its weekdays single days, only where they differ from what would be worked anyway', () => {
    // The week of 23 November is the 48th, that of 7 December the 50th, that of 14 December the 51st.
    expect(told(copyWeek(hours, day('2026-11-26'), day('2026-12-08'), ordinaryDay).hours)).toEqual([
      '2026-11-25 10:00–14:00',
      '2026-12-09 10:00–14:00',
    ]);
    expect(told(copyWeek(hours, day('2026-11-23'), day('2026-12-14'), ordinaryDay).hours)).toEqual([
      '2026-11-25 10:00–14:00',
      '2026-12-07 ',
      '2026-12-15 ',
      '2026-12-16 10:00–14:00',
    ]);
  });

  it('does not open a public holiday, unless the day that is copied was a single one', () => {
    const rule = closedOn('2026-12-08', '2026-12-09');
    const odd = { ...hours, weekly: [on(2, '09:00', '12:00'), on(3, '09:00', '12:00')] };
    const { hours: copied, leftClosed } = copyWeek(odd, day('2026-11-23'), day('2026-12-07'), rule);
    expect(leftClosed.map(String)).toEqual(['2026-12-08']);
    expect(told(copied)).toEqual(['2026-11-25 10:00–14:00', '2026-12-09 10:00–14:00']);
  });
});

describe('a month copied to another', () => {
  it('is laid upon it by whole weeks, the first Monday on the first Monday', () => {
    const hours: CalendarHours = {
      weekly: [],
      days: [single('2026-11-02', ['08:00', '09:00']), single('2026-11-30', ['10:00', '11:00'])],
    };
    // December's first Monday is the 7th, five weeks after 2 November; its fifth week has no counterpart further on.
    expect(told(copyMonth(hours, day('2026-11-15'), day('2026-12-31'), ordinaryDay).hours)).toEqual([
      '2026-11-02 08:00–09:00',
      '2026-11-30 10:00–11:00',
      '2026-12-07 08:00–09:00',
    ]);
    expect(told(copyMonth(hours, day('2026-11-01'), day('2027-03-01'), ordinaryDay).hours)).toEqual([
      '2026-11-02 08:00–09:00',
      '2026-11-30 10:00–11:00',
      '2027-03-01 08:00–09:00',
      '2027-03-29 10:00–11:00',
    ]);
  });
});

describe('another calendar’s week', () => {
  it('takes the place of one’s own, with its limits where the services are had', () => {
    const own: CalendarHours = { weekly: [on(1, '09:00', '12:00')], days: [single('2026-12-07')] };
    const other: CalendarHours = {
      weekly: [
        on(2, '08:00', '10:00'),
        on(3, '08:00', '10:00', { serviceIds: ['here', 'elsewhere'] }),
        on(4, '08:00', '10:00', { serviceIds: ['elsewhere'] }),
      ],
      days: [single('2026-12-08')],
    };
    const { hours, leftOut } = copyPattern(own, other, new Set(['here']));
    expect(leftOut).toBe(1);
    expect(hours.weekly).toEqual([on(2, '08:00', '10:00'), on(3, '08:00', '10:00', { serviceIds: ['here'] })]);
    expect(told(hours)).toEqual(['2026-12-07 ']);
  });
});
