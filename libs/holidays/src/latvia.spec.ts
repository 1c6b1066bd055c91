import { describe, expect, it } from '@jest/globals';
import { holidaysOf, isPublicHoliday, isWorkingDay, loneWorkingDays } from './holidays-of.js';
import type { HolidayKind } from './holiday.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const days = (year: number, kind: HolidayKind): string[] =>
  holidaysOf('LV', year)
    .filter((each) => each.kind === kind)
    .map(({ date }) => date.toString());

describe('Latvia', () => {
  it('rests on the days of its law', () => {
    expect(days(2026, 'holiday')).toEqual([
      '2026-01-01',
      '2026-04-03',
      '2026-04-05',
      '2026-04-06',
      '2026-05-01',
      '2026-05-04',
      '2026-05-10',
      '2026-05-24',
      '2026-06-23',
      '2026-06-24',
      '2026-11-18',
      '2026-12-24',
      '2026-12-25',
      '2026-12-26',
      '2026-12-31',
    ]);
  });

  it.each([
    [2024, '2024-03-29', '2024-03-31', '2024-04-01', '2024-05-12', '2024-05-19'],
    [2025, '2025-04-18', '2025-04-20', '2025-04-21', '2025-05-11', '2025-06-08'],
    [2026, '2026-04-03', '2026-04-05', '2026-04-06', '2026-05-10', '2026-05-24'],
    [2027, '2027-03-26', '2027-03-28', '2027-03-29', '2027-05-09', '2027-05-16'],
    [2028, '2028-04-14', '2028-04-16', '2028-04-17', '2028-05-14', '2028-06-04'],
  ])('finds the moving feasts of %i', (year, ...feasts) => {
    expect(days(year, 'holiday')).toEqual(expect.arrayContaining(feasts));
  });

  it('gives Monday for 4 May, 18 November and the festival’s last day on a weekend, and for nothing else', () => {
    const substitutes = [2023, 2024, 2025, 2026, 2027, 2028].map((year) => days(year, 'substitute'));
    expect(substitutes).toEqual([
      ['2023-07-10', '2023-11-20'],
      ['2024-05-06'],
      ['2025-05-05'],
      [],
      [],
      ['2028-07-10', '2028-11-20'],
    ]);
    expect(isPublicHoliday('LV', day('2023-07-10'))).toBe(true);
    expect(isWorkingDay('LV', day('2028-11-20'))).toBe(false);
  });

  it('knows the next festival as planned, and works on it until it is ordered', () => {
    expect(holidaysOf('LV', 2028).filter(({ isPlanned }) => isPlanned)).toHaveLength(2);
    expect(isWorkingDay('LV', day('2028-07-10'))).toBe(true);
  });

  it('knows the moved days, which close no clinic and stop no term', () => {
    expect(days(2024, 'moved-off')).toEqual(['2024-12-23', '2024-12-30']);
    expect(days(2025, 'moved-off')).toEqual(['2025-05-02', '2025-11-17']);
    expect(days(2026, 'moved-off')).toEqual(['2026-01-02', '2026-06-22']);
    expect(days(2024, 'moved-work')).toEqual(['2024-12-14', '2024-12-28']);
    expect(days(2025, 'moved-work')).toEqual(['2025-05-10', '2025-11-08']);
    expect(days(2026, 'moved-work')).toEqual(['2026-01-17', '2026-06-27']);
    expect(isPublicHoliday('LV', day('2026-06-22'))).toBe(false);
    expect(isWorkingDay('LV', day('2026-06-22'))).toBe(true);
    expect(isWorkingDay('LV', day('2026-06-27'))).toBe(false);
  });

  it('moves only days that stand alone, as the law allows, and not all of them', () => {
    const alone = (year: number): string[] => loneWorkingDays('LV', year).map(String);
    for (const year of [2024, 2025, 2026]) expect(alone(year)).toEqual(expect.arrayContaining(days(year, 'moved-off')));
    expect(alone(2024)).toContain('2024-12-27');
    expect(alone(2027)).toEqual(['2027-05-03', '2027-06-25', '2027-11-19']);
  });

  it('works an hour less before a holiday, and on the Saturday that stands for such a day', () => {
    expect(days(2026, 'shortened')).toEqual([
      '2026-04-02',
      '2026-04-30',
      '2026-06-22',
      '2026-11-17',
      '2026-12-23',
      '2026-12-30',
    ]);
    expect(days(2028, 'shortened')).toEqual(['2028-04-13', '2028-05-03', '2028-06-22', '2028-11-17']);
    const moved = holidaysOf('LV', 2026).filter(({ kind }) => kind === 'moved-work');
    expect(moved.map(({ date, hours }) => [date.toString(), hours])).toEqual([
      ['2026-01-17', undefined],
      ['2026-06-27', 1],
    ]);
  });
});
