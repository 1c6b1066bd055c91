import type { ReceptionTime } from '#libs/profiles';
import type { ReceptionForm } from './branch.form.js';

/** A line of the form: one specialty, the days that are alike, from when until when. */
export interface ReceptionRow {
  specialty: string;
  days: string[];
  from: string;
  to: string;
}

/** The board's times as lines of a form: days of a specialty with the same hours share one. */
export function rowsOf(times: readonly ReceptionTime[]): ReceptionRow[] {
  const rows = new Map<string, ReceptionRow>();
  for (const { specialty, weekday, from, to } of [...times].sort((a, b) => a.weekday - b.weekday)) {
    const key = `${specialty} ${from} ${to}`;
    const row = rows.get(key) ?? { specialty, days: [], from, to };
    row.days.push(String(weekday));
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => a.specialty.localeCompare(b.specialty) || a.from.localeCompare(b.from));
}

export interface ReceptionMistake {
  field: string;
  code: string;
}

/** What the lines say, and what is wrong with them: a line with a specialty needs days and a beginning before its end. */
export function timesOf(
  rows: readonly ReceptionForm[],
  known: ReadonlySet<string>,
): { times: ReceptionTime[]; mistakes: ReceptionMistake[] } {
  const times: ReceptionTime[] = [];
  const mistakes: ReceptionMistake[] = [];
  for (const [index, { specialty, days = [], from, to }] of rows.entries()) {
    if (!specialty) continue;
    const wrong = (name: string, code: string): number => mistakes.push({ field: `reception.${index}.${name}`, code });
    if (!known.has(specialty)) wrong('specialty', 'choice');
    else if (days.length === 0) wrong('days', 'setup.errors.days');
    else if (!from) wrong('from', 'required');
    else if (!to) wrong('to', 'required');
    else if (to <= from) wrong('to', 'order');
    else for (const day of new Set(days)) times.push({ specialty, weekday: Number(day), from, to });
  }
  return { times, mistakes };
}
