import {
  type DayHours,
  type DayLine,
  dayMistakes,
  daysOfLines,
  hoursMistakes,
  hoursOfLines,
  type HoursLine,
  linesOfDays,
  type Stretch,
} from '#libs/calendars';
import { mondayOf } from '#libs/time';
import type { FormState } from '#libs/web';
import type { DayForm, HoursForm, LineForm } from './hours.form.js';

export interface FieldMistake {
  field: string;
  /** Of `common.errors`, or a whole key. */
  code: string;
}

const plain = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const shownEnd = (ends: string): string => (ends === '24:00' ? '00:00' : ends);

/** The fields of a form that shows these lines. */
export const fieldsOfLines = (lines: readonly HoursLine[]): { lines: object[] } => ({
  lines: lines.map((line) => ({
    days: line.weekdays,
    starts: line.starts,
    ends: shownEnd(line.ends),
    pauseStarts: line.pause?.starts,
    pauseEnds: line.pause?.ends,
    weeks: line.weekParity ?? (line.everyNthWeek === 1 ? 'every' : String(line.everyNthWeek)),
    weekAnchor: line.everyNthWeek === 1 ? undefined : line.weekAnchor,
    validFrom: line.validFrom,
    validTo: line.validTo,
    services: line.serviceIds,
  })),
});

/** The fields of a line that nobody filled yet. */
export const emptyLine = (today: Temporal.PlainDate): object => ({ weeks: 'every', validFrom: today });

/** The numbers of the lines that a form holds, ascending. */
export const lineNumbers = (form: FormState): number[] =>
  [...new Set(Object.keys(form.values).flatMap((name) => /^lines\.(\d+)\./.exec(name)?.[1] ?? []))]
    .map(Number)
    .toSorted((a, b) => a - b);

/** The form with one line less; what comes after it moves up. */
export function withoutLine(form: FormState, gone: number): FormState {
  const values: Record<string, FormState['values'][string]> = {};
  for (const [name, value] of Object.entries(form.values)) {
    const [, number, member] = /^lines\.(\d+)\.(.*)$/.exec(name) ?? [];
    if (number === undefined) values[name] = value;
    else if (Number(number) !== gone)
      values[`lines.${Number(number) > gone ? Number(number) - 1 : number}.${member}`] = value;
  }
  return { values, errors: {}, mistakes: [] };
}

/** The form with one more, empty line, which comes last. */
export function withLine(form: FormState, today: Temporal.PlainDate): FormState {
  const next = (lineNumbers(form).at(-1) ?? -1) + 1;
  return {
    values: { ...form.values, [`lines.${next}.weeks`]: 'every', [`lines.${next}.validFrom`]: today.toString() },
    errors: {},
    mistakes: [],
  };
}

/** The stretch that was typed, or what is wrong with it, by field without the row's name. */
function stretchOf(
  form: LineForm | DayForm,
  services: ReadonlySet<string>,
): { stretch: Stretch; mistakes: [string, string][] } {
  const mistakes: [string, string][] = [];
  const { starts = '', pauseStarts, pauseEnds } = form;
  const ends = form.ends === '00:00' ? '24:00' : (form.ends ?? '');
  if (!starts) mistakes.push(['starts', 'required']);
  if (!ends) mistakes.push(['ends', 'required']);
  else if (starts && ends <= starts) mistakes.push(['ends', 'order']);
  if (pauseStarts && !pauseEnds) mistakes.push(['pauseEnds', 'required']);
  if (pauseEnds && !pauseStarts) mistakes.push(['pauseStarts', 'required']);
  if (pauseStarts && pauseEnds) {
    if (pauseEnds <= pauseStarts) mistakes.push(['pauseEnds', 'order']);
    else if (starts && ends && (pauseStarts <= starts || ends <= pauseEnds))
      mistakes.push(['pauseStarts', 'hours.errors.break-outside']);
  }
  const chosen = form.services ?? [];
  const unknown = chosen.some((id) => !services.has(id));
  if (unknown) mistakes.push(['services', 'choice']);
  const isLimited = chosen.length > 0 && chosen.length < services.size;
  const pause = pauseStarts && pauseEnds ? { starts: pauseStarts, ends: pauseEnds } : null;
  return { stretch: { starts, ends, pause, ...(isLimited && { serviceIds: chosen }) }, mistakes };
}

const isEmpty = ({ days, starts, ends, pauseStarts, pauseEnds, services }: LineForm): boolean =>
  [days, starts, ends, pauseStarts, pauseEnds, services].every((each) => each === undefined);

