import { randomBytes } from 'node:crypto';
import type { TestDatabase } from './database.js';

let made = 0;

/** Different each time, and readable in a failure. */
export const unique = (word: string): string => `${word}-${++made}-${randomBytes(3).toString('hex')}`;

/** For `created_at`: before anything that a story tells. */
export const longAgo = '2026-01-01T00:00:00Z';

/** Inserts as the owner and answers the id, where the table has one. */
export async function insert(database: TestDatabase, table: string, row: Record<string, unknown>): Promise<string> {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  const names = given.map(([name]) => name).join(', ');
  const places = given.map((_, index) => `$${index + 1}`).join(', ');
  const values = given.map(([, value]) => value);
  const [saved] = await database.sql<{ id: string }>(
    `insert into ${table} as t (${names}) values (${places}) returning to_jsonb(t) ->> 'id' as id`,
    values,
  );
  return saved?.id ?? '';
}
