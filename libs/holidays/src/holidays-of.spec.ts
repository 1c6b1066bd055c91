import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { addWorkingDays } from '#libs/time';
import type { Country } from './holiday.js';
import { holidaysOf, isPublicHoliday, isWorkingDay } from './holidays-of.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const countries: readonly Country[] = ['LV', 'EE'];

describe('two countries in one zone', () => {
  it.each([
    ['2026-02-24', false, true],
    ['2026-04-06', true, false],
    ['2026-05-04', true, false],
    ['2026-08-20', false, true],
    ['2026-11-18', true, false],
    ['2026-12-31', true, false],
    ['2026-12-25', true, true],
  ])('on %s Latvia rests: %s, Estonia: %s', (date, inLatvia, inEstonia) => {
    expect(countries.map((country) => isPublicHoliday(country, day(date)))).toEqual([inLatvia, inEstonia]);
  });

  it('answer by the next working day, which before Christmas is after it', () => {
    for (const country of countries) {
      const due = addWorkingDays(day('2026-12-23'), 1, (each) => isWorkingDay(country, each));
      expect(due.toString()).toBe('2026-12-28');
    }
  });

  it.each([
    [4, '2026-04-09', '2026-04-08'],
    [15, '2026-04-24', '2026-04-23'],
  ])('end a term of %i working days over Easter on different days', (n, inLatvia, inEstonia) => {
    const due = countries.map((country) => addWorkingDays(day('2026-04-01'), n, (each) => isWorkingDay(country, each)));
    expect(due.map(String)).toEqual([inLatvia, inEstonia]);
  });

  it.each(['lv', 'et', 'en', 'ru'])('have a name for every day in %s', (language) => {
    const words = JSON.parse(readFileSync(`templates/locales/${language}/holidays.json`, 'utf8')) as Record<
      string,
      unknown
    >;
    const keys = countries
      .flatMap((country) => [2023, 2026].flatMap((year) => holidaysOf(country, year)))
      .map(({ key }) => key);
    for (const key of keys) expect([key, typeof words[key.replace('holidays.', '')]]).toEqual([key, 'string']);
  });
});
