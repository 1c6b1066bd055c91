import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { blindIndex, CLOCK, type Clock, Database, describeError, log, Refusal } from '#libs/platform';
import { LRUCache } from 'lru-cache';

export interface Limit {
  /** What and whom: `search|192.0.2.7`. */
  key: string;
  seconds: number;
  limit: number;
}

const countHits = `
  insert into rate_limit (key_hash, window_start, count) values ($1, $2, $3)
  on conflict on constraint rate_limit_pkey do update set count = rate_limit.count + excluded.count
  returning count`;

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

/**
 * Counts of visits, shared by all processes in the table `rate_limit` and written outside any verb's transaction, so
 * that a refusal's rollback does not forget them. Windows are fixed: at the border a visitor may reach twice the limit.
 */
@Injectable()
export class RateLimits implements OnModuleDestroy {
  private readonly gathered = new LRUCache<string, Gathered>({ max: 20_000 });
  private timer: NodeJS.Timeout | undefined;

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
    const total = await this.add(blindIndex('rate', key), window, 1);
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

  /** Forgets windows that ended over an hour ago; called by the worker's round. */
  async forget(): Promise<void> {
    await this.database.read('delete from rate_limit where window_start < $1', [
      this.clock.now().subtract({ hours: 2 }).toString(),
    ]);
  }

  private window(seconds: number): { window: number; left: number } {
    const now = this.clock.now().epochMilliseconds / 1000;
    const window = Math.floor(now / seconds) * seconds;
    return { window, left: Math.max(1, Math.ceil(window + seconds - now)) };
  }

  private async add(hash: Buffer, window: number, hits: number): Promise<number> {
    const at = Temporal.Instant.fromEpochMilliseconds(window * 1000).toString();
    const [row] = await this.database.read<{ count: number }>(countHits, [hash, at, hits]);
    return row?.count ?? hits;
  }

  private async tell(): Promise<void> {
    this.timer = undefined;
    for (const entry of [...this.gathered.values()].filter((each) => each.waiting > 0)) {
      const hits = entry.waiting;
      entry.waiting = 0;
      try {
        entry.known = await this.add(entry.hash, entry.window, hits);
      } catch (thrown) {
        // A search is answered while counting is not possible; the visits stay counted here.
        entry.waiting += hits;
        log.warn({ event: 'rate-limit-not-counted', ...describeError(thrown) });
        return;
      }
    }
  }
}
