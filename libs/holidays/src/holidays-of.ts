import { estonianHolidays } from './estonia.js';
import { isWeekend, type Country, type Holiday } from './holiday.js';
import { latvianHolidays } from './latvia.js';

const lawOf = { LV: latvianHolidays, EE: estonianHolidays };
const known = new Map<string, readonly Holiday[]>();
const daysOff = new Map<string, ReadonlySet<string>>();

/**
 * All that the country's law says about days of that year, by date: holidays, substitutes, moved and shortened days.
 * One day may be there twice (moved for the state, shortened for the rest).
 *
 * As the laws stand since 2018; days proclaimed for one year only are closures a clinic enters.
 */
export function holidaysOf(country: Country, year: number): readonly Holiday[] {
  const id = `${country} ${year}`;
  let found = known.get(id);
  if (found === undefined) {
    found = lawOf[country](year).sort((a, b) => Temporal.PlainDate.compare(a.date, b.date));
    known.set(id, found);
  }
  return found;
}

/**
 * Whether clinics are closed that day unless they say otherwise: a holiday or its substitute. Moved days do not close
 * them, because the order binds state institutions only; a clinic that follows it enters a closure and an extra day.
 */
export function isPublicHoliday(country: Country, day: Temporal.PlainDate): boolean {
  const id = `${country} ${day.year}`;
  let off = daysOff.get(id);
  if (off === undefined) {
    const closed = holidaysOf(country, day.year).filter(({ kind }) => kind === 'holiday' || kind === 'substitute');
    off = new Set(closed.map(({ date }) => date.toString()));
    daysOff.set(id, off);
  }
  return off.has(day.toString());
}

/** Whether the day counts in a term of working days: Monday to Friday and no public holiday. Shortened days count. */
export function isWorkingDay(country: Country, day: Temporal.PlainDate): boolean {
  return !isWeekend(day) && !isPublicHoliday(country, day);
}
