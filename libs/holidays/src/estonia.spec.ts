import { describe, expect, it } from '@jest/globals';
import { holidaysOf, isWorkingDay } from './holidays-of.js';
import type { HolidayKind } from './holiday.js';

const days = (year: number, kind: HolidayKind): string[] =>
  holidaysOf('EE', year)
    .filter((each) => each.kind === kind)
    .map(({ date }) => date.toString());

describe('Estonia', () => {
  it('rests on the days of its law', () => {
    expect(days(2026, 'holiday')).toEqual([
      '2026-01-01',
      '2026-02-24',
      '2026-04-03',
      '2026-04-05',
      '2026-05-01',
      '2026-05-24',
      '2026-06-23',
      '2026-06-24',
      '2026-08-20',
      '2026-12-24',
      '2026-12-25',
      '2026-12-26',
    ]);
  });

  it.each([
    [2024, '2024-03-29', '2024-03-31', '2024-05-19'],
    [2025, '2025-04-18', '2025-04-20', '2025-06-08'],
    [2027, '2027-03-26', '2027-03-28', '2027-05-16'],
    [2028, '2028-04-14', '2028-04-16', '2028-06-04'],
  ])('finds the moving feasts of %i', (year, ...feasts) => {
    expect(days(year, 'holiday')).toEqual(expect.arrayContaining(feasts));
  });

  it('substitutes nothing, moves nothing and works on Easter Monday', () => {
    for (const year of [2024, 2025, 2026, 2027, 2028])
      expect([...days(year, 'substitute'), ...days(year, 'moved-off'), ...days(year, 'moved-work')]).toEqual([]);
    expect(isWorkingDay('EE', Temporal.PlainDate.from('2026-04-06'))).toBe(true);
  });

  it('works three hours less before four holidays, when that day is worked at all', () => {
    expect(days(2024, 'shortened')).toEqual(['2024-02-23', '2024-12-23', '2024-12-31']);
    expect(days(2025, 'shortened')).toEqual(['2025-12-23', '2025-12-31']);
    expect(days(2026, 'shortened')).toEqual(['2026-02-23', '2026-06-22', '2026-12-23', '2026-12-31']);
    expect(days(2027, 'shortened')).toEqual(['2027-02-23', '2027-06-22', '2027-12-23', '2027-12-31']);
    expect(days(2028, 'shortened')).toEqual(['2028-02-23', '2028-06-22']);
    expect(holidaysOf('EE', 2026).filter(({ kind, hours }) => kind === 'shortened' && hours !== 3)).toEqual([]);
  });
});
