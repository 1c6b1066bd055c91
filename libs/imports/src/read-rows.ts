import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Tx } from '#libs/platform';
import type { OpenedFile } from './open-file.js';
import { BrokenBundle, EntryReader } from './rules/entries.js';
import type { Mistake, MistakeCode, Row } from './rules/mistake.js';
import { readFile } from './stored-files.js';

type Reader = Pick<Tx, 'query'>;
type TableFile = Extract<OpenedFile, { format: 'table' }>;

/** A row of a table is no novel; what is longer has lost a quote. */
const longestLine = 64 * 1024;

export const isMistake = (found: object): found is Mistake => 'code' in found;

const csvCodes: Readonly<Record<string, MistakeCode>> = {
  CSV_MAX_RECORD_SIZE: 'line-too-long',
  CSV_QUOTE_NOT_CLOSED: 'line-quotes',
  INVALID_OPENING_QUOTE: 'line-quotes',
  CSV_INVALID_CLOSING_QUOTE: 'line-quotes',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'line-quotes',
};

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** The rows of a table as they stand, with the lines that they begin at. After a broken quote nothing can be read. */
export async function* rowsOfTable(reader: Reader, file: TableFile): AsyncGenerator<Row | Mistake, void, undefined> {
  const parser = parse({
    delimiter: file.delimiter,
    info: true,
    max_record_size: longestLine,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const source = Readable.from(decoded(reader, file));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  const { position, columns } = file;
  let line = 0;
  let isFirst = true;
  let hasRows = false;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const lines = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      line = info.lines - lines;
      if (isFirst) {
        isFirst = false;
        continue;
      }
      if (record.every((cell) => cell === '')) continue;
      hasRows = true;
      if (record.length !== columns.length) {
        const args = { wanted: columns.length, found: record.length };
        yield { file: position, line, place: '', code: 'line-cells', args };
        continue;
      }
      const cells: Record<string, string> = {};
      for (const [index, column] of columns.entries()) cells[column] = plain(record[index] ?? '');
      yield { file: position, line, cells };
    }
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    const at = typeof thrown['lines'] === 'number' ? thrown['lines'] : line + 1;
    yield { file: position, line: at, place: '', code: csvCodes[thrown.code] ?? 'line-quotes' };
    return;
  } finally {
    source.destroy();
  }
  if (!hasRows) yield { file: position, line: 1, place: '', code: 'file-no-rows' };
}

/** As it was before a spreadsheet was kept from taking it for a formula. */
const plain = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '').normalize('NFC');

async function* decoded(reader: Reader, file: TableFile): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(file.encoding);
  for await (const piece of readFile(reader, file.id)) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

export interface BundleEntry {
  index: number;
  entry: unknown;
}

const bundleTypes = ['collection', 'transaction', 'batch'];

/** The entries of a Bundle, counted from 0. @param isFirstTime whether to say what is wrong with the Bundle as a whole */
export async function* entriesOfBundle(
  reader: Reader,
  file: { id: string; position: number },
  isFirstTime: boolean,
): AsyncGenerator<BundleEntry | Mistake, void, undefined> {
  const entries = new EntryReader();
  let index = 0;
  const say = (code: MistakeCode, place: string): Mistake => ({ file: file.position, line: index, place, code });
  try {
    for await (const piece of readFile(reader, file.id)) {
      for (const text of entries.feed(piece)) {
        yield { index, entry: JSON.parse(text) as unknown };
        index += 1;
      }
    }
    entries.end();
  } catch (thrown) {
    if (!(thrown instanceof BrokenBundle) && !(thrown instanceof SyntaxError)) throw thrown;
    const isTooLong = thrown instanceof BrokenBundle && thrown.reason === 'too-long';
    if (isFirstTime) yield say(isTooLong ? 'line-too-long' : 'file-json', 'Bundle.entry');
    return;
  }
  if (!isFirstTime) return;
  if (entries.members.get('resourceType') !== 'Bundle') yield say('file-not-bundle', 'resourceType');
  else if (!bundleTypes.includes(entries.members.get('type') ?? '')) yield say('file-bundle-type', 'Bundle.type');
  else if (index === 0) yield say('file-no-rows', 'Bundle.entry');
}
