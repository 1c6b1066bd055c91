import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

interface TestServer {
  port: number;
  superuserPassword: string;
  ownerPassword: string;
  appPassword: string;
  template: string;
  logFile: string;
}

/** A migrated database that belongs to one spec file. */
export interface TestDatabase {
  name: string;
  /** For the apps: may not change history or logs. */
  appUrl: string;
  /** For migrations, builders and looking behind the scenes. */
  ownerUrl: string;
  /** One statement as the owner; rows as objects, dates as text would be, see pg. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

function testServer(): TestServer {
  const described = process.env['TEST_POSTGRES'];
  if (!described) throw new Error('No test server: run through jest.config.mjs');
  return JSON.parse(described) as TestServer;
}

const address = (role: string, password: string, port: number, name: string): string =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${name}`;

async function asSuperuser(database: string, statements: readonly string[]): Promise<void> {
  const { port, superuserPassword } = testServer();
  const client = new pg.Client(address('postgres', superuserPassword, port, database));
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Makes a fresh database with the current schema and no rows, in about 0.1 s.
 * `migrated: false` gives an empty one, for tests of the migrations themselves.
 */
export async function testDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const server = testServer();
  const name = `t_${randomBytes(6).toString('hex')}`;
  const source = migrated ? `template ${server.template} strategy wal_log` : '';
  await asSuperuser('postgres', [`create database ${name} owner pieraksts_owner ${source}`]);
  if (!migrated) {
    const extensions = ['btree_gist', 'btree_gin', 'unaccent', 'pg_trgm', 'pgcrypto'];
    await asSuperuser(
      name,
      extensions.map((extension) => `create extension ${extension}`),
    );
  }
  const ownerUrl = address('pieraksts_owner', server.ownerPassword, server.port, name);
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  pool.on('error', () => undefined);
  return {
    name,
    ownerUrl,
    appUrl: address('pieraksts_app', server.appPassword, server.port, name),
    sql: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(text, [...values])).rows,
    async drop() {
      await pool.end();
      await asSuperuser('postgres', [`drop database if exists ${name} with (force)`]);
    },
  };
}

/** What PostgreSQL has said of a database since it was made: deadlocks and faults stand here. */
export const serverLog = ({ name }: Pick<TestDatabase, 'name'>): string =>
  readFileSync(testServer().logFile, 'utf8')
    .split('\n')
    .filter((line) => line.includes(` ${name} `))
    .join('\n');

/**
 * Lets two hundred who come at once wait for their turn at the twenty connections: an app answers `busy` after three
 * seconds, which on a busy machine would be some of them.
 */
export function queuePatiently({ driver }: DataSource): void {
  if (driver instanceof PostgresDriver) (driver.master as pg.Pool).options.connectionTimeoutMillis = 60_000;
}

/** The ten seconds pass in which staff may undo: letters that waited for them leave now. */
export const theTenSecondsPass = (database: TestDatabase) =>
  database.sql(`update jobs.job set start_after = now() where name = 'appointment-changed' and state = 'created'`);
