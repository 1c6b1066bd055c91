import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { environment } from './environment.js';
import { HintConnection } from './hint-connection.js';
import { describeError, log } from './log.js';
import { type Hint, hintPayload } from './rules/hint-payload.js';

/** The channel of the hints. */
export const hintChannel = 'pieraksts_hints';

/** For so long hints are gathered, so that a rush of bookings is one notification. */
const gatherMilliseconds = 50;

/**
 * Says to every process which resources' time has just changed, after the commit and never inside it: a NOTIFY in a
 * verb's transaction would let commits wait for each other. At most one is on its way, with all that happened in 50 ms.
 * A hint is not a promise: it may be lost with a connection or a process, so that whoever listens also looks by itself.
 */
@Injectable()
export class Hints implements OnApplicationShutdown {
  private readonly waiting = new Set<string>();
  private readonly listeners = new Set<(hint: Hint) => void>();
  private timer: NodeJS.Timeout | undefined;
  private connection: HintConnection | undefined;

  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** Takes what a committed transaction changed, and returns at once. */
  give(resourceIds: Iterable<string>): void {
    for (const id of resourceIds) this.waiting.add(id);
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => void this.send(), gatherMilliseconds).unref();
  }

  /**
   * Hears the hints of all processes, its own too, from now on. `all`: something may have been missed, as after the
   * connection was lost. The first listener opens this process's one LISTEN connection.
   * @returns ends it
   */
  subscribe(listener: (hint: Hint) => void): () => void {
    this.listeners.add(listener);
    this.connection ??= this.listen();
    return () => void this.listeners.delete(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.connection?.close();
  }

  private listen(): HintConnection {
    const { databaseDirectUrl, databaseUrl } = environment();
    return new HintConnection(databaseDirectUrl ?? databaseUrl, hintChannel, (hint) => {
      for (const listener of this.listeners) listener(hint);
    });
  }

  private async send(): Promise<void> {
    const ids = new Set(this.waiting);
    this.waiting.clear();
    try {
      await this.source.query('select pg_notify($1, $2)', [hintChannel, hintPayload(ids)]);
    } catch (thrown) {
      log.warn({ event: 'hint-not-sent', count: ids.size, ...describeError(thrown) });
    }
    this.timer = undefined;
    this.give([]);
  }
}
