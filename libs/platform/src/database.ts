import { createHash } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { Hints } from './hints.js';
import { Refusal } from './refusals.js';

/** The SQLSTATEs that contention shows as, named once. */
export const sqlState = {
  exclusionViolation: '23P01',
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  lockNotAvailable: '55P03',
  deadlock: '40P01',
  serialization: '40001',
  queryCancelled: '57014',
} as const;

interface DriverFault {
  code?: string;
  constraint?: string;
}

/** The database's own fault inside whatever was thrown, by TypeORM or by pg. */
export function faultOf(thrown: unknown): DriverFault {
  if (typeof thrown !== 'object' || thrown === null) return {};
  const inner = 'driverError' in thrown ? thrown.driverError : thrown;
  return typeof inner === 'object' && inner !== null ? inner : {};
}

/** The named constraint that a write ran into, if that is what happened. */
export const violated = (thrown: unknown): string | undefined => {
  const { code, constraint } = faultOf(thrown);
  return code?.startsWith('23') ? constraint : undefined;
};

/** One transaction. Statements are prepared once per connection and text, which saves their planning. */
export interface Tx {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Lets every process know, if this commits and only then, that time or visits of a resource changed. */
  hint(resourceId: string): void;
}

const names = new Map<string, string>();
const nameOf = (text: string): string => {
  let name = names.get(text);
  if (!name) names.set(text, (name = `p_${createHash('sha1').update(text).digest('base64url')}`));
  return name;
};

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '53300',
]);
/** Also a statement that PostgreSQL ended because it took too long: to whoever waits, that is the same. */
const isUnreachable = (thrown: unknown): boolean => {
  const code = faultOf(thrown).code;
  const message = thrown instanceof Error ? thrown.message : '';
  return (
    (code !== undefined && (unreachable.has(code) || code === sqlState.queryCancelled)) ||
    message.includes('Connection terminated') ||
    // Between two statements the connection breaks unasked; the next one is told only this.
    message.includes('is not queryable') ||
    message.includes('timeout exceeded when trying to connect')
  );
};

/** How often a transaction that lost a deadlock or a serialisation conflict is done again before it is answered `busy`. */
const attempts = 3;

/** PostgreSQL, as verbs and queries see it. */
@Injectable()
export class Database {
  /** `read`, for questions that are also asked within a transaction. */
  readonly reader: Pick<Tx, 'query'> = { query: (text, values) => this.read(text, values) };
  /** `readPlanned`, for the same. */
  readonly planned: Pick<Tx, 'query'> = { query: (text, values) => this.readPlanned(text, values) };

  constructor(
    @Inject(DataSource) readonly source: DataSource,
    @Optional() @Inject(Hints) private readonly hints?: Hints,
  ) {}

  /** TypeORM outside any transaction, for reads where rows are few. */
  get manager(): EntityManager {
    return this.source.manager;
  }

  private get pool(): Pool {
    const { driver } = this.source;
    if (!(driver instanceof PostgresDriver)) throw new Error('the database is not PostgreSQL');
    return driver.master as Pool;
  }

  /**
   * Reads rows outside any transaction, as a prepared statement. The text must be a constant: its values are parameters.
   * @throws Refusal `busy` when the database cannot be reached or takes too long
   */
  read<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.ask<Row>({ name: nameOf(text), text, values: [...values] });
  }

  /**
   * As `read`, but planned for these values: for searches in which most parameters are null. From the sixth time on
   * PostgreSQL would prefer one plan for all values, which for such a text reads every table row by row (measured on
   * 10,000 practitioners: 25 s instead of 0.3 s).
   */
  readPlanned<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.ask<Row>({ text, values: [...values] });
  }

  private async ask<Row>(question: { name?: string; text: string; values: unknown[] }): Promise<Row[]> {
    try {
      const { rows } = await this.pool.query(question);
      return rows as Row[];
    } catch (thrown) {
      if (isUnreachable(thrown)) throw new Refusal('busy', { retryAfterSeconds: 5 });
      throw thrown;
    }
  }

  /**
   * Runs `work` in one READ COMMITTED transaction. A lost deadlock or serialisation conflict is done again; a lock that
   * is not had within two seconds is answered `in-progress` (promise 4).
   * @throws Refusal `busy` when the database cannot be reached or the conflict does not end, and whatever `work` throws
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work);
      } catch (thrown) {
        const { code } = faultOf(thrown);
        if (code === sqlState.deadlock || code === sqlState.serialization) {
          if (attempt < attempts) continue;
          throw new Refusal('busy', { retryAfterSeconds: 1 });
        }
        if (code === sqlState.lockNotAvailable) throw new Refusal('in-progress', { retryAfterSeconds: 1 });
        if (isUnreachable(thrown)) throw new Refusal('busy', { retryAfterSeconds: 5 });
        throw thrown;
      }
    }
  }

  private async once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // A connection may break between two statements; without a listener that would end the process.
    const onBroken = (error: Error): void => void (broken = error);
    client.on('error', onBroken);
    const hinted = new Set<string>();
    try {
      // One round trip: on a busy machine each costs more than most statements.
      await client.query(`begin; set local lock_timeout = '2s'; set local statement_timeout = '20s'`);
      const result = await work({
        query: async <Row>(text: string, values: readonly unknown[] = []) => {
          const { rows } = await client.query({ name: nameOf(text), text, values: [...values] });
          return rows as Row[];
        },
        hint: (resourceId) => void hinted.add(resourceId),
      });
      await client.query('commit');
      this.hints?.give(hinted);
      return result;
    } catch (thrown) {
      // A broken connection cannot roll back; PostgreSQL did so when it lost the client. It leaves the pool.
      await client.query('rollback').catch((failed: Error) => (broken = failed));
      throw thrown;
    } finally {
      client.off('error', onBroken);
      client.release(broken);
    }
  }
}
