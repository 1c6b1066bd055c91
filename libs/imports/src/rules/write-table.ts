import { tables, type Kind } from './kinds.js';

/**
 * One cell of a table that a spreadsheet opens: quotes are doubled, and what would begin a formula (`=`, `+`, `-`, `@`, tab,
 * return) gets an apostrophe before it, which spreadsheets take for "this is text" (faults.md E11).
 */
export function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /["\n\r\t,;]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A template with an example: a byte order mark and semicolons, as spreadsheets of both countries expect. */
export function table(kind: Kind): string {
  const { columns, examples } = tables[kind];
  const lines = [columns, ...examples].map((row) => row.map(cell).join(';'));
  return `\u{feff}${lines.join('\r\n')}\r\n`;
}
