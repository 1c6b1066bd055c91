// Compiles the sources into dist when they have changed since the last time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, root } from './files.mjs';
import { Sentence } from './sentence.mjs';

const folders = ['apps', 'libs', 'migrations', 'test', 'tools', 'bench'];
const stamp = join(root, 'dist', '.build-stamp');
const browserProject = join('apps', 'clinic', 'src', 'browser', 'tsconfig.json');

/**
 * Makes dist agree with the sources; does nothing when it does already.
 * @param {(line: string) => void} say tells what takes time
 */
export async function build(say) {
  const sources = filesUnder(root, folders, /\.(?:ts|json)$/);
  const wanted = fingerprint([...sources, 'tsconfig.json', 'package-lock.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const began = Date.now();
  say(`Building ${sources.filter((path) => path.endsWith('.ts')).length} files of TypeScript …`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  rmSync(stamp, { force: true });
  removeOrphans(new Set(sources));
  const complaints = [
    ...(await compile('.')),
    ...(existsSync(join(root, browserProject)) ? await compile(browserProject) : []),
  ];
  if (complaints.length > 0) {
    // What was written runs; whether it may be sent is for `npm run check` to say.
    say(`${complaints.length} errors of types; the first of them:`);
    for (const complaint of complaints.slice(0, 10)) say(`  ${complaint}`);
  } else {
    writeFileSync(stamp, wanted);
  }
  say(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** What was compiled from a source that is gone would still run: an old test, an old migration. */
function removeOrphans(sources) {
  for (const path of filesUnder(join(root, 'dist'), folders, /\.js$/)) {
    if (path.includes('/browser/') || sources.has(path.replace(/\.js$/, '.ts'))) continue;
    for (const each of [path, `${path}.map`]) rmSync(join(root, 'dist', each), { force: true });
  }
}

async function compile(project) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const child = spawn(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const code = await new Promise((done) => child.on('close', done));
  if (code === 0) return [];
  if (/ENOSPC|no space left/i.test(output)) throw new Sentence('The disk is full: the build could not be written.');
  const complaints = output.split('\n').filter((line) => / error TS\d+:/.test(line));
  // Without a place in a source it is the compiler's own trouble: settings, memory, a folder that cannot be written.
  if (complaints.length === 0 || complaints.some((line) => line.startsWith('error '))) {
    throw new Sentence(`The sources could not be built:\n${output.trimEnd()}`);
  }
  return complaints;
}
