// The two databases that are measured: made once and kept in .cache/bench, because the large one takes minutes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { compiled, root } from '../tools/files.mjs';
import { migrateDatabase } from '../tools/migrations.mjs';
import { startPostgres } from '../tools/postgres.mjs';
import { fillEnvironment } from '../tools/settings.mjs';
import { withAddresses } from '../tools/with-database.mjs';

export const sizes = {
  large: { practitioners: 10_000, appointments: 2_000_000 },
  small: { practitioners: 100, appointments: 20_000 },
  // Gets one very full day besides, for the staff's calendar.
  day: { practitioners: 50, appointments: 5_000 },
  letters: { practitioners: 120, appointments: 30_000 },
};

/** What the schema was made from: a database of another schema is made anew. */
export function schemaMark() {
  const hash = createHash('sha256');
  const folder = join(root, 'migrations');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const file of files.sort()) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/** Starts a database of a size with its data, and answers the product's environment for it. */
export async function openDatabase(name, say) {
  const dataDir = join(root, '.cache', 'bench', name);
  const seeded = join(dataDir, 'seeded.json');
  const wanted = JSON.stringify({ ...sizes[name], schema: schemaMark() });
  if (!existsSync(seeded) || readFileSync(seeded, 'utf8') !== wanted) rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const server = await startPostgres({ dataDir, say });
  try {
    const variables = withAddresses(
      fillEnvironment({ ...process.env, LOG_LEVEL: 'error', TRUSTED_PROXIES: 'loopback', SMTP_URL: '' }, dataDir),
      server,
    );
    Object.assign(process.env, variables);
    if (!existsSync(seeded)) {
      const { seedDemo } = await compiled('tools', 'seed', 'main.js');
      await migrateDatabase({ appUrl: variables.DATABASE_URL, ownerUrl: variables.DATABASE_OWNER_URL });
      await seedDemo({ ...sizes[name], databaseUrl: variables.DATABASE_OWNER_URL, say });
      const client = new pg.Client(variables.DATABASE_OWNER_URL);
      await client.connect();
      await client.query('vacuum analyze');
      await client.end();
      writeFileSync(seeded, wanted);
    }
    return { variables, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
