// The two databases that are measured: made once and kept in .cache/bench, because the large one takes minutes.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { root } from '../tools/files.mjs';
import { migrateDatabase } from '../tools/migrations.mjs';
import { startPostgres } from '../tools/postgres.mjs';
import { fillEnvironment } from '../tools/settings.mjs';
import { withAddresses } from '../tools/with-database.mjs';

export const sizes = {
  large: { practitioners: 10_000, appointments: 2_000_000 },
  small: { practitioners: 100, appointments: 20_000 },
};

/** Starts a database of a size with its data, and answers the product's environment for it. */
export async function openDatabase(name, say) {
  const dataDir = join(root, '.cache', 'bench', name);
  mkdirSync(dataDir, { recursive: true });
  const server = await startPostgres({ dataDir, say });
  try {
    // The clock is what it was when the data were made: their free times are ahead of it.
    const seeded = join(dataDir, 'seeded.json');
    const variables = withAddresses(
      fillEnvironment({ ...process.env, LOG_LEVEL: 'error', TRUSTED_PROXIES: 'loopback', SMTP_URL: '' }, dataDir),
      server,
    );
    Object.assign(process.env, variables);
    if (!existsSync(seeded)) {
      const { seedDemo } = await import('../dist/tools/seed/main.js');
      await migrateDatabase({ appUrl: variables.DATABASE_URL, ownerUrl: variables.DATABASE_OWNER_URL });
      await seedDemo({ ...sizes[name], databaseUrl: variables.DATABASE_OWNER_URL, say });
      const client = new pg.Client(variables.DATABASE_OWNER_URL);
      await client.connect();
      await client.query('vacuum analyze');
      await client.end();
      writeFileSync(seeded, JSON.stringify(sizes[name]));
    }
    return { variables, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
