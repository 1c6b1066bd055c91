import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Organizer } from '../invitation/invitation.js';
import { compose } from './compose.js';
import { DeliveryFailure, type LetterTransport, type OutgoingLetter } from './outgoing-letter.js';

/** Letters as files, for a dry run: one `.eml` for each Message-ID, so that a letter that is sent again replaces itself. */
export class FileTransport implements LetterTransport {
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(private readonly settings: { folder: string; from: Organizer }) {}

  async send(letter: OutgoingLetter): Promise<null> {
    const { message } = await this.composer.sendMail(compose(letter, this.settings.from));
    const name = createHash('sha256').update(letter.messageId).digest('hex').slice(0, 32);
    const file = join(this.settings.folder, `${name}.eml`);
    try {
      await mkdir(this.settings.folder, { recursive: true, mode: 0o700 });
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
      return null;
    } catch (thrown) {
      throw new DeliveryFailure('our-fault', false, null, thrown);
    }
  }

  async close(): Promise<void> {
    this.composer.close();
  }
}
