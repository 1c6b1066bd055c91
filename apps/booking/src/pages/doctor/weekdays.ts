import { formatPlainDate, type Language } from '#libs/platform';

/** Any Monday: only its weekday is read. */
const monday = Temporal.PlainDate.from('2026-01-05');

const regional: Record<Language, string> = { lv: 'lv-LV', et: 'et-EE', en: 'en-GB', ru: 'ru-RU' };

/** Monday to Sunday, short for a table's head and long for whoever listens. */
export const weekdaysOf = (language: Language): { short: string; long: string }[] =>
  Array.from({ length: 7 }, (_, index) => {
    const day = monday.add({ days: index });
    const short = new Intl.DateTimeFormat(regional[language], { weekday: 'short', timeZone: 'UTC' });
    return {
      short: short.format(day.toZonedDateTime('UTC').epochMilliseconds),
      long: formatPlainDate(language, day, 'full').split(/[,\s]/)[0] ?? '',
    };
  });
