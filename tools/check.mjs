// Everything that can be said about the code without running it. CI runs it before the tests.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.mjs';
import { checkHouseRules } from './house-rules.mjs';

const tool = (name, ...args) => ({ name, args });
const folders = ['apps', 'libs', 'migrations', 'test', 'tools', 'bench'].filter((folder) =>
  existsSync(join(root, folder)),
);
const browserProject = join('apps', 'clinic', 'src', 'browser', 'tsconfig.json');

const checks = [
  ['format', tool('prettier', '--check', '--log-level=warn', '--cache', '--cache-location', '.cache/prettier', '.')],
  ['lint', tool('oxlint', '--type-aware', '--quiet', ...folders)],
  ['house rules', () => checkHouseRules(root)],
  ['dependency rules', tool('depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders)],
  ['types', tool('tsc', '-p', '.', '--noEmit', '--incremental', 'false', '--pretty', 'false')],
  ...(existsSync(join(root, browserProject))
    ? [['types in the browser', tool('tsc', '-p', browserProject, '--noEmit')]]
    : []),
  ['dead code', tool('knip', '--no-progress')],
];

const began = Date.now();
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const failed = [];
for (const [title, check] of checks) {
  const started = Date.now();
  const { ok, output } = typeof check === 'function' ? inProcess(check) : await run(check);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${title.padEnd(22)} ${seconds(started)}`);
  if (!ok) {
    failed.push(title);
    console.log(output.replace(/^/gm, '     '));
  }
}
console.log(
  failed.length ? `\n${failed.join(', ')} failed, in ${seconds(began)}` : `\nAll checks passed in ${seconds(began)}`,
);
process.exitCode = failed.length ? 1 : 0;

function inProcess(check) {
  const broken = check();
  return { ok: broken.length === 0, output: broken.join('\n') };
}

function run({ name, args }) {
  return new Promise((resolve) => {
    const bin = join(root, 'node_modules', '.bin', name);
    const child = spawn(bin, args, {
      cwd: root,
      shell: process.platform === 'win32',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output: output.trimEnd() }));
  });
}
