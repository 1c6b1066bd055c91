// npm start: everything a newcomer needs, from a clone to a running portal, in one process that stops it all again.
import { mkdirSync, statfsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { root } from './files.mjs';
import { migrateDatabase } from './migrations.mjs';
import { startPostgres } from './postgres.mjs';
import { freePort } from './processes.mjs';
import { Sentence, explain } from './sentence.mjs';
import { checkDatabase, checkEnvironment, dataDirOf, fillEnvironment, isProduction, wantsDemo } from './settings.mjs';
import { announce } from './start/announce.mjs';
import { isEmpty, seedDemo } from './start/demo.mjs';
import { Household } from './start/household.mjs';
import { takeLock } from './start/lock.mjs';
import { choosePorts } from './start/ports.mjs';
import { withAddresses } from './with-database.mjs';

const production = isProduction(process.env);
const dataDir = dataDirOf(process.env);
const needs = {
  mailbox: (!process.env.SMTP_URL || !process.env.SMS_GATEWAY_URL) && !production,
  identity: wantsDemo(process.env) && !process.env.OIDC_PROVIDERS,
};

const household = new Household(production ? undefined : join(dataDir, 'logs'));
let postgres;
let seeding;
let unlock = () => {};
let stopped;
let stoppedAt = 0;

if (process.platform !== 'win32') process.on('SIGHUP', () => void leave(0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void leave(0));

try {
  await run();
} catch (error) {
  if (!stopped) console.error(`\n${explain(error)}`);
  await leave(1);
}

async function run() {
  unlock = takeLock(dataDir);
  checkSpace();
  const ports = await choosePorts(process.env, [
    'BOOKING_PORT',
    'CLINIC_PORT',
    'WORKER_PORT',
    ...(needs.mailbox ? ['MAILBOX_PORT'] : []),
    ...(needs.identity ? ['IDENTITY_PORT'] : []),
  ]);
  await build(console.log);
  let variables = await environmentFor(ports);
  await checkEnvironment({ ...variables, DATABASE_URL: variables.DATABASE_URL || 'postgres://localhost/embedded' });
  if (stopped) return;

  variables = await withDatabase(variables);
  const settings = await checkEnvironment(variables);
  const ownerUrl = variables.DATABASE_OWNER_URL || variables.DATABASE_URL;
  await migrate(variables.DATABASE_URL, ownerUrl);
  if (!stopped && wantsDemo(process.env) && (await isEmpty(ownerUrl))) {
    await seedDemo(variables, (child) => (seeding = child));
  }
  if (stopped) return;

  console.log('Starting the apps …');
  if (needs.mailbox) household.begin('mailbox', ['tools/mailbox/main.js'], variables);
  if (needs.identity) household.begin('identity', ['tools/identity/main.js'], variables);
  for (const app of ['worker', 'booking', 'clinic']) household.begin(app, [`apps/${app}/src/main.js`], variables);
  const readiness = Promise.all(
    Object.entries(ports).map(([name, port]) => household.untilReady(name.replace('_PORT', '').toLowerCase(), port)),
  );
  const crash = Promise.race([household.crashed, postgresGone()]).then((sentence) => {
    throw new Sentence(sentence);
  });
  await Promise.race([readiness, crash]);
  if (stopped) return;
  await announce({
    settings,
    ports,
    demo: wantsDemo(process.env),
    logs: production ? undefined : join(dataDir, 'logs'),
  });
  await Promise.race([crash, new Promise(() => {})]);
}

async function environmentFor(ports) {
  const variables = { ...fillEnvironment(process.env, dataDir) };
  for (const [name, port] of Object.entries(ports)) variables[name] = String(port);
  if (variables.CLOCK_OFFSET_MS !== '0') {
    const now = Temporal.Now.instant().add({ milliseconds: Number(variables.CLOCK_OFFSET_MS) });
    console.log(`The clock stands at ${now.toString({ smallestUnit: 'second' })} (CLOCK).`);
  }
  if (needs.mailbox) variables.MAILBOX_SMTP_PORT = String(await freePort());
  if (needs.mailbox && !variables.SMTP_URL) variables.SMTP_URL = `smtp://127.0.0.1:${variables.MAILBOX_SMTP_PORT}`;
  if (needs.mailbox && !variables.SMS_GATEWAY_URL) {
    variables.SMS_GATEWAY_URL = `http://127.0.0.1:${ports.MAILBOX_PORT}/api/sms`;
    variables.SMS_GATEWAY = '{"preset":"mailbox"}';
  }
  if (needs.identity) {
    const [clientSecret] = variables.SECRET_KEYS.split(',');
    variables.OIDC_PROVIDERS = JSON.stringify([
      {
        id: 'anyone',
        name: 'Be anyone (demo)',
        issuer: `http://localhost:${ports.IDENTITY_PORT}`,
        clientId: 'pieraksts',
        clientSecret,
      },
    ]);
    variables.IDENTITY_CLIENT_SECRET = clientSecret;
    const addresses = [variables.BOOKING_URL, variables.CLINIC_URL]
      .filter(Boolean)
      .map((address) => new URL(address).origin);
    variables.IDENTITY_ORIGINS = [
      `http://localhost:${ports.BOOKING_PORT}`,
      `http://localhost:${ports.CLINIC_PORT}`,
      ...addresses,
    ].join(',');
  }
  return variables;
}

async function withDatabase(variables) {
  if (variables.DATABASE_URL) {
    await checkDatabase(variables.DATABASE_URL, 'DATABASE_URL');
    if (variables.DATABASE_OWNER_URL) await checkDatabase(variables.DATABASE_OWNER_URL, 'DATABASE_OWNER_URL');
    else
      console.warn(
        'DATABASE_OWNER_URL is not set: the apps own their tables, so nothing enforces that history and logs only grow.',
      );
    return variables;
  }
  console.log('Starting PostgreSQL …');
  const port = Number(variables.DATABASE_PORT) || undefined;
  postgres = await startPostgres({ dataDir, port, say: console.log });
  return withAddresses(variables, postgres);
}

async function migrate(appUrl, ownerUrl) {
  const steps = await migrateDatabase({ appUrl, ownerUrl });
  if (steps > 0) console.log(`The schema went ${steps} steps forward.`);
}

/** Settles when PostgreSQL ends before we stop it. */
async function postgresGone() {
  if (!postgres) return new Promise(() => {});
  const reason = await postgres.exited;
  return stopped ? new Promise(() => {}) : `PostgreSQL stopped by itself: ${reason} Its log is ${postgres.logFile}.`;
}

function checkSpace() {
  mkdirSync(dataDir, { recursive: true });
  const { bavail, bsize } = statfsSync(dataDir);
  const megabytes = Math.floor((bavail * bsize) / 1024 ** 2);
  if (megabytes < 300) {
    throw new Sentence(
      `The disk is full: ${megabytes} MB are left at ${relative(root, dataDir) || dataDir}, and 300 MB are needed to start.`,
    );
  }
}

/** Stops everything once, the apps before the database; asked again later, it no longer waits for the apps. */
function leave(code) {
  if (stopped) {
    // One Ctrl-C arrives twice: from the terminal, and from npm, which passes it on.
    if (Date.now() - stoppedAt > 1000) household.kill();
    return stopped;
  }
  stoppedAt = Date.now();
  stopped = (async () => {
    seeding?.kill('SIGTERM');
    await household.stop();
    await postgres?.stop();
    unlock();
    process.exit(code);
  })();
  return stopped;
}
