import type { Counts, Outcomes } from './import-run.entity.js';
import type { Kind } from './rules/kinds.js';
import { isNote, type Mistake, type MistakeCode, placeOf, type Row } from './rules/mistake.js';

/** As many as anyone reads; the others are counted. */
export const mostKept = 1000;

/** What was found while files were read: mistakes, notes, and what would become of the rows. */
export class Findings {
  readonly kept: Mistake[] = [];
  readonly counts: Counts = {};
  mistakes = 0;
  notes = 0;
  rows = 0;

  add(mistake: Mistake): void {
    if (isNote(mistake.code)) this.notes += 1;
    else this.mistakes += 1;
    const ofItsSort = isNote(mistake.code) ? this.notes : this.mistakes;
    if (ofItsSort <= mostKept) this.kept.push(mistake);
  }

  /** @param column the row's column; of a Bundle, the path that it came from is told */
  at(row: Row, column: string, code: MistakeCode, args?: Record<string, string | number>): void {
    this.add({ ...placeOf(row, column), code, ...(args && { args }) });
  }

  count(kind: Kind, outcome: keyof Outcomes, rows = 1): void {
    const counts = (this.counts[kind] ??= { added: 0, changed: 0, same: 0, kept: 0, ignored: 0 });
    counts[outcome] += rows;
  }
}
