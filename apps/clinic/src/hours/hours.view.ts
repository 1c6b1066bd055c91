import type { UpcomingVisit } from '#libs/appointments';
import type { ClinicCalendar } from '#libs/calendars';
import { holidaysOf } from '#libs/holidays';
import {
  formatDateTime,
  formatPlainDate,
  formatTime,
  hasMessage,
  type Language,
  translate,
  wordsIn,
} from '#libs/platform';
import { type Interval, localDate } from '#libs/time';
import { pathTo } from '#libs/web';

export interface CalendarLine {
  href: string;
  branch: string;
  payer: 'state' | 'paid';
  isManual: boolean;
  state: string;
  hasDraft: boolean;
}

/** The clinic's calendars by practitioner, with how far each is published. */
export function calendarsByName(
  calendars: readonly ClinicCalendar[],
  language: Language,
): { name: string; calendars: CalendarLine[] }[] {
  return [...Map.groupBy(calendars, ({ resourceId }) => resourceId).values()].map((rows) => ({
    name: rows[0]?.name ?? '',
    calendars: rows.map((row) => ({
      href: pathTo(language, '/hours/', row.id),
      branch: row.branch.name,
      payer: row.payer,
      isManual: row.confirmation === 'manual',
      state: row.publishedUntil
        ? translate(language, 'clinic.hours.published-until', {
            day: formatPlainDate(language, Temporal.PlainDate.from(row.publishedUntil), 'long'),
          })
        : translate(language, 'clinic.hours.never-published'),
      hasDraft: row.hasDraft,
    })),
  }));
}

export interface PreviewDay {
  day: string;
  /** `09:00–13:00, 14:00–17:00`. */
  hours: string;
  holiday: string;
}

/** The name of the public holiday on a day, or ''. */
export function holidayName(country: 'LV' | 'EE', day: Temporal.PlainDate, language: Language): string {
  const found = holidaysOf(country, day.year).find(
    (each) => each.date.equals(day) && (each.kind === 'holiday' || each.kind === 'substitute'),
  );
  return found && hasMessage(language, found.key) ? translate(language, found.key) : '';
}

/** Weeks of days with the openings that the hours yield; days off and holidays are said. */
export function previewWeeks(
  openings: readonly Interval[],
  options: { from: Temporal.PlainDate; weeks: number; zone: string; country: 'LV' | 'EE'; language: Language },
): { heading: string; days: PreviewDay[] }[] {
  const { from, weeks, zone, country, language } = options;
  const byDay = Map.groupBy(openings, ({ start }) => localDate(start, zone).toString());
  const monday = from.subtract({ days: from.dayOfWeek - 1 });
  return Array.from({ length: weeks }, (_, week) => {
    const first = monday.add({ weeks: week });
    return {
      heading: translate(language, 'clinic.hours.week-of', { day: formatPlainDate(language, first, 'day-month') }),
      days: Array.from({ length: 7 }, (__, n) => first.add({ days: n }))
        .filter((day) => Temporal.PlainDate.compare(day, from) >= 0)
        .map((day) => ({
          day: formatPlainDate(language, day, 'weekday'),
          hours: (byDay.get(day.toString()) ?? [])
            .map(({ start, end }) => `${formatTime(language, start, zone)}–${formatTime(language, end, zone)}`)
            .join(', '),
          holiday: holidayName(country, day, language),
        })),
    };
  });
}

export interface OutsideVisit {
  href: string;
  name: string;
  service: string;
  when: string;
  practitioner: string;
}

/** Visits as links to where they can be moved or cancelled. */
export const outsideVisits = (visits: readonly UpcomingVisit[], language: Language, returnTo: string): OutsideVisit[] =>
  visits.map((visit) => ({
    href: pathTo(language, `/appointments/${visit.id}?${new URLSearchParams({ returnTo }).toString()}`),
    name: visit.patientName,
    service: wordsIn(language, visit.service),
    when: formatDateTime(language, visit.start, visit.zone, 'weekday'),
    practitioner: `${visit.practitioner}, ${visit.branch}`,
  }));
