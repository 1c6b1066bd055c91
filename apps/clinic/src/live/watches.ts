import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { VersionsOfDays, type WatchedDays } from '#libs/appointments';
import { describeError, type Hint, Hints, log } from '#libs/platform';

type Listener = (version: string) => void;

interface Watch {
  days: WatchedDays;
  listeners: Set<Listener>;
  /** Not known until the first look. */
  version: string | undefined;
  resourceIds: ReadonlySet<string>;
}

/** How often everything that is watched is looked at, whether or not somebody hinted (decision 9). */
const roundMilliseconds = 1_000;
/** After a hint at once, and in a rush no more often than this. */
const gapMilliseconds = 100;

/**
 * Days that somebody in this process has open. However many look at the same, it is asked for once each second, all days
 * in one statement, and between that when a hint says that a branch's time changed.
 */
@Injectable()
export class Watches implements OnModuleDestroy {
  private readonly watches = new Map<string, Watch>();
  private readonly due = new Set<Watch>();
  private unsubscribe: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isLost = false;
  private lookedAt = 0;
  private roundAt = 0;

  constructor(
    private readonly versions: VersionsOfDays,
    private readonly hints: Hints,
  ) {}

  /**
   * Tells `listener` the days' version, soon and whenever it is another.
   * @returns ends it
   */
  watch(days: WatchedDays, listener: Listener): () => void {
    const key = [days.branchId, days.first.toString(), days.last.toString()].join(' ');
    const watch = this.watches.get(key) ?? { days, listeners: new Set(), version: undefined, resourceIds: new Set() };
    this.watches.set(key, watch);
    watch.listeners.add(listener);
    this.unsubscribe ??= this.hints.subscribe((hint) => this.hear(hint));
    if (watch.version === undefined) this.lookSoon([watch]);
    else listener(watch.version);
    return () => {
      watch.listeners.delete(listener);
      if (watch.listeners.size > 0 || this.watches.get(key) !== watch) return;
      this.watches.delete(key);
      this.due.delete(watch);
    };
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.unsubscribe?.();
    this.watches.clear();
  }

  private hear(hint: Hint): void {
    const touched = [...this.watches.values()].filter(
      ({ resourceIds }) => hint === 'all' || [...hint].some((id) => resourceIds.has(id)),
    );
    if (touched.length > 0) this.lookSoon(touched);
  }

  private lookSoon(watches: readonly Watch[]): void {
    for (const watch of watches) this.due.add(watch);
    // A look that is on its way may have begun before the change: another follows it.
    if (!this.isLooking) this.lookIn(Math.max(0, this.lookedAt + gapMilliseconds - performance.now()));
  }

  private lookIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), milliseconds);
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    this.lookedAt = performance.now();
    const isRound = this.lookedAt >= this.roundAt;
    if (isRound) this.roundAt = this.lookedAt + roundMilliseconds;
    const watches = isRound ? [...this.watches.values()] : [...this.due];
    this.due.clear();
    try {
      const found = await this.versions.run(watches.map(({ days }) => days));
      watches.forEach((watch, n) => this.tell(watch, found[n]));
      this.isLost = false;
    } catch (thrown) {
      // Each stream finds out by itself when it next asks for its session, and ends; the next round asks again.
      if (!this.isLost) log.warn({ event: 'calendar-not-watched', count: watches.length, ...describeError(thrown) });
      this.isLost = true;
    }
    this.isLooking = false;
    const next = this.due.size > 0 ? this.lookedAt + gapMilliseconds : this.roundAt;
    if (this.watches.size > 0) this.lookIn(Math.max(0, next - performance.now()));
  }

  private tell(watch: Watch, found: { version: string; resourceIds: readonly string[] } | undefined): void {
    if (found === undefined) return;
    watch.resourceIds = new Set(found.resourceIds);
    if (found.version === watch.version) return;
    watch.version = found.version;
    for (const listener of watch.listeners) listener(found.version);
  }
}
