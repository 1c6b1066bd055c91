import { formatPlainDate, type Language, translate } from '#libs/platform';

/** Any Monday: only its weekday is read. */
const monday = Temporal.PlainDate.from('2026-01-05');

/** The long name of an ISO weekday, 1 for Monday. */
export const weekdayName = (language: Language, weekday: number): string =>
  formatPlainDate(language, monday.add({ days: weekday - 1 }), 'full').split(/[,\s]/)[0] ?? '';

/** Monday to Sunday, short for a table's head and long for whoever listens. */
export const weekdaysOf = (language: Language): { short: string; long: string }[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    short: translate(language, `booking.weekdays.${weekday}`),
    long: weekdayName(language, weekday),
  }));
