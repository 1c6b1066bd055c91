import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { faultOf, sqlState } from './database.js';
import { newDataSource } from './data-source.js';
import { environment } from './environment.js';

/** What happened to somebody who asked for a turn. */
export type Turn<T> = { isTaken: true; result: T } | { isTaken: false };

/** Most turns at once in one process. */
const poolSizes = { patient: 16, prompt: 8 } as const;

/**
 * One at a time, across processes and without a transaction: for work that takes its time, such as talking to a mail
 * server. A turn is a session-level advisory lock past any pooler (DATABASE_DIRECT_URL); a process that dies gives its
 * turns back with its connection.
 */
@Injectable()
export class Turns implements OnApplicationShutdown {
  /** Whoever waits for a turn may wait for a slow server as well; whoever does not must not wait for them. */
  private readonly sources: Record<keyof typeof poolSizes, Promise<DataSource> | undefined> = {
    patient: undefined,
    prompt: undefined,
  };

  /**
   * Does `work` when nobody else does what has the same name, or says that it was not its turn within `waitSeconds`.
   * @throws whatever `work` throws, and the database's faults
   */
  async take<T>(name: string, waitSeconds: number, work: () => Promise<T>): Promise<Turn<T>> {
    const source = await this.open(waitSeconds === 0 ? 'prompt' : 'patient');
    const runner = source.createQueryRunner();
    try {
      if (!(await this.lock((text, values) => runner.query(text, values), name, waitSeconds)))
        return { isTaken: false };
      try {
        return { isTaken: true, result: await work() };
      } finally {
        await runner.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => undefined);
      }
    } finally {
      await runner.release();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    for (const source of Object.values(this.sources)) await (await source)?.destroy();
  }

  private open(kind: keyof typeof poolSizes): Promise<DataSource> {
    const { databaseDirectUrl, databaseUrl } = environment();
    const url = databaseDirectUrl ?? databaseUrl;
    return (this.sources[kind] ??= newDataSource({ url, poolSize: poolSizes[kind], name: `pieraksts-turns-${kind}` })
      .initialize()
      .catch((thrown: unknown) => {
        this.sources[kind] = undefined;
        throw thrown;
      }));
  }

  private async lock(
    query: (text: string, values?: unknown[]) => Promise<unknown>,
    name: string,
    waitSeconds: number,
  ): Promise<boolean> {
    if (waitSeconds === 0) {
      const rows = await query('select pg_try_advisory_lock(hashtextextended($1, 0)) as mine', [name]);
      return Array.isArray(rows) && (rows[0] as { mine: boolean } | undefined)?.mine === true;
    }
    try {
      await query(`select set_config('lock_timeout', $1, false)`, [`${waitSeconds}s`]);
      await query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
      return true;
    } catch (thrown) {
      if (faultOf(thrown).code === sqlState.lockNotAvailable) return false;
      throw thrown;
    }
  }
}
