import { Injectable } from '@nestjs/common';
import { Database, type Language, Refusal } from '#libs/platform';

/** Where the short address in a message leads: to the page of its appointment, which asks who is there. */
@Injectable()
export class PageOfReference {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-found` */
  async find(reference: string): Promise<{ id: string; language: Language }> {
    const [row] = /^[0-9A-HJKMNP-TV-Z]{16}$/.test(reference)
      ? await this.database.read<{ id: string; language: Language }>(
          `select id, language from appointment where reference = $1`,
          [reference],
        )
      : [];
    if (!row) throw new Refusal('not-found');
    return row;
  }
}
