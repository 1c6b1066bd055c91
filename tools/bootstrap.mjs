// Runs under the machine's own Node (20 or newer), before anything is installed: node: imports only.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.install-stamp');
const size = 750; // MB, as installed on Linux
const windows = process.platform === 'win32';

const fail = (sentence) => {
  console.error(`\nPieraksts: ${sentence}`);
  process.exit(1);
};

if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or newer is needed; this is ${process.version}.`);

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) await install();
checkNode();

async function install() {
  const began = Date.now();
  const free = freeSpace();
  const wanted = Object.keys(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages).length - 1;
  console.log(`Installing about ${wanted} packages from package-lock.json (once; later starts skip this).`);
  const progress = setInterval(() => {
    console.log(
      `  ${Math.round((Date.now() - began) / 1000)} s, about ${Math.max(0, Math.round((free - freeSpace()) / 1e6))} MB of ${size} unpacked`,
    );
  }, 5000);

  // The lock holds every platform's packages; a global `omit` must not leave out Node or PostgreSQL.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'pipe'], shell: windows });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
    process.stderr.write(chunk);
  });
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', resolve);
  });
  clearInterval(progress);

  if (/ENOSPC|no space left/i.test(complaint))
    fail('the disk is full: installing needs about 1 GB. Free some space and start again.');
  if (/EACCES|EPERM|EROFS/.test(complaint)) fail(`the folder ${root} cannot be written by this user.`);
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(complaint)) {
    fail('the package registry cannot be reached, and the packages are not installed yet.');
  }
  if (code === 127) fail('npm was not found on the PATH; it comes with Node.');
  if (code !== 0) fail(`npm ci ended with code ${code}; the reason stands above.`);
  try {
    writeFileSync(stamp, lock);
  } catch (error) {
    fail(error.code === 'ENOSPC' ? 'the disk is full.' : `cannot write ${stamp}: ${error.message}`);
  }
  console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

function freeSpace() {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}

// npm skips a failed optional package without a word, and Node itself is one.
function checkNode() {
  const node = join(modules, '.bin', windows ? 'node.cmd' : 'node');
  const probe = spawnSync(node, ['-p', 'process.version + " " + typeof Temporal'], {
    encoding: 'utf8',
    shell: windows,
  });
  const [version, temporal] = (probe.stdout ?? '').trim().split(' ');
  if (!version) {
    fail(
      `the pinned Node is missing: no package for ${process.platform} ${process.arch} could be installed. ` +
        'Delete node_modules and start again; if it stays, this platform has no packaged Node 26.',
    );
  }
  if (temporal !== 'object')
    fail(`the pinned Node is ${version} without Temporal; delete node_modules and start again.`);
}
