import { normaliseEmail, normalisePhone } from '#libs/people';
import type { Findings } from './mistakes.js';
import { type Read, text } from './rules/cells.js';
import type { MistakeCode, Row } from './rules/mistake.js';

/** Reads the cells of one row and says what is wrong with each, beside it. */
export class RowReader {
  isWrong = false;

  constructor(
    readonly row: Row,
    private readonly findings: Findings,
  ) {}

  cell(column: string): string {
    return this.row.cells[column] ?? '';
  }

  has(column: string): boolean {
    return this.cell(column) !== '';
  }

  wrong(column: string, code: MistakeCode, args?: Record<string, string | number>): undefined {
    this.isWrong = true;
    this.findings.at(this.row, column, code, args);
  }

  note(column: string, code: MistakeCode, args?: Record<string, string | number>): void {
    this.findings.at(this.row, column, code, args);
  }

  /** The cell's value, or undefined when it is empty or wrong; wrong ones are told. */
  optional<T>(column: string, read: (cell: string) => Read<T>): T | undefined {
    const cell = this.cell(column);
    if (cell === '') return undefined;
    const found = read(cell);
    return found.ok ? found.value : this.wrong(column, found.code, found.args);
  }

  /** The same; an empty cell is a mistake. */
  required<T>(column: string, read: (cell: string) => Read<T>): T | undefined {
    if (!this.has(column)) return this.wrong(column, 'required');
    return this.optional(column, read);
  }

  text(column: string, longest: number): string | undefined {
    return this.optional(column, (cell) => text(cell, longest));
  }

  neededText(column: string, longest: number): string | undefined {
    return this.required(column, (cell) => text(cell, longest));
  }

  phone(column: string, country: 'LV' | 'EE'): string | undefined {
    return this.optional(column, (cell) => checked(normalisePhone(cell, country), 'phone'));
  }

  email(column: string): string | undefined {
    return this.optional(column, (cell) => checked(normaliseEmail(cell), 'email'));
  }

  /** Words by language, of the columns `name_lv` … */
  words(column: string, longest: number): Partial<Record<'lv' | 'et' | 'en' | 'ru', string>> {
    const words: Partial<Record<'lv' | 'et' | 'en' | 'ru', string>> = {};
    for (const language of ['lv', 'et', 'en', 'ru'] as const) {
      const said = this.text(`${column}_${language}`, longest);
      if (said !== undefined) words[language] = said;
    }
    return words;
  }
}

const checked = <T>(value: T | null, code: MistakeCode): Read<T> =>
  value === null ? { ok: false, code } : { ok: true, value };
