import type { Payer } from '#libs/calendars';
import type { Known, KnownCalendar } from '../known.js';
import type { RowReader } from '../row-reader.js';
import { oneOf, type Read } from '../rules/cells.js';
import { referred } from './match-row.js';

export const payerCell = (cell: string): Read<Payer> => oneOf(cell, ['state', 'paid'] as const);

/**
 * The calendar that a row means: by its key, or by practitioner, branch and payer. Who pays is never guessed: where both
 * pay, the row must say it, and what it says must be the calendar's (promise 7).
 */
export function calendarOfRow(row: RowReader, known: Known): KnownCalendar | undefined {
  const payer = row.optional('payer', payerCell);
  if (row.has('calendar')) {
    const calendar = known.calendars.ofKey(row.cell('calendar'));
    if (!calendar) return row.wrong('calendar', 'unknown-reference');
    if (payer !== undefined && payer !== calendar.payer) return row.wrong('payer', 'other-payer');
    return calendar;
  }
  if (!row.has('practitioner')) return row.wrong('calendar', 'required');
  const practitioner = referred(row, 'practitioner', known.practitioners);
  const branch = row.has('branch') ? referred(row, 'branch', known.branches) : undefined;
  if (!practitioner || (row.has('branch') && !branch) || row.isWrong) return undefined;
  const theirs = calendarsAt(known, practitioner.id, branch?.id);
  const paid = theirs.filter((each) => payer === undefined || each.payer === payer);
  const [first, second] = paid;
  if (!first)
    return row.wrong(
      theirs.length > 0 ? 'payer' : 'practitioner',
      theirs.length > 0 ? 'other-payer' : 'unknown-reference',
    );
  if (!second) return first;
  if (new Set(paid.map((each) => each.branchId)).size > 1) return row.wrong('branch', 'required');
  return row.wrong('payer', 'payer-needed');
}

export const calendarsAt = (known: Known, resourceId: string, branchId?: string): KnownCalendar[] =>
  (known.ofResource.get(resourceId) ?? []).filter((each) => branchId === undefined || each.branchId === branchId);
