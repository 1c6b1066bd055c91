import { describe, expect, it } from '@jest/globals';
import DateHolidays from 'date-holidays';
import type { Country } from './holiday.js';
import { closesByLaw, holidaysOf } from './holidays-of.js';

/** Where `date-holidays` 3.37.0 and the laws part, year by year, and the law that decides. */
const differences: readonly { country: Country; key: string; source: string; days: readonly string[] }[] = [
  {
    country: 'LV',
    key: 'holidays.mothers-day',
    source:
      'Par svētku, atceres un atzīmējamām dienām (likumi.lv 72608) section 1: the second Sunday of May is a holiday; the package has it as an observance.',
    days: [
      '2024-05-12',
      '2025-05-11',
      '2026-05-10',
      '2027-05-09',
      '2028-05-14',
      '2029-05-13',
      '2030-05-12',
      '2031-05-11',
      '2032-05-09',
      '2033-05-08',
      '2034-05-14',
      '2035-05-13',
    ],
  },
  {
    country: 'LV',
    key: 'holidays.pentecost',
    source:
      'Par svētku, atceres un atzīmējamām dienām (likumi.lv 72608) section 1: Pentecost is a holiday; the package does not know it. In 2035 it is Mother’s Day as well.',
    days: [
      '2024-05-19',
      '2025-06-08',
      '2026-05-24',
      '2027-05-16',
      '2028-06-04',
      '2029-05-20',
      '2030-06-09',
      '2031-06-01',
      '2032-05-16',
      '2033-06-05',
      '2034-05-28',
      '2035-05-13',
    ],
  },
];

const years = Array.from({ length: 12 }, (_, n) => 2024 + n);

const theirs = (country: Country): string[] => {
  const calendar = new DateHolidays(country);
  return years.flatMap((year) =>
    calendar
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10)),
  );
};

describe.each(['LV', 'EE'] as const)('the days off of %s from 2024 to 2035', (country) => {
  const explained = differences.filter((each) => each.country === country);

  it('are those of date-holidays and the ones that a law explains, and no others', () => {
    const ours = years.flatMap((year) => holidaysOf(country, year).filter(closesByLaw));
    const known = new Set(theirs(country));
    const more = ours.filter(({ date }) => !known.has(date.toString()));
    const said = explained.flatMap(({ key, days }) => days.map((day) => `${day} ${key}`));
    expect(more.map(({ date, key }) => `${date.toString()} ${key}`).sort()).toEqual(said.sort());
    const days = new Set(ours.map(({ date }) => date.toString()));
    expect([...known].filter((day) => !days.has(day))).toEqual([]);
  });
});

describe('what date-holidays has nothing to say about', () => {
  const kindsIn = (country: Country): string[] => [
    ...new Set(years.flatMap((year) => holidaysOf(country, year).map(({ kind }) => kind))),
  ];

  it('is moved and shortened days: Labour Law of Latvia sections 133 (4) and 135, Töölepingu seadus § 53 (1)', () => {
    expect(kindsIn('LV').sort()).toEqual(['holiday', 'moved-off', 'moved-work', 'shortened', 'substitute']);
    expect(kindsIn('EE').sort()).toEqual(['holiday', 'shortened']);
  });

  it('is the festival of 2028, which closes nothing before it is ordered', () => {
    const planned = years.flatMap((year) => holidaysOf('LV', year)).filter(({ isPlanned }) => isPlanned);
    expect(planned.map(({ date, kind }) => `${date.toString()} ${kind}`)).toEqual([
      '2028-07-09 holiday',
      '2028-07-10 substitute',
    ]);
    expect(theirs('LV')).not.toContain('2028-07-10');
    expect(planned.some(closesByLaw)).toBe(false);
  });
});
