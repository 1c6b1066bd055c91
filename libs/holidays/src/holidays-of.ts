import { estonianHolidays } from './estonia.js';
import { isWeekend, type Country, type Holiday } from './holiday.js';
import { latvianHolidays } from './latvia.js';

const lawOf = { LV: latvianHolidays, EE: estonianHolidays };
const known = new Map<string, readonly Holiday[]>();
const daysOff = new Map<string, ReadonlySet<string>>();

/**
 * All that the country's law says about days of that year, by date: holidays, substitutes, moved and shortened days.
 * One day may be there twice (moved for the state, shortened for the rest; two holidays on one Sunday).
 *
 * As the laws stand since 2018; a day proclaimed for one year only is a day that the clinic closes itself.
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

/** Whether clinics are closed that day unless they say otherwise: a holiday or its substitute, and in force. */
export const closesByLaw = ({ kind, isPlanned }: Holiday): boolean =>
  (kind === 'holiday' || kind === 'substitute') && !isPlanned;

/**
 * Whether clinics are closed that day unless they say otherwise. Moved days do not close them, because the order binds
 * state institutions only; a clinic takes them over where it wants to.
 */
export function isPublicHoliday(country: Country, day: Temporal.PlainDate): boolean {
  const id = `${country} ${day.year}`;
  let off = daysOff.get(id);
  if (off === undefined) {
    const closed = holidaysOf(country, day.year).filter(closesByLaw);
    off = new Set(closed.map(({ date }) => date.toString()));
    daysOff.set(id, off);
  }
  return off.has(day.toString());
}

/** Whether the day counts in a term of working days: Monday to Friday and no public holiday. Shortened days count. */
export function isWorkingDay(country: Country, day: Temporal.PlainDate): boolean {
  return !isWeekend(day) && !isPublicHoliday(country, day);
}

/**
 * Working days that stand alone between a public holiday and another day off: those that an employer, and for its own
 * institutions the Cabinet, may move to a Saturday of the same month. Source: Labour Law of Latvia section 133 (4).
 */
export function loneWorkingDays(country: Country, year: number): Temporal.PlainDate[] {
  const first = new Temporal.PlainDate(year, 1, 1);
  return Array.from({ length: first.daysInYear }, (_, n) => first.add({ days: n })).filter((day) => {
    const around = [day.subtract({ days: 1 }), day.add({ days: 1 })];
    return (
      isWorkingDay(country, day) &&
      !around.some((each) => isWorkingDay(country, each)) &&
      around.some((each) => isPublicHoliday(country, each))
    );
  });
}
