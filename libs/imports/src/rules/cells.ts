import { parseDate, parseWallTime, type WallTime } from '#libs/time';
import type { MistakeCode } from './mistake.js';

/** What a cell says, or why it cannot be read. An empty cell is null. */
export type Read<T> = { ok: true; value: T } | { ok: false; code: MistakeCode; args?: Record<string, string | number> };

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (code: MistakeCode, args?: Record<string, string | number>): Read<never> => ({
  ok: false,
  code,
  ...(args && { args }),
});

// Control characters but tab and line feed, and half a surrogate pair, which PostgreSQL cannot hold.
const unstorable = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Cs}/u; // eslint-disable-line no-control-regex

/** Text of at most `longest` characters; lines are kept. */
export function text(cell: string, longest: number): Read<string> {
  if (unstorable.test(cell)) return bad('text');
  return cell.length > longest ? bad('too-long', { limit: longest }) : good(cell);
}

/** A key: what the clinic's former system calls a record. */
export function key(cell: string): Read<string> {
  return cell.length > 200 || unstorable.test(cell) || /[\n\t]/.test(cell) ? bad('key') : good(cell);
}

export function wholeNumber(cell: string, least: number, most: number): Read<number> {
  const value = /^\d{1,7}$/.test(cell) ? Number(cell) : NaN;
  return value >= least && value <= most ? good(value) : bad('number', { least, most });
}

/** Euros as people write them (`45`, `45.00`, `45,5`), as cents. */
export function cents(cell: string): Read<number> {
  const parts = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(cell.replace(/\s?€$/, ''));
  const value = parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : NaN;
  return value <= 10_000_000 ? good(value) : bad('money');
}

export function oneOf<T extends string>(cell: string, choices: readonly T[]): Read<T> {
  const found = choices.find((choice) => choice === cell.toLowerCase());
  return found === undefined ? bad('choice', { choices: choices.join(', ') }) : good(found);
}

/** Several choices parted by `|`. */
export function someOf<T extends string>(cell: string, choices: readonly T[]): Read<T[]> {
  const found = cell.split('|').map((part) => oneOf(part.trim(), choices));
  const wrong = found.find((each) => !each.ok);
  if (wrong && !wrong.ok) return wrong;
  return good(found.flatMap((each) => (each.ok ? [each.value] : [])));
}

export function yesOrNo(cell: string): Read<boolean> {
  const read = oneOf(cell, ['yes', 'no', 'true', 'false', '1', '0'] as const);
  return read.ok ? good(['yes', 'true', '1'].includes(read.value)) : bad('choice', { choices: 'yes, no' });
}

/** `2027-01-11`, or as spreadsheets here turn it: `11.01.2027`. */
export function day(cell: string): Read<Temporal.PlainDate> {
  const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})\.?$/.exec(cell);
  const iso = local ? `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}` : cell;
  const value = parseDate(iso);
  return value ? good(value) : bad('date');
}

/** `09:00` or `9:00`, seconds of a database's time being nought. */
export function wallTime(cell: string): Read<WallTime> {
  const value = parseWallTime(cell.replace(/^(\d:)/, '0$1').replace(/^(\d{2}:\d{2}):00$/, '$1'));
  return value ? good(value) : bad('wall-time');
}

/** By which names are compared: without accents, case and extra spaces. */
export const folded = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
