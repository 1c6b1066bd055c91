// For tools that need the database for a while: yours, the one that `npm start` runs, or one started for the purpose.
import pg from 'pg';
import { build } from './build.mjs';
import { knownAddresses, startPostgres } from './postgres.mjs';
import { Sentence } from './sentence.mjs';
import { checkDatabase, checkEnvironment, dataDirOf, fillEnvironment } from './settings.mjs';

/**
 * Builds what is stale, finds or starts the database, does the work and leaves everything as it was.
 * @param {(variables: Record<string, string>) => Promise<void>} work gets the environment for the product
 */
export async function withDatabase(work) {
  const dataDir = dataDirOf(process.env);
  await build(console.log);
  const variables = fillEnvironment(process.env, dataDir);
  if (process.env.DATABASE_URL) {
    await checkDatabase(process.env.DATABASE_URL, 'DATABASE_URL');
    return run(variables, work);
  }
  const known = knownAddresses(dataDir);
  if (known && (await answers(known.ownerUrl))) return run(withAddresses(variables, known), work);

  const server = await startPostgres({
    dataDir,
    port: Number(process.env.DATABASE_PORT) || undefined,
    say: console.log,
  });
  try {
    await run(withAddresses(variables, server), work);
  } finally {
    await server.stop();
  }
}

/** The environment with both roles' addresses. */
export const withAddresses = (variables, { appUrl, ownerUrl }) => ({
  ...variables,
  DATABASE_URL: appUrl,
  DATABASE_OWNER_URL: ownerUrl,
  DATABASE_DIRECT_URL: appUrl,
});

async function run(variables, work) {
  await checkEnvironment(variables);
  // The work may read the environment through the product, which looks at the process's own.
  Object.assign(process.env, variables);
  await work(variables);
}

async function answers(address) {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error.code === '28P01')
      throw new Sentence('Another PostgreSQL uses the port of this folder; set DATABASE_PORT.', { cause: error });
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
