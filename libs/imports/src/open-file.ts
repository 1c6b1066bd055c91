import type { Tx } from '#libs/platform';
import { kindOfHeader, tables, type Kind } from './rules/kinds.js';
import type { Mistake, MistakeCode } from './rules/mistake.js';
import { type Delimiter, delimiterOf, isBaltic, shapeOf } from './rules/text-shape.js';
import { readFile } from './stored-files.js';

/** A sent file that turned out to be something that can be brought in. */
export type OpenedFile =
  | { format: 'bundle'; id: string; position: number }
  | {
      format: 'table';
      id: string;
      position: number;
      kind: Kind;
      columns: string[];
      delimiter: Delimiter;
      encoding: 'utf-8' | 'windows-1257';
    };

/** As long as a header can be. */
const headBytes = 64 * 1024;

/**
 * Finds out what a file is, by what is in it and not by its name. @returns the file, and what is to be said of it
 */
export async function openFile(
  reader: Pick<Tx, 'query'>,
  { id, position }: { id: string; position: number },
): Promise<{ file?: OpenedFile; mistakes: Mistake[] }> {
  const say = (code: MistakeCode, place = '', args?: Mistake['args']): Mistake => ({
    file: position,
    line: 1,
    place,
    code,
    ...(args && { args }),
  });
  const first = await readFile(reader, id).next();
  const head = (first.value ?? Buffer.alloc(0)).subarray(0, headBytes);
  switch (shapeOf(head)) {
    case 'empty':
      return { mistakes: [say('file-empty')] };
    case 'spreadsheet':
      return { mistakes: [say('file-spreadsheet')] };
    case 'html':
      return { mistakes: [say('file-html')] };
    case 'binary':
      return { mistakes: [say('file-binary')] };
    case 'utf-16':
      return { mistakes: [say('file-encoding')] };
    case 'json':
      return { file: { format: 'bundle', id, position }, mistakes: [] };
    case 'table':
  }
  const encoding = await encodingOf(reader, id);
  if (encoding === null) return { mistakes: [say('file-encoding')] };
  const header = new TextDecoder(encoding).decode(head).split(/\r\n|\n|\r/)[0] ?? '';
  const delimiter = delimiterOf(header);
  const columns = header.split(delimiter).map(columnName);
  const kind = kindOfHeader(columns);
  if (kind === null) return { mistakes: [say('file-unknown')] };
  const known = new Set(tables[kind].columns);
  const mistakes = columns.flatMap((column, index) => {
    if (column === '') return [];
    if (!known.has(column)) return [say('column-unknown', column.slice(0, 60))];
    return columns.indexOf(column) < index ? [say('column-twice', column)] : [];
  });
  if (encoding === 'windows-1257') mistakes.push(say('encoding-1257'));
  return { file: { format: 'table', id, position, kind, columns, delimiter, encoding }, mistakes };
}

const columnName = (cell: string): string =>
  cell
    .replace(/^"|"$/g, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** UTF-8 when every byte is; else windows-1257 when that makes letters of our languages; else null. */
async function encodingOf(reader: Pick<Tx, 'query'>, fileId: string): Promise<'utf-8' | 'windows-1257' | null> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of readFile(reader, fileId)) strict.decode(piece, { stream: true });
    strict.decode();
    return 'utf-8';
  } catch {
    const regional = new TextDecoder('windows-1257');
    for await (const piece of readFile(reader, fileId)) {
      if (!isBaltic(regional.decode(piece, { stream: true }))) return null;
    }
    return 'windows-1257';
  }
}
