import type { DayCounts } from '#libs/appointments';
import { formatPlainDate, type Language, translate } from '#libs/platform';
import { mondayOf } from '#libs/time';
import { type CalendarFrame, calendarFrame, calendarPath } from './calendar.view.js';
import type { ChosenDay } from './chosen-day.js';
import type { Who } from './chosen-who.js';
import { lengthOf, partOf } from './grid.view.js';

export interface MonthDay {
  /** Of the month. */
  day: number;
  label: string;
  href: string;
  isToday: boolean;
  isOther: boolean;
  isOff: boolean;
  closure: string;
  booked: number;
  pending: number;
  missed: number;
  /** `3 h 20 min`; empty: nothing. */
  free: string;
  /** All of it in one sentence, for who hears it. */
  spoken: string;
}

export interface MonthPage extends CalendarFrame {
  whoName: string;
  weekdays: { narrow: string; short: string; long: string }[];
  weeks: { days: MonthDay[]; href: string; label: string }[];
  totals: { booked: number; pending: number; missed: number; free: string };
}

/** The whole weeks around the month of a day. */
export function monthDays(day: Temporal.PlainDate): { first: Temporal.PlainDate; days: number } {
  const first = mondayOf(day.with({ day: 1 }));
  const last = day.with({ day: day.daysInMonth });
  return { first, days: first.until(last).days + 8 - last.dayOfWeek };
}

/** The page of a month. @param counts of every day that `monthDays` names */
export function monthPage(
  { chosen, who, whos }: { chosen: ChosenDay; who: Who; whos: Who[] },
  counts: readonly DayCounts[],
  language: Language,
): MonthPage {
  const start = chosen.day.with({ day: 1 });
  const { first, days } = monthDays(chosen.day);
  const ofWho = { branch: chosen.branch, told: { practitioners: who.id, specialty: 'all' } };
  const byDay = new Map(counts.map((each) => [each.day, each]));
  const length = (minutes: number): string => (minutes === 0 ? '' : lengthOf(language, minutes));
  const dayOf = (date: Temporal.PlainDate): MonthDay => {
    const found = byDay.get(date.toString());
    const { booked = 0, pending = 0, missed = 0, freeMinutes = 0, openMinutes = 0, closure = null } = found ?? {};
    const free = length(freeMinutes);
    const isOff = openMinutes === 0 && booked + pending === 0;
    return {
      day: date.day,
      label: formatPlainDate(language, date, 'full'),
      href: calendarPath(language, 'day', ofWho, date, null),
      isToday: date.equals(chosen.today),
      isOther: date.month !== start.month,
      isOff,
      closure: closure ?? '',
      booked,
      pending,
      missed,
      free,
      spoken: isOff
        ? translate(language, 'clinic.day.day-off')
        : translate(language, 'grid.month-day', {
            booked,
            pending,
            free: free || translate(language, 'grid.nothing-free'),
          }),
    };
  };
  const all = Array.from({ length: days }, (_, n) => first.add({ days: n }));
  const inMonth = counts.filter(({ day }) => day.startsWith(start.toString().slice(0, 8)));
  const sum = (of: (each: DayCounts) => number): number => inMonth.reduce((total, each) => total + of(each), 0);
  return {
    ...calendarFrame('month', chosen, start, language, { who: who.id, whos }),
    whoName: who.name,
    weekdays: all.slice(0, 7).map((date) => ({
      narrow: partOf(language, date, { weekday: 'narrow' }),
      short: partOf(language, date, { weekday: 'short' }),
      long: partOf(language, date, { weekday: 'long' }),
    })),
    weeks: Array.from({ length: days / 7 }, (_, n) => {
      const monday = first.add({ days: 7 * n });
      return {
        days: all.slice(7 * n, 7 * n + 7).map(dayOf),
        href: calendarPath(language, 'week', chosen, monday, who.id),
        label: String(monday.weekOfYear ?? ''),
      };
    }),
    totals: {
      booked: sum((each) => each.booked),
      pending: sum((each) => each.pending),
      missed: sum((each) => each.missed),
      free: length(sum((each) => each.freeMinutes)) || translate(language, 'grid.nothing-free'),
    },
  };
}
