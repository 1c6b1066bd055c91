import { easterSunday } from './easter.js';
import { holiday, isWeekend, shortenedBefore, type Holiday } from './holiday.js';

/**
 * The closing days of the Song and Dance Festival, every five years, as the organising order names them. That of 2028 is
 * the Ministry of Culture's plan of March 2026 (30 June to 9 July); once the order is in force it is no longer planned.
 */
const festivalClosings: readonly { date: string; isPlanned?: true }[] = [
  { date: '2018-07-08' },
  { date: '2023-07-09' },
  { date: '2028-07-09', isPlanned: true },
];

/**
 * Working days that the Cabinet has moved, [day off, day worked], by orders under Labour Law section 133 (4) that
 * appear by 1 July for the next year. They bind state institutions and advise all others.
 */
const movedDays = [
  ['2024-12-23', '2024-12-14'],
  ['2024-12-30', '2024-12-28'],
  ['2025-05-02', '2025-05-10'],
  ['2025-11-17', '2025-11-08'],
  ['2026-01-02', '2026-01-17'],
  ['2026-06-22', '2026-06-27'],
] as const;

/** Sources: the law on holidays (likumi.lv 72608) section 1; for shortened days Labour Law (likumi.lv 26019) section 135. */
export function latvianHolidays(year: number): Holiday[] {
  const named = namedIn(year);
  const substitutes = substitutesOf(named);
  const off = new Set([...named, ...substitutes].map(({ date }) => date.toString()));
  const shortened = shortenedBefore(named, 1, (day) => day.year !== year || off.has(day.toString()));
  return [...named, ...substitutes, ...movedIn(year, shortened), ...shortened];
}

function namedIn(year: number): Holiday[] {
  const on = (month: number, day: number): Temporal.PlainDate => new Temporal.PlainDate(year, month, day);
  const easter = easterSunday(year);
  return [
    holiday(on(1, 1), 'new-years-day'),
    holiday(easter.subtract({ days: 2 }), 'good-friday'),
    holiday(easter, 'easter-sunday'),
    holiday(easter.add({ days: 1 }), 'easter-monday'),
    holiday(on(5, 1), 'labour-day'),
    holiday(on(5, 4), 'restoration-of-independence-lv'),
    holiday(secondSundayOfMay(year), 'mothers-day'),
    holiday(easter.add({ days: 49 }), 'pentecost'),
    holiday(on(6, 23), 'midsummer-eve'),
    holiday(on(6, 24), 'midsummer-day'),
    ...festivalClosings
      .map(({ date, isPlanned }) => ({
        ...holiday(Temporal.PlainDate.from(date), 'song-festival'),
        ...(isPlanned && { isPlanned }),
      }))
      .filter(({ date }) => date.year === year),
    holiday(on(11, 18), 'proclamation-day'),
    holiday(on(12, 24), 'christmas-eve'),
    holiday(on(12, 25), 'christmas-day'),
    holiday(on(12, 26), 'second-christmas-day'),
    holiday(on(12, 31), 'new-years-eve'),
  ];
}

/** Section 1 (2): only these, when on a weekend, make the next working day a day off. */
const substituted = new Set([
  'holidays.restoration-of-independence-lv',
  'holidays.song-festival',
  'holidays.proclamation-day',
]);

function substitutesOf(named: readonly Holiday[]): Holiday[] {
  const off = new Set(named.map(({ date }) => date.toString()));
  return named
    .filter(({ key, date }) => substituted.has(key) && isWeekend(date))
    .map(({ key, date, isPlanned }) => {
      let next = date.add({ days: 1 });
      while (isWeekend(next) || off.has(next.toString())) next = next.add({ days: 1 });
      return { date: next, kind: 'substitute', key, ...(isPlanned && { isPlanned }) };
    });
}

/** A moved day keeps the rights it had: moved from the day before a holiday, it is as short as that would be. */
function movedIn(year: number, shortened: readonly Holiday[]): Holiday[] {
  return movedDays
    .map(([off, work]) => ({ off: Temporal.PlainDate.from(off), work: Temporal.PlainDate.from(work) }))
    .filter(({ off }) => off.year === year)
    .flatMap(({ off, work }): Holiday[] => {
      const eve = shortened.find(({ date }) => date.equals(off));
      return [
        { date: off, kind: 'moved-off', key: 'holidays.moved-off', counterpart: work },
        {
          date: work,
          kind: 'moved-work',
          key: 'holidays.moved-work',
          counterpart: off,
          ...(eve?.hours && { hours: eve.hours }),
        },
      ];
    });
}

function secondSundayOfMay(year: number): Temporal.PlainDate {
  const first = new Temporal.PlainDate(year, 5, 1);
  return first.add({ days: 14 - first.dayOfWeek });
}
