import { formatPlainDate, type Language, translate } from '#libs/platform';
import { momentIn } from '../zone-words.js';
import type { TimesOfCalendar } from './times-of-calendar.js';
import { weekdaysOf } from './weekdays.js';

/** The week or list of free times with its month, ready for the partials. */
export interface CalendarModel {
  zone: string;
  computedAt: string;
  title: string;
  days: TimesOfCalendar['days'];
  /** Only days that have times, for the list. */
  freeDays: TimesOfCalendar['days'];
  hasTimes: boolean;
  previousHref: string | undefined;
  nextHref: string | undefined;
  firstFree: string | undefined;
  firstFreeHref: string | undefined;
  month: {
    title: string;
    weekdays: { short: string; long: string }[];
    weeks: ({ day: number; count: number; isToday: boolean; isCurrent: boolean; href: string | undefined } | null)[][];
    previousHref: string | undefined;
    nextHref: string;
  };
}

/** @param hrefOf the page's own address for a day */
export function calendarModel(
  language: Language,
  times: TimesOfCalendar,
  hrefOf: (day: string) => string,
): CalendarModel {
  const { firstDay, lastDay, today, zone, firstFree, month } = times;
  const isCurrentWeek = Temporal.PlainDate.compare(firstDay, today) <= 0;
  const freeDays = times.days.filter(({ slots }) => slots.length > 0);
  const firstFreeAt = firstFree === null ? undefined : Temporal.Instant.from(firstFree);
  const earlierMonth = month.first.subtract({ months: 1 });
  const isCurrentMonth = Temporal.PlainDate.compare(month.first, today) <= 0;
  const dayOrToday = (day: Temporal.PlainDate): string =>
    (Temporal.PlainDate.compare(day, today) < 0 ? today : day).toString();
  return {
    zone,
    computedAt: times.computedAt,
    title: translate(language, 'booking.doctor.week', {
      from: formatPlainDate(language, firstDay, 'day-month'),
      to: formatPlainDate(language, lastDay, 'day-month'),
    }),
    days: times.days,
    freeDays,
    hasTimes: freeDays.length > 0,
    previousHref: isCurrentWeek ? undefined : hrefOf(dayOrToday(firstDay.subtract({ days: 7 }))),
    nextHref: hrefOf(firstDay.add({ days: 7 }).toString()),
    firstFree:
      firstFreeAt && translate(language, 'booking.doctor.firstFree', { at: momentIn(language, firstFreeAt, zone) }),
    firstFreeHref: firstFreeAt && hrefOf(firstFreeAt.toZonedDateTimeISO(zone).toPlainDate().toString()),
    month: {
      title: month.title,
      weekdays: weekdaysOf(language),
      weeks: month.weeks.map((week) =>
        week.map((day) => day && { ...day, href: day.count > 0 ? hrefOf(day.date) : undefined }),
      ),
      previousHref: isCurrentMonth ? undefined : hrefOf(dayOrToday(earlierMonth)),
      nextHref: hrefOf(month.first.add({ months: 1 }).toString()),
    },
  };
}
