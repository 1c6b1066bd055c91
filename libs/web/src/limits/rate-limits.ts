import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { blindIndex, CLOCK, type Clock, Database, describeError, log, Refusal } from '#libs/platform';
import { LRUCache } from 'lru-cache';

export interface Limit {
  /** What and whom: `search|192.0.2.7`. */
  key: string;
  seconds: number;
  limit: number;
}

/** Many keys in one statement, in one order everywhere, so that two processes cannot wait for each other. */
const countHits = `
  insert into rate_limit (key_hash, window_start, count)
  select * from unnest($1::bytea[], $2::timestamptz[], $3::int[]) as hits (key_hash, window_start, count)
   order by key_hash, window_start
  on conflict on constraint rate_limit_pkey do update set count = rate_limit.count + excluded.count
  returning key_hash, window_start, count`;

interface Hits {
  hash: Buffer;
  /** Start of the window, in seconds since 1970. */
  window: number;
  hits: number;
}

interface Gathered {
  hash: Buffer;
  window: number;
  /** Hits that the database does not know yet. */
  waiting: number;
  /** What the database said last, all processes together. */
  known: number;
}

/** How long hits are gathered before the database is told. */
const gatherMilliseconds = 250;
const sweepMinutes = 10;

const nameOf = (hash: Buffer, window: number): string => `${hash.toString('base64')} ${window}`;

/**
 * Counts of visits, shared by all processes in the table `rate_limit` and written outside any verb's transaction, so
 * that a refusal's rollback does not forget them. Windows are fixed: at the border a visitor may reach twice the limit.
 */
@Injectable()
export class RateLimits implements OnModuleDestroy {
  private readonly gathered = new LRUCache<string, Gathered>({ max: 20_000 });
  private timer: NodeJS.Timeout | undefined;
  private swept: Temporal.Instant | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  /** Counts one visit now. @throws Refusal `too-many` with the seconds to wait */
  async count({ key, seconds, limit }: Limit): Promise<void> {
    const { window, left } = this.window(seconds);
    const hash = blindIndex('rate', key);
    const total = (await this.add([{ hash, window, hits: 1 }])).get(nameOf(hash, window)) ?? 1;
    if (total > limit) throw new Refusal('too-many', { retryAfterSeconds: left });
  }

  /** Counts one visit, telling the database a little later. @throws Refusal `too-many` with the seconds to wait */
  gather({ key, seconds, limit }: Limit): void {
    const { window, left } = this.window(seconds);
    let entry = this.gathered.get(key);
    if (entry?.window !== window) {
      entry = { hash: entry?.hash ?? blindIndex('rate', key), window, waiting: 0, known: 0 };
      this.gathered.set(key, entry);
    }
    entry.waiting++;
    this.timer ??= setTimeout(() => void this.tell(), gatherMilliseconds).unref();
    if (entry.known + entry.waiting > limit) throw new Refusal('too-many', { retryAfterSeconds: left });
  }

  private window(seconds: number): { window: number; left: number } {
    const now = this.clock.now().epochMilliseconds / 1000;
    const window = Math.floor(now / seconds) * seconds;
    return { window, left: Math.max(1, Math.ceil(window + seconds - now)) };
  }

  /** Adds to the counts; the totals come back by key and window. */
  private async add(hits: readonly Hits[]): Promise<Map<string, number>> {
    const rows = await this.database.read<{ key_hash: Buffer; window_start: Date; count: number }>(countHits, [
      hits.map(({ hash }) => hash),
      hits.map(({ window }) => Temporal.Instant.fromEpochMilliseconds(window * 1000).toString()),
      hits.map((each) => each.hits),
    ]);
    this.sweepSometimes();
    return new Map(rows.map((row) => [nameOf(row.key_hash, row.window_start.getTime() / 1000), row.count]));
  }

  private async tell(): Promise<void> {
    this.timer = undefined;
    const waiting = [...this.gathered.values()].filter((each) => each.waiting > 0);
    const hits = waiting.map(({ hash, window, waiting: count }) => ({ hash, window, hits: count }));
    for (const entry of waiting) entry.waiting = 0;
    try {
      const totals = await this.add(hits);
      for (const entry of waiting) entry.known = totals.get(nameOf(entry.hash, entry.window)) ?? entry.known;
    } catch (thrown) {
      // A search is answered while counting is not possible; the visits stay counted here.
      waiting.forEach((entry, at) => (entry.waiting += hits[at]?.hits ?? 0));
      log.warn({ event: 'rate-limit-not-counted', ...describeError(thrown) });
    }
  }

  /** Windows that ended are of no use: every process forgets them now and then. */
  private sweepSometimes(): void {
    const now = this.clock.now();
    if (this.swept !== undefined && now.since(this.swept).total('minutes') < sweepMinutes) return;
    this.swept = now;
    const before = now.subtract({ hours: 2 }).toString();
    this.database
      .read('delete from rate_limit where window_start < $1', [before])
      .catch((thrown: unknown) => log.warn({ event: 'rate-limit-not-swept', ...describeError(thrown) }));
  }
}
