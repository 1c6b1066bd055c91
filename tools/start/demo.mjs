import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { root } from '../files.mjs';
import { Sentence, isDiskFull } from '../sentence.mjs';

const seed = pathToFileURL(join(root, 'dist', 'tools', 'seed', 'main.js')).href;
const exitWithParent = new URL('exit-with-parent.mjs', import.meta.url).href;

/** Whether nobody has put a clinic into the database yet. */
export async function isEmpty(address) {
  const client = new pg.Client(address);
  await client.connect();
  try {
    const { rows } = await client.query('select not exists (select from clinic) as empty');
    return rows[0].empty;
  } finally {
    await client.end();
  }
}

/** Fills the database with the demo, in a process of its own: what it needs in memory is given back. */
export async function seedDemo(variables, onBegin) {
  const program = `const { seedDemo } = await import(${JSON.stringify(seed)}); await seedDemo();`;
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', exitWithParent, '--input-type=module', '-e', program],
    {
      cwd: root,
      env: variables,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    },
  );
  onBegin(child);
  let complaint = '';
  child.stderr.on('data', (chunk) => (complaint += chunk));
  const code = await new Promise((done) => child.on('close', done));
  if (code === 0 || child.killed) return;
  if (isDiskFull(complaint))
    throw new Sentence('The disk is full: the demo could not be written. Free some space and start again.');
  throw new Sentence(`The demo could not be written:\n${complaint.trimEnd()}`);
}

/** How to sign in to the demo, as the seed tells it; nothing when there is no demo. */
export async function demoSignIns() {
  if (!existsSync(join(root, 'dist', 'tools', 'seed', 'main.js'))) return [];
  const { demoSignIns: known } = await import(seed);
  return (typeof known === 'function' ? await known() : known) ?? [];
}
