import { describe, expect, it } from '@jest/globals';
import { occursOn, type WeeklyHours } from './weekly-hours.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const wednesdays: WeeklyHours = {
  weekday: 3,
  starts: '09:00',
  ends: '17:00',
  validFrom: day('2026-01-01'),
  validTo: day('2026-03-25'),
  everyNthWeek: 1,
  weekAnchor: day('2026-01-01'),
};
const daysOf = (hours: WeeklyHours): string[] =>
  Array.from({ length: 120 }, (_, days) => day('2025-12-01').add({ days }))
    .filter((each) => occursOn(hours, each))
    .map(String);

describe('weekly hours', () => {
  it('come back on their weekday from the first day to the last, both included', () => {
    const days = daysOf(wednesdays);
    expect([days.at(0), days.at(-1), days.length]).toEqual(['2026-01-07', '2026-03-25', 12]);
  });

  it('have no end when none is named', () => {
    expect(occursOn({ ...wednesdays, validTo: null }, day('2101-08-10'))).toBe(true);
  });

  it('come every other week from the week of the anchor, whatever its weekday, and across the year’s 53rd week', () => {
    const everyOther = { ...wednesdays, everyNthWeek: 2, validFrom: day('2025-12-01'), validTo: day('2026-01-31') };
    const expected = ['2025-12-03', '2025-12-17', '2025-12-31', '2026-01-14', '2026-01-28'];
    expect(daysOf({ ...everyOther, weekAnchor: day('2025-12-29') })).toEqual(expected);
    expect(daysOf({ ...everyOther, weekAnchor: day('2026-01-04') })).toEqual(expected);
    expect(daysOf({ ...everyOther, weekAnchor: day('2026-01-18') })).toEqual(expected);
  });

  it('come in odd or in even weeks as calendars number them: after week 53 another odd one follows', () => {
    const inWeeks = (weekParity: 'odd' | 'even'): string[] =>
      Array.from({ length: 28 }, (_, days) => day('2026-12-14').add({ days }))
        .filter((each) => occursOn({ ...wednesdays, validTo: null, weekParity }, each))
        .map(String);
    expect(inWeeks('odd')).toEqual(['2026-12-16', '2026-12-30', '2027-01-06']);
    expect(inWeeks('even')).toEqual(['2026-12-23']);
  });

  it('hold on a moved working day as on the weekday it stands for', () => {
    expect(occursOn(wednesdays, day('2026-01-10'), 3)).toBe(true);
    expect(occursOn(wednesdays, day('2026-01-07'), 6)).toBe(false);
  });
});
