// The embedded database as the product sees it: one cluster, one database, two roles.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from './postgres/cluster.mjs';
import { freePort, isFree } from './processes.mjs';
import { Sentence } from './sentence.mjs';

export const ownerRole = 'pieraksts_owner';
export const appRole = 'pieraksts_app';
export const databaseName = 'pieraksts';
const extensions = ['btree_gist', 'btree_gin', 'unaccent', 'pg_trgm', 'pgcrypto'];

/** The address of a database of this machine; the passwords are ours, so they need no encoding. */
export const addressOf = (role, password, port, database = databaseName) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;

/**
 * Starts the embedded PostgreSQL of a data folder with both roles, its database and extensions in place.
 * @param {{ dataDir: string, port?: number, say?: (line: string) => void }} wanted
 */
export async function startPostgres({ dataDir, port, say }) {
  const secrets = await databaseSecrets(dataDir, port);
  const server = await startCluster({
    folder: dataDir,
    name: 'postgres',
    port: secrets.port,
    password: secrets.superuserPassword,
    durable: true,
    say,
  });
  try {
    await prepareServer(secrets);
    await prepareDatabase(secrets);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, ...addresses(secrets) };
}

/** The addresses of the apps' role and the owner for the database that `npm start` runs, if that is known. */
export function knownAddresses(dataDir) {
  const file = join(dataDir, 'database.json');
  return existsSync(file) ? addresses(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

const addresses = (secrets, database) => ({
  appUrl: addressOf(appRole, secrets.appPassword, secrets.port, database),
  ownerUrl: addressOf(ownerRole, secrets.ownerPassword, secrets.port, database),
});

/** Passwords are made once; the port stays the same from start to start unless somebody else has taken it. */
async function databaseSecrets(dataDir, wishedPort) {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'database.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : newPasswords();
  if (wishedPort && !(await isFree(wishedPort))) {
    throw new Sentence(
      `Port ${wishedPort} (DATABASE_PORT) is in use by another program; choose another port or stop it.`,
    );
  }
  const port = wishedPort || (kept.port && (await isFree(kept.port)) ? kept.port : await freePort());
  const secrets = { ...kept, port };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

const newPassword = () => randomBytes(24).toString('base64url');

/** New passwords of the superuser and both roles. */
export const newPasswords = () => ({
  superuserPassword: newPassword(),
  ownerPassword: newPassword(),
  appPassword: newPassword(),
});

async function asSuperuser({ port, superuserPassword }, database, work) {
  const client = new pg.Client(addressOf('postgres', superuserPassword, port, database));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Both roles: the owner may change the schema, the apps' role owns nothing and gets its rights from migrations. */
export async function prepareServer(secrets) {
  await asSuperuser(secrets, 'postgres', async (client) => {
    for (const [role, password] of [
      [ownerRole, secrets.ownerPassword],
      [appRole, secrets.appPassword],
    ]) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      if (!rowCount) await client.query(`create role ${role} login`);
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
    }
    // Nothing of the apps may hold a connection or a lock for long (docs/operations.md says the same of your own server).
    await client.query(`alter role ${appRole} set statement_timeout = '60s'`);
    await client.query(`alter role ${appRole} set idle_in_transaction_session_timeout = '10s'`);
  });
}

/** The database with the extensions that only a superuser may add. */
export async function prepareDatabase(secrets, name = databaseName) {
  await asSuperuser(secrets, 'postgres', async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${name} owner ${ownerRole}`);
  });
  await asSuperuser(secrets, name, async (client) => {
    for (const extension of extensions) await client.query(`create extension if not exists ${extension}`);
  });
}
