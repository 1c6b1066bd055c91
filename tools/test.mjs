// npm test: builds, runs every test against a PostgreSQL and a Chromium of its own, and leaves nothing behind.
// Arguments go to jest: npm test -- two-patients
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { root } from './files.mjs';
import { sweepClusters } from './postgres/cluster.mjs';
import { explain } from './sentence.mjs';

const cache = join(root, '.cache');
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
let running;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => running?.kill('SIGTERM'));

try {
  await build(console.log);
  process.exitCode = await run();
} catch (error) {
  console.error(explain(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await sweepClusters(cache, 'postgres-test-');
  rmSync(join(cache, 'tmp'), { recursive: true, force: true });
}

async function run() {
  const args = [
    '--experimental-vm-modules',
    '--no-warnings',
    '--enable-source-maps',
    jest,
    '--config',
    join(root, 'jest.config.mjs'),
  ];
  const verbose = process.argv.includes('--silent=false') ? [] : ['--silent'];
  running = spawn(process.execPath, [...args, ...verbose, ...process.argv.slice(2)], {
    cwd: root,
    env: await neutralEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
    // Signals of the terminal come to us, and from us to jest once.
    detached: process.platform !== 'win32',
  });
  const [code, signal] = await new Promise((done) => running.once('exit', (...how) => done(how)));
  // What tests have left behind lives in jest's process group.
  if (process.platform !== 'win32') endGroup(running.pid);
  if (signal) console.log('0 passed, 1 failed');
  return code ?? 1;
}

function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Settings of the developer's own portal must not decide a test. */
async function neutralEnvironment() {
  const { environmentNames } = await import(
    pathToFileURL(join(root, 'dist', 'libs', 'platform', 'src', 'environment.js')).href
  );
  const ours = new Set([...environmentNames, 'CLOCK', 'DATABASE_PORT', 'IDENTITY_PORT', 'MAILBOX_SMTP_PORT']);
  const kept = Object.entries(process.env).filter(([name]) => !ours.has(name));
  return { ...Object.fromEntries(kept), NODE_ENV: 'test' };
}
