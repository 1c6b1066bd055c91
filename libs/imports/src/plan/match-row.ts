import type { Things } from '../known.js';
import type { RowReader } from '../row-reader.js';
import { key as readKey } from '../rules/cells.js';

/** Keys that rows of one kind have had so far. */
export type SeenKeys = Map<string, number>;

/** The row's own key, unless it is missing, wrong, or was there before. */
export function ownKey(row: RowReader, seen: SeenKeys): string | undefined {
  const key = row.required('key', readKey);
  if (key === undefined) return undefined;
  const line = seen.get(key);
  if (line !== undefined) return row.wrong('key', 'key-twice', { line });
  seen.set(key, row.row.line);
  return key;
}

/** What a row refers to. Tells what is wrong with the reference; an empty one is a mistake. */
export function referred<T extends { id: string }>(row: RowReader, column: string, things: Things<T>): T | undefined {
  const reference = row.required(column, (cell) => ({ ok: true, value: cell }));
  if (reference === undefined) return undefined;
  const found = things.find(reference);
  if (found) return found;
  return row.wrong(column, found === null ? 'ambiguous-reference' : 'unknown-reference');
}

/**
 * Which columns of a row say something else than what stands. An empty cell says nothing. What an import may change and
 * what it may not are told apart by the caller.
 */
export function differing(
  row: RowReader,
  pairs: Readonly<Record<string, readonly [said: unknown, stands: unknown]>>,
): string[] {
  return Object.entries(pairs)
    .filter(([column, [said, stands]]) => row.has(column) && said !== undefined && said !== (stands ?? ''))
    .map(([column]) => column);
}