/**
 * The lines that were typed, or what is wrong with them: half a line, an end before its start, a break outside, hours that
 * overlap on a day that both have. Empty rows are left out.
 * @param services of the calendar; all of them or none chosen is no limit
 */
export function linesOfForm(
  form: HoursForm,
  services: ReadonlySet<string>,
  today: Temporal.PlainDate,
): { lines: HoursLine[]; mistakes: FieldMistake[] } {
  const mistakes: FieldMistake[] = [];
  const typed: { number: number; line: HoursLine }[] = [];
  for (const [number, row] of (form.lines ?? []).entries()) {
    if (isEmpty(row)) continue;
    const { stretch, mistakes: wrong } = stretchOf(row, services);
    const validFrom = row.validFrom === undefined ? today : plain(row.validFrom);
    const validTo = row.validTo === undefined ? null : plain(row.validTo);
    if (row.days === undefined) wrong.unshift(['days', 'hours.errors.days']);
    if (validTo !== null && Temporal.PlainDate.compare(validTo, validFrom) < 0) wrong.push(['validTo', 'order']);
    mistakes.push(...wrong.map(([field, code]) => ({ field: `lines.${number}.${field}`, code })));
    if (wrong.length > 0) continue;
    typed.push({
      number,
      line: { ...stretch, ...rhythmOf(row, validFrom), validFrom, validTo, weekdays: daysOf(row) },
    });
  }
  const rows = typed.flatMap(({ number, line }) => hoursOfLines([line]).map((hours) => ({ number, hours })));
  const overlaps = hoursMistakes(rows.map(({ hours }) => hours)).filter(({ code }) => code === 'overlap');
  for (const number of new Set(overlaps.map(({ index }) => rows[index]?.number)))
    mistakes.push({ field: `lines.${number}.starts`, code: 'hours.errors.overlap' });
  return { lines: typed.map(({ line }) => line), mistakes };
}

const daysOf = ({ days = [] }: LineForm): number[] => [...new Set(days.map(Number))].toSorted((a, b) => a - b);

function rhythmOf(
  { weeks = 'every', weekAnchor }: LineForm,
  validFrom: Temporal.PlainDate,
): Pick<HoursLine, 'everyNthWeek' | 'weekAnchor' | 'weekParity'> {
  if (weeks === 'every') return { everyNthWeek: 1, weekAnchor: mondayOf(validFrom) };
  if (weeks === 'odd' || weeks === 'even')
    return { everyNthWeek: 1, weekAnchor: mondayOf(validFrom), weekParity: weeks };
  const anchor = weekAnchor === undefined ? validFrom : plain(weekAnchor);
  return { everyNthWeek: Number(weeks), weekAnchor: mondayOf(anchor) };
}

/** How many single days may be entered at once. */
const mostDays = 62;

/**
 * The single days with what was typed added: more hours on a day that is worked, or in place of what was said of it.
 * Fields are named as on the page, `day.<field>`.
 */
export function daysWith(
  days: readonly DayHours[],
  form: DayForm | undefined,
  services: ReadonlySet<string>,
  today: Temporal.PlainDate,
): { days: DayHours[]; mistakes: FieldMistake[] } {
  const wrong = (field: string, code: string): FieldMistake => ({ field: `day.${field}`, code });
  if (form?.date === undefined) return { days: [...days], mistakes: [wrong('date', 'required')] };
  const first = plain(form.date);
  const last = form.to === undefined ? first : plain(form.to);
  const mistakes: FieldMistake[] = [];
  if (Temporal.PlainDate.compare(first, today) < 0) mistakes.push(wrong('date', 'hours.errors.past'));
  if (Temporal.PlainDate.compare(last, first) < 0) mistakes.push(wrong('to', 'order'));
  if (first.until(last).days >= mostDays) mistakes.push(wrong('to', 'hours.errors.many-days'));
  const { stretch, mistakes: ofStretch } = stretchOf(form, services);
  if (!form.isOff) mistakes.push(...ofStretch.map(([field, code]) => wrong(field, code)));
  if (mistakes.length > 0) return { days: [...days], mistakes };
  const lines: DayLine[] = [];
  const isAdded = (day: Temporal.PlainDate): boolean =>
    Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, last) <= 0;
  for (let day = first; isAdded(day); day = day.add({ days: 1 }))
    lines.push({ day, stretch: form.isOff ? null : stretch });
  const kept = linesOfDays(days).filter((line) => !isAdded(line.day) || (!form.isOff && line.stretch !== null));
  const all = daysOfLines([...kept, ...lines]);
  return dayMistakes(all).length > 0
    ? { days: [...days], mistakes: [wrong('starts', 'hours.errors.overlap')] }
    : { days: all, mistakes: [] };
}
