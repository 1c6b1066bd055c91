import type { WeeklyHours } from '#libs/time';
import type { FormState } from '#libs/web';
import type { HoursForm } from './hours.form.js';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The fields of a form that shows these hours: a period for each span and rhythm, in the order of their first day. */
export function fieldsOf(hours: readonly WeeklyHours[], today: Temporal.PlainDate): Record<string, string> {
  const key = (each: WeeklyHours): string =>
    [each.validFrom, each.validTo ?? '', each.everyNthWeek, each.everyNthWeek === 1 ? '' : each.weekAnchor].join('|');
  const periods = [...Map.groupBy(hours, key).values()];
  const fields: Record<string, string> = {};
  let row = 0;
  if (periods.length === 0)
    Object.assign(fields, { 'periods.0.validFrom': today.toString(), 'periods.0.everyNthWeek': '1' });
  for (const [n, rows] of periods.entries()) {
    const [first] = rows;
    if (first === undefined) continue;
    fields[`periods.${n}.validFrom`] = first.validFrom.toString();
    fields[`periods.${n}.validTo`] = first.validTo?.toString() ?? '';
    fields[`periods.${n}.everyNthWeek`] = String(first.everyNthWeek);
    fields[`periods.${n}.weekAnchor`] = first.weekAnchor.toString();
    for (const each of rows) {
      fields[`ranges.${row}.slot`] = `${n}|${each.weekday}`;
      fields[`ranges.${row}.starts`] = each.starts;
      fields[`ranges.${row}.ends`] = each.ends === '24:00' ? '00:00' : each.ends;
      row++;
    }
  }
  return fields;
}

export interface PeriodModel {
  number: number;
  isFirst: boolean;
  /** Field names of its span. */
  names: { validFrom: string; validTo: string; everyNthWeek: string; weekAnchor: string };
  weekAnchor: string;
  days: { weekday: number; rows: { name: string; slot: string; starts: string; ends: string; error: unknown }[] }[];
}

/** The form as it is drawn: by period and weekday, with an empty row at the end of each day. */
export function periodsOf(form: FormState): PeriodModel[] {
  const names = Object.keys(form.values);
  const numbers = (pattern: RegExp): number[] =>
    [...new Set(names.flatMap((name) => pattern.exec(name)?.[1] ?? []))].map(Number).sort((a, b) => a - b);
  let next = Math.max(-1, ...numbers(/^ranges\.(\d+)\./)) + 1;
  const rows = numbers(/^ranges\.(\d+)\./).map((n) => ({
    name: `ranges.${n}`,
    slot: textOf(form.values[`ranges.${n}.slot`]),
    starts: textOf(form.values[`ranges.${n}.starts`]),
    ends: textOf(form.values[`ranges.${n}.ends`]),
    error: form.errors[`ranges.${n}.starts`] ?? form.errors[`ranges.${n}.ends`],
  }));
  return numbers(/^periods\.(\d+)\./).map((number, index) => ({
    number,
    isFirst: index === 0,
    names: {
      validFrom: `periods.${number}.validFrom`,
      validTo: `periods.${number}.validTo`,
      everyNthWeek: `periods.${number}.everyNthWeek`,
      weekAnchor: `periods.${number}.weekAnchor`,
    },
    weekAnchor: textOf(form.values[`periods.${number}.weekAnchor`]),
    days: [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
      const slot = `${number}|${weekday}`;
      const typed = rows.filter((row) => row.slot === slot);
      // Numbers stay as they were sent, without gaps: mistakes are told by them.
      const spare = { name: `ranges.${next}`, slot, starts: '', ends: '', error: undefined };
      if (typed.some((row) => !row.starts && !row.ends)) return { weekday, rows: typed };
      next++;
      return { weekday, rows: [...typed, spare] };
    }),
  }));
}

export interface RangeMistake {
  field: string;
  code: string;
}

/** The hours that were typed, or what is wrong with them: half a range, an end before its start, two that overlap. */
export function hoursOfForm(form: HoursForm): { hours: WeeklyHours[]; mistakes: RangeMistake[] } {
  const hours: WeeklyHours[] = [];
  const mistakes: RangeMistake[] = [];
  for (const [n, period] of form.periods.entries())
    if (period.validTo !== undefined && period.validTo < period.validFrom)
      mistakes.push({ field: `periods.${n}.validTo`, code: 'order' });
  const taken = new Map<string, { starts: string; ends: string }[]>();
  for (const [n, { slot, starts, ends: typedEnd }] of form.ranges.entries()) {
    if (!starts && !typedEnd) continue;
    const ends = typedEnd === '00:00' ? '24:00' : typedEnd;
    const [number = '', weekday = ''] = slot.split('|');
    const period = form.periods[Number(number)];
    if (!starts || !ends || !period)
      mistakes.push({ field: `ranges.${n}.${starts ? 'ends' : 'starts'}`, code: 'required' });
    else if (ends <= starts) mistakes.push({ field: `ranges.${n}.ends`, code: 'order' });
    else {
      const others = taken.get(slot) ?? [];
      if (others.some((other) => starts < other.ends && other.starts < ends))
        mistakes.push({ field: `ranges.${n}.starts`, code: 'clinic.hours.overlap' });
      taken.set(slot, [...others, { starts, ends }]);
      const validFrom = Temporal.PlainDate.from(period.validFrom);
      hours.push({
        weekday: Number(weekday),
        starts,
        ends,
        validFrom,
        validTo: period.validTo === undefined ? null : Temporal.PlainDate.from(period.validTo),
        everyNthWeek: period.everyNthWeek,
        weekAnchor: period.weekAnchor === undefined ? validFrom : Temporal.PlainDate.from(period.weekAnchor),
      });
    }
  }
  return { hours, mistakes };
}
