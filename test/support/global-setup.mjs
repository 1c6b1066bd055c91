// One PostgreSQL for a whole run, with a migrated database that every spec file copies.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { root } from '../../tools/files.mjs';
import { chromiumArguments, chromiumPath } from '../../tools/chromium.mjs';
import { migrateDatabase } from '../../tools/migrations.mjs';
import { startCluster, sweepClusters } from '../../tools/postgres/cluster.mjs';
import { addressOf, appRole, newPasswords, ownerRole, prepareDatabase, prepareServer } from '../../tools/postgres.mjs';
import { freePort } from '../../tools/processes.mjs';

const template = 'pieraksts_template';

export default async function globalSetup() {
  const folder = join(root, '.cache');
  mkdirSync(folder, { recursive: true });
  const unpacked = chromiumPath();
  const secrets = { ...newPasswords(), port: await freePort() };
  await sweepClusters(folder, 'postgres-test-');
  const server = await startCluster({
    folder,
    name: `postgres-test-${process.pid}`,
    port: secrets.port,
    password: secrets.superuserPassword,
    durable: false,
  });
  globalThis.testServer = server;
  try {
    await prepareServer(secrets);
    await prepareDatabase(secrets, template);
    await migrateDatabase({
      ownerUrl: addressOf(ownerRole, secrets.ownerPassword, secrets.port, template),
      appUrl: addressOf(appRole, secrets.appPassword, secrets.port, template),
    });
    const client = new pg.Client(addressOf('postgres', secrets.superuserPassword, secrets.port, 'postgres'));
    await client.connect();
    await client.query(`alter database ${template} is_template true allow_connections false`);
    await client.end();
  } catch (error) {
    await server.remove();
    throw error;
  }
  process.env.TEST_CHROMIUM = JSON.stringify({ executablePath: await unpacked, args: chromiumArguments });
  // Workers inherit the environment of the process that starts them.
  process.env.TEST_POSTGRES = JSON.stringify({ ...secrets, template, logFile: server.logFile });
}
