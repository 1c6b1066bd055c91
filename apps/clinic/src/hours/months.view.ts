import type { HoursPreview } from '#libs/calendars';
import { formatPlainDate, type Language } from '#libs/platform';
import { localDate } from '#libs/time';

/** A day in the small picture of a month; its place is in the units of a 7 by 6 grid. */
export interface MonthCell {
  kind: 'open' | 'single' | 'closed' | 'off';
  x: number;
  y: number;
}

export interface MonthModel {
  href: string;
  name: string;
  /** Days with hours. */
  n: number;
  cells: MonthCell[];
}

/** Two years at a glance: months with the days that have hours, from this one on. */
export function monthModels(
  { open, dayRule, closures }: HoursPreview,
  options: {
    singleDays: ReadonlySet<string>;
    today: Temporal.PlainDate;
    months: number;
    zone: string;
    language: Language;
    hrefOf: (day: Temporal.PlainDate) => string;
  },
): MonthModel[] {
  const { singleDays, today, months, zone, language, hrefOf } = options;
  const worked = new Set<string>();
  for (const { start, end } of open.openings) {
    const last = localDate(end.subtract({ nanoseconds: 1 }), zone);
    for (let day = localDate(start, zone); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
      worked.add(day.toString());
  }
  const closed = new Set(
    closures.flatMap(({ start, end }) => {
      const days = localDate(start, zone).until(localDate(end, zone)).days;
      return Array.from({ length: days }, (_, n) => localDate(start, zone).add({ days: n }).toString());
    }),
  );
  const kindOf = (day: Temporal.PlainDate): MonthCell['kind'] => {
    if (singleDays.has(day.toString())) return 'single';
    if (worked.has(day.toString())) return 'open';
    return !dayRule(day).isOpen || closed.has(day.toString()) ? 'closed' : 'off';
  };
  return Array.from({ length: months }, (_, month) => {
    const first = today.with({ day: 1 }).add({ months: month });
    const days = Array.from({ length: first.daysInMonth }, (__, n) => first.add({ days: n }));
    const ahead = days.filter((day) => Temporal.PlainDate.compare(day, today) >= 0);
    return {
      href: hrefOf(month === 0 ? today : first),
      name: formatPlainDate(language, first, 'month'),
      n: ahead.filter((day) => worked.has(day.toString())).length,
      cells: ahead.map((day) => ({
        kind: kindOf(day),
        x: (day.dayOfWeek - 1) * 10,
        y: Math.floor((day.day + first.dayOfWeek - 2) / 7) * 10,
      })),
    };
  });
}
