import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import { storeFile } from './stored-files.js';

/** Bytes of all files of an import, and how many there are: 50,000 appointments with their patients need half of it. */
export const mostBytes = 100 * 1024 * 1024;
export const mostFiles = 12;

/**
 * Takes a file into an import as it comes, without holding it in memory. A file that could not be received whole is gone.
 * Refusals: `not-found` another clinic's import, `not-allowed`, `wrong-state` it is being checked, `too-large`.
 */
@Injectable()
export class AddFile {
  constructor(private readonly database: Database) {}

  /** @param name as the sender's machine called it; shown again, and used for nothing else */
  async run({
    actor,
    importId,
    name,
    stream,
  }: {
    actor: Actor;
    importId: string;
    name: string;
    stream: AsyncIterable<Buffer>;
  }): Promise<{ bytes: number }> {
    const [run] = await this.database.read<{ clinicId: string; state: string; files: number; bytes: number }>(
      `select r.clinic_id as "clinicId", r.state, count(f.id)::integer as files, coalesce(sum(f.bytes), 0)::integer as bytes
         from import_run r left join import_file f on f.import_id = r.id where r.id = $1 group by r.id`,
      [importId],
    );
    if (!run) throw new Refusal('not-found');
    requireStaff(actor, run.clinicId, 'profile.edit');
    if (run.state !== 'receiving') throw new Refusal('wrong-state');
    if (run.files >= mostFiles) throw new Refusal('too-large');
    const [file] = await this.database.read<{ id: string }>(
      `insert into import_file (clinic_id, import_id, position, name) values ($1, $2, $3, $4)
       on conflict on constraint import_file_once do nothing returning id`,
      [run.clinicId, importId, run.files, fileName(name)],
    );
    if (!file) throw new Refusal('in-progress', { retryAfterSeconds: 1 });
    try {
      return { bytes: await storeFile(this.database, file.id, atMost(stream, mostBytes - run.bytes)) };
    } catch (thrown) {
      await this.database.read(`delete from import_file where id = $1`, [file.id]).catch(() => undefined);
      throw thrown;
    }
  }
}

/** Names may hold anything: what cannot be kept or would turn text around is left out. */
const fileName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/^.*[/\\]/, '')
    .slice(0, 200)
    .trim() || 'file';

async function* atMost(stream: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    if (bytes > most) throw new Refusal('too-large');
    yield piece;
  }
}
