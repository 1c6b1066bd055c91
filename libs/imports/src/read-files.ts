import type { Tx } from '#libs/platform';
import type { Known } from './known.js';
import type { Findings } from './mistakes.js';
import { openFile, type OpenedFile } from './open-file.js';
import { entriesOfBundle, isMistake, rowsOfTable } from './read-rows.js';
import { BundleRows } from './rules/fhir-rows.js';
import type { SmallKind } from './rules/kinds.js';
import type { Row } from './rules/mistake.js';

/** More rows of a kind than any clinic has: somebody sent another table. */
const mostSmallRows = 20_000;
export const mostAppointments = 200_000;

type Reader = Pick<Tx, 'query'>;

/** The files of an import, read as far as their few rows go; appointments are read from here, one by one, later. */
export interface ReadFiles {
  small: Map<SmallKind, Row[]>;
  /** The appointments of all files; what cannot be read is told. */
  appointments(): AsyncGenerator<Row, void, undefined>;
  isBundle(file: number): boolean;
}

/**
 * Opens the files of an import and reads all that are few. What is wrong with a file or a line is told; the rest is read.
 */
export async function readFiles(
  reader: Reader,
  files: readonly { id: string; position: number }[],
  known: Pick<Known, 'country'>,
  findings: Findings,
): Promise<ReadFiles> {
  const small = new Map<SmallKind, Row[]>();
  const bundles = new Map<number, BundleRows>();
  const opened: OpenedFile[] = [];
  const add = (kind: SmallKind, row: Row): void => {
    const rows = small.get(kind) ?? [];
    small.set(kind, rows);
    if (rows.push(row) === mostSmallRows)
      findings.add({
        file: row.file,
        line: row.line,
        place: '',
        code: 'file-too-many-rows',
        args: { most: mostSmallRows },
      });
  };
  for (const each of files) {
    const { file, mistakes } = await openFile(reader, each);
    for (const mistake of mistakes) findings.add(mistake);
    if (!file) continue;
    opened.push(file);
    if (file.format === 'bundle') {
      const bundle = new BundleRows(file.position, known.country);
      bundles.set(file.position, bundle);
      for await (const found of entriesOfBundle(reader, file, true)) {
        if (isMistake(found)) findings.add(found);
        else bundle.learn(found.entry, found.index);
      }
      for (const [kind, row] of bundle.small()) add(kind, row);
    } else if (file.kind !== 'appointment') {
      for await (const found of rowsOfTable(reader, file)) {
        if (isMistake(found)) findings.add(found);
        else if ((small.get(file.kind)?.length ?? 0) < mostSmallRows) add(file.kind, found);
      }
    }
  }
  return {
    small,
    isBundle: (file) => bundles.has(file),
    async *appointments() {
      for (const file of opened) {
        const bundle = bundles.get(file.position);
        if (file.format === 'bundle' && bundle) yield* ofBundle(reader, file, bundle, findings);
        if (file.format === 'table' && file.kind === 'appointment') {
          for await (const found of rowsOfTable(reader, file)) {
            if (isMistake(found)) findings.add(found);
            else yield found;
          }
        }
      }
    },
  };
}

async function* ofBundle(
  reader: Reader,
  file: { id: string; position: number },
  bundle: BundleRows,
  findings: Findings,
): AsyncGenerator<Row, void, undefined> {
  for await (const found of entriesOfBundle(reader, file, false)) {
    if (isMistake(found)) continue;
    const row = bundle.appointment(found.entry, found.index);
    if (row === 'ignored') findings.count('appointment', 'ignored');
    else if (row) yield row;
  }
}
