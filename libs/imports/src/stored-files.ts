import { type Database, openBytes, sealBytes, type Tx } from '#libs/platform';
import { keepMemorySmall } from './keep-memory-small.js';

/** Small enough that a piece on its way, twice as long in the database's own writing, costs no memory to speak of. */
const pieceBytes = 64 * 1024;

/** After so many read pieces memory is looked after: 2 MB of a file. */
const breath = 32;

/**
 * Keeps a file as it comes in, in sealed pieces, none of which is in memory for long: it may hold a clinic's patients.
 * @returns how many bytes it had
 */
export async function storeFile(database: Database, fileId: string, stream: AsyncIterable<Buffer>): Promise<number> {
  let waiting: Buffer[] = [];
  let length = 0;
  let [position, bytes] = [0, 0];
  const keep = async (): Promise<void> => {
    if (length === 0) return;
    await database.read(`insert into import_chunk (file_id, position, sealed) values ($1, $2, $3)`, [
      fileId,
      position++,
      sealBytes(Buffer.concat(waiting)),
    ]);
    [waiting, length] = [[], 0];
  };
  for await (const piece of stream) {
    waiting.push(piece);
    length += piece.length;
    bytes += piece.length;
    if (length >= pieceBytes) await keep();
  }
  await keep();
  await database.read(`update import_file set bytes = $2 where id = $1`, [fileId, bytes]);
  return bytes;
}

/** A stored file from its beginning, piece by piece. */
export async function* readFile(reader: Pick<Tx, 'query'>, fileId: string): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; ; position++) {
    const [row] = await reader.query<{ sealed: Buffer }>(
      `select sealed from import_chunk where file_id = $1 and position = $2`,
      [fileId, position],
    );
    if (!row) return;
    if (position % breath === breath - 1) keepMemorySmall();
    yield openBytes(row.sealed);
  }
}

/** Deletes what was sent; what was said of it stays. */
export async function deleteFiles(tx: Pick<Tx, 'query'>, importId: string): Promise<void> {
  await tx.query(`delete from import_chunk c using import_file f where f.id = c.file_id and f.import_id = $1`, [
    importId,
  ]);
}
