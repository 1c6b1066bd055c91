import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface LetterSummary {
  id: string;
  /** Who it was delivered to, as the envelope says; several are parted by ", ". */
  to: string;
  from: string;
  subject: string;
  /** RFC 3339. */
  receivedAt: string;
  kind: 'mail' | 'sms';
}

/** The letters that arrived, the newest `limit` of them; in files when there is a folder, so that a restart keeps them. */
export class LetterStore {
  private readonly summaries = new Map<string, LetterSummary>();
  private readonly sources = new Map<string, Buffer>();

  private constructor(
    private readonly folder: string | undefined,
    private readonly limit: number,
    private readonly now: () => Temporal.Instant,
  ) {}

  static async open(settings: { folder?: string; limit: number; now: () => Temporal.Instant }): Promise<LetterStore> {
    const store = new LetterStore(settings.folder, settings.limit, settings.now);
    if (settings.folder) await store.load(settings.folder);
    return store;
  }

  /** Keeps a letter and answers its id; ids rise with the time of arrival. */
  async add(letter: Omit<LetterSummary, 'id' | 'receivedAt'>, source: Buffer): Promise<string> {
    const moment = this.now();
    const id = `${moment.epochMilliseconds.toString(36).padStart(9, '0')}${randomBytes(5).toString('hex')}`;
    const summary = { id, ...letter, receivedAt: moment.toString({ smallestUnit: 'millisecond' }) };
    if (this.folder) {
      const file = join(this.folder, id);
      await writeFile(`${file}.source`, source, { mode: 0o600 });
      await writeFile(`${file}.new`, JSON.stringify(summary), { mode: 0o600 });
      await rename(`${file}.new`, `${file}.json`);
    } else {
      this.sources.set(id, source);
    }
    this.summaries.set(id, summary);
    const [oldest] = this.summaries.keys();
    if (this.summaries.size > this.limit && oldest) await this.remove(oldest);
    return id;
  }

  /** Newest first; only those to an address when one is given, whatever its case. */
  list(to?: string): LetterSummary[] {
    const wanted = to?.trim().toLowerCase();
    const all = [...this.summaries.values()].reverse();
    return wanted ? all.filter((letter) => letter.to.toLowerCase().split(', ').includes(wanted)) : all;
  }

  find(id: string): LetterSummary | undefined {
    return this.summaries.get(id);
  }

  /** The letter as it came, byte for byte. */
  async source(id: string): Promise<Buffer | undefined> {
    if (!this.summaries.has(id)) return undefined;
    return this.folder ? readFile(join(this.folder, `${id}.source`)).catch(() => undefined) : this.sources.get(id);
  }

  async clear(): Promise<void> {
    for (const id of this.summaries.keys()) await this.remove(id);
  }

  private async remove(id: string): Promise<void> {
    this.summaries.delete(id);
    this.sources.delete(id);
    if (!this.folder) return;
    for (const ending of ['json', 'source']) await rm(join(this.folder, `${id}.${ending}`), { force: true });
  }

  private async load(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
    for (const name of files) {
      try {
        const summary = JSON.parse(await readFile(join(folder, name), 'utf8')) as LetterSummary;
        this.summaries.set(summary.id, summary);
      } catch {
        // Cut short by a power failure: a letter of a demo, not worth refusing to start.
      }
    }
  }
}
