import { easterSunday } from './easter.js';
import { holiday, shortenedBefore, type Holiday } from './holiday.js';

/**
 * Nothing is substituted, and Easter Monday is a working day.
 * Sources: Pühade ja tähtpäevade seadus § 1–2; for shortened days Töölepingu seadus § 53 (1), three hours.
 */
export function estonianHolidays(year: number): Holiday[] {
  const on = (month: number, day: number): Temporal.PlainDate => new Temporal.PlainDate(year, month, day);
  const easter = easterSunday(year);
  const independenceDay = holiday(on(2, 24), 'independence-day-ee');
  const victoryDay = holiday(on(6, 23), 'victory-day');
  const christmasEve = holiday(on(12, 24), 'christmas-eve');
  const nextNewYear = holiday(new Temporal.PlainDate(year + 1, 1, 1), 'new-years-day');
  const named = [
    holiday(on(1, 1), 'new-years-day'),
    independenceDay,
    holiday(easter.subtract({ days: 2 }), 'good-friday'),
    holiday(easter, 'easter-sunday'),
    holiday(on(5, 1), 'spring-day'),
    holiday(easter.add({ days: 49 }), 'pentecost'),
    victoryDay,
    holiday(on(6, 24), 'midsummer-day'),
    holiday(on(8, 20), 'restoration-of-independence-ee'),
    christmasEve,
    holiday(on(12, 25), 'christmas-day'),
    holiday(on(12, 26), 'second-christmas-day'),
  ];
  const isDayOff = (day: Temporal.PlainDate): boolean => named.some(({ date }) => date.equals(day));
  return [...named, ...shortenedBefore([independenceDay, victoryDay, christmasEve, nextNewYear], 3, isDayOff)];
}
