import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/** The files of a picture, as their addresses name them. */
const columns = {
  '260.webp': 'small_webp',
  '260.jpg': 'small_jpeg',
  '520.webp': 'large_webp',
  '520.jpg': 'large_jpeg',
} as const;

export type PictureFileName = keyof typeof columns;

export const isPictureFileName = (name: string): name is PictureFileName => Object.hasOwn(columns, name);

/** One file of a picture. */
@Injectable()
export class PictureFile {
  constructor(private readonly database: Database) {}

  /** @param hash 32 hex digits @returns undefined when there is no such picture (any more) */
  async run(hash: string, name: PictureFileName): Promise<Buffer | undefined> {
    const [row] = await this.database.read<{ body: Buffer }>(
      `select ${columns[name]} as body from picture where hash = $1 limit 1`,
      [hash],
    );
    return row?.body;
  }
}

/** Which practitioners have a picture: ids to hashes. */
@Injectable()
export class PicturesOf {
  constructor(private readonly database: Database) {}

  async practitioners(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.read<{ id: string; hash: string }>(
      `select practitioner_id as id, hash from picture where practitioner_id = any ($1)`,
      [[...ids]],
    );
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  }
}
