import { setTimeout as sleep } from 'node:timers/promises';
import type { Letter, Portal } from './portal.js';

/** The letters of one address, read one after another as they come. */
export class MailOf {
  private readonly seen = new Set<string>();

  constructor(
    private readonly portal: Portal,
    readonly address: string,
  ) {}

  /**
   * The oldest letter that was not read yet; waits up to 60 s for it.
   * @throws Error when none comes
   */
  async next(what: string): Promise<Letter> {
    for (let waited = 0; waited < 60_000; waited += 100) {
      const letter = (await this.portal.letters(this.address)).find(({ id }) => !this.seen.has(id));
      if (letter) {
        this.seen.add(letter.id);
        return letter;
      }
      await sleep(100);
    }
    throw new Error(`No letter "${what}" came to ${this.address}.`);
  }

  /** The six-digit code of the next letter. */
  async code(): Promise<{ letter: Letter; code: string }> {
    const letter = await this.next('code');
    const code = /\b(\d{3})[\s\u00a0]?(\d{3})\b/.exec(letter.text);
    if (!code) throw new Error(`No code in the letter "${letter.subject}".`);
    return { letter, code: `${code[1]}${code[2]}` };
  }
}
