import { hoursMistakes } from '#libs/calendars';
import type { WeeklyHours } from '#libs/time';
import type { Known, KnownCalendar } from '../known.js';
import type { Findings } from '../mistakes.js';
import { RowReader } from '../row-reader.js';
import { day, oneOf, wallTime, wholeNumber } from '../rules/cells.js';
import type { Row } from '../rules/mistake.js';
import { calendarOfRow } from './find-calendar.js';
import type { Plan } from './plan.js';

interface HoursRow {
  row: Row;
  hours: WeeklyHours;
}

/**
 * Working hours: published at once, but only where a calendar has none. Changing hours with people inside is asked about
 * on the page of hours, never done by a file.
 */
export function planHours(rows: readonly Row[], known: Known, plan: Plan, findings: Findings): void {
  const ofCalendar = new Map<KnownCalendar, HoursRow[]>();
  for (const each of rows) {
    const row = new RowReader(each, findings);
    const calendar = calendarOfRow(row, known);
    const hours = hoursOfRow(row, known.today);
    if (row.isWrong || !calendar || !hours) continue;
    ofCalendar.set(calendar, [...(ofCalendar.get(calendar) ?? []), { row: each, hours }]);
  }
  for (const [calendar, theirs] of ofCalendar) planCalendarHours(calendar, theirs, known, plan, findings);
}

function planCalendarHours(
  calendar: KnownCalendar,
  rows: readonly HoursRow[],
  known: Known,
  plan: Plan,
  findings: Findings,
): void {
  const [first] = rows;
  if (!first) return;
  if (calendar.hasHours) {
    const stand = known.hours.get(calendar.id) ?? [];
    const isSame = stand.length === rows.length && rows.every((each) => stand.some((other) => areSame(each, other)));
    if (!isSame) findings.at(first.row, 'calendar', 'hours-kept');
    findings.count('hours', isSame ? 'same' : 'kept', rows.length);
    return;
  }
  const hours = rows.map((each) => each.hours);
  for (const { index, code } of hoursMistakes(hours)) {
    const row = rows[index]?.row ?? first.row;
    findings.at(row, code === 'order' ? 'ends' : 'starts', code === 'order' ? 'order' : 'hours-overlap');
  }
  plan.hours.push({ calendarId: calendar.id, resourceId: calendar.resourceId, hours });
  findings.count('hours', 'added', rows.length);
}

/** Whether a row says what stands; what it leaves empty it does not deny. */
function areSame({ row, hours }: HoursRow, other: WeeklyHours): boolean {
  const says = (column: string): boolean => (row.cells[column] ?? '') !== '';
  return (
    hours.weekday === other.weekday &&
    hours.starts === other.starts &&
    hours.ends === other.ends &&
    hours.everyNthWeek === other.everyNthWeek &&
    hours.weekParity === other.weekParity &&
    (!says('valid_from') || hours.validFrom.equals(other.validFrom)) &&
    (hours.validTo?.toString() ?? '') === (other.validTo?.toString() ?? '') &&
    (!says('week_anchor') || hours.weekAnchor.equals(other.weekAnchor))
  );
}

function hoursOfRow(row: RowReader, today: Temporal.PlainDate): WeeklyHours | undefined {
  const weekday = row.required('weekday', (cell) => wholeNumber(cell, 1, 7));
  const starts = row.required('starts', wallTime);
  const ends = row.required('ends', wallTime);
  const validFrom = row.optional('valid_from', day) ?? today;
  const validTo = row.optional('valid_to', day) ?? null;
  const parity = row.optional('weeks', (cell) => oneOf(cell, ['odd', 'even'] as const));
  const nth = row.optional('every_nth_week', (cell) => wholeNumber(cell, 1, 8)) ?? 1;
  const anchor = row.optional('week_anchor', day);
  if (nth > 1 && anchor === undefined && !row.isWrong) row.wrong('week_anchor', 'required');
  if (nth > 1 && parity) row.wrong('weeks', 'choice', { choices: '' });
  if (row.isWrong || weekday === undefined || starts === undefined || ends === undefined) return undefined;
  return {
    weekday,
    starts,
    ends,
    validFrom,
    validTo,
    everyNthWeek: nth,
    weekAnchor: anchor ?? validFrom,
    ...(parity && { weekParity: parity }),
  };
}
