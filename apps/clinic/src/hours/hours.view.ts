import type { UpcomingVisit } from '#libs/appointments';
import {
  type CalendarHours,
  type ClinicCalendar,
  type HoursDifference,
  hoursDifference,
  linesOfHours,
  type WeeklyRange,
} from '#libs/calendars';
import { holidaysOf } from '#libs/holidays';
import { formatDateTime, formatPlainDate, hasMessage, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import { stillToCome } from './edited-hours.js';
import { dayLineInWords, lineInWords, type Speaker } from './words-of-hours.js';

export interface CalendarLine {
  href: string;
  branch: string;
  payer: 'state' | 'paid';
  isManual: boolean;
  state: string;
  hasDraft: boolean;
  /** Its weekly hours in words, a line each. */
  lines: string[];
}

/** The clinic's calendars by practitioner, with how far each is published. */
export function calendarsByName(
  calendars: readonly ClinicCalendar[],
  hours: ReadonlyMap<string, readonly WeeklyRange[]>,
  today: Temporal.PlainDate,
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
      lines: linesOfHours(stillToCome({ weekly: hours.get(row.id) ?? [], days: [] }, today).weekly).map((line) =>
        lineInWords(speakerOf(row, language), line, today),
      ),
    })),
  }));
}

const speakerOf = ({ services }: ClinicCalendar, language: Language): Speaker => ({
  language,
  services: new Map(services.map(({ id, name }) => [id, wordsIn(language, name)])),
});

/** The name of the public holiday on a day, or ''. */
export function holidayName(country: 'LV' | 'EE', day: Temporal.PlainDate, language: Language): string {
  const found = holidaysOf(country, day.year).find(
    (each) => each.date.equals(day) && (each.kind === 'holiday' || each.kind === 'substitute'),
  );
  return found && hasMessage(language, found.key) ? translate(language, found.key) : '';
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

export interface DifferenceModel {
  added: string[];
  gone: string[];
  isSame: boolean;
}

/** What publishing the draft would change, in sentences. */
export function differenceModel(
  published: CalendarHours,
  draft: CalendarHours,
  speaker: Speaker,
  today: Temporal.PlainDate,
): DifferenceModel {
  const { newLines, goneLines, newDays, goneDays } = hoursDifference(published, draft);
  const days = (all: HoursDifference['newDays']): string[] =>
    all.map(
      (line) =>
        `${formatPlainDate(speaker.language, line.day, 'weekday')} ${line.day.year}: ${dayLineInWords(speaker, line)}`,
    );
  const added = [...newLines.map((line) => lineInWords(speaker, line, today)), ...days(newDays)];
  const gone = [...goneLines.map((line) => lineInWords(speaker, line, today)), ...days(goneDays)];
  return { added, gone, isSame: added.length + gone.length === 0 };
}
