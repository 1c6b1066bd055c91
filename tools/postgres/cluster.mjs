// One embedded PostgreSQL: made once, started, watched and stopped. Run by ourselves rather than through the
// package's class, which hangs its own exit hooks into the process and is stopped by the terminal's Ctrl-C before the apps.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  chownSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Sentence, isDiskFull } from '../sentence.mjs';
import { isAlive } from '../processes.mjs';
import { findPlace, leave, makeOwnFolder, placesOf } from './place.mjs';

const megabyte = 1024 * 1024;

/** Durable unless it is a test's: a test's cluster is thrown away with everything in it. */
function settings(durable) {
  const memory = Math.floor(totalmem() / megabyte);
  const shared = durable ? Math.min(1024, Math.max(128, Math.floor(memory / 8))) : 128;
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${shared}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memory / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: 1.1,
    jit: 'off',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    log_lock_waits: 'on',
    // Statements and their values are people's data: the server's log names the fault, not the row.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // With the database, as the test files share one server.
    log_line_prefix: '%m [%p] %d ',
    ...(durable
      ? { max_wal_size: '2GB', wal_compression: 'on' }
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: 0 }),
  };
}

/**
 * Starts the cluster `name` in `folder`, making it first if it is new.
 * @param {{ folder: string, name: string, port: number, password: string, durable: boolean, say?: (line: string) => void }} wanted
 * @returns {Promise<{ port: number, cluster: string, logFile: string, exited: Promise<string>, stop(): Promise<void>, remove(): Promise<void> }>}
 */
export async function startCluster({ folder, name, port, password, durable, say = () => {} }) {
  const { initdb, postgres, cluster, user, elsewhere } = findPlace({ folder, name, say });
  checkOwner(cluster);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await makeCluster({ initdb, cluster, user, password, durable });
  checkVersion(cluster);
  await stopOrphan(cluster);

  const logFile = join(cluster, 'postgresql.log');
  const log = openLog(logFile, user);
  const flags = Object.entries(settings(durable)).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  // A process group of its own: Ctrl-C must reach the apps first and PostgreSQL last.
  const server = spawn(postgres, ['-D', cluster, '-p', String(port), ...flags], {
    ...user,
    cwd: cluster,
    detached: process.platform !== 'win32',
    stdio: ['ignore', log, log],
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {}),
    },
  });
  closeSync(log);
  let running = true;
  const exited = new Promise((done) => {
    const ended = (reason) => {
      running = false;
      done(reason);
    };
    server.once('error', (error) => ended(error.message));
    server.once('exit', () => ended(lastFault(logFile)));
  });
  await untilReady({ port, password, isRunning: () => running, exited, logFile });

  const stop = async () => {
    if (!running) return;
    server.kill('SIGINT');
    if (await within(30_000, exited)) return;
    server.kill('SIGQUIT');
    await exited;
  };
  const remove = async () => {
    await stop();
    rmSync(cluster, { recursive: true, force: true, maxRetries: 5 });
    leave(elsewhere);
  };
  return { port, cluster, logFile, pid: server.pid, exited, stop, remove };
}

/** Removes the clusters of test runs that were killed: those whose process, the end of their name, is gone. */
export async function sweepClusters(folder, prefix) {
  const [, elsewhere] = placesOf(folder);
  for (const place of placesOf(folder).filter((each) => existsSync(each))) {
    for (const name of readdirSync(place).filter((each) => each.startsWith(prefix))) {
      if (isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
      const cluster = join(place, name);
      await stopOrphan(cluster);
      rmSync(cluster, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  leave(elsewhere);
}

/** Made beside its place and moved there when whole, so that an interrupted first start leaves no half cluster. */
async function makeCluster({ initdb, cluster, user, password, durable }) {
  const partial = `${cluster}.partial-${randomBytes(4).toString('hex')}`;
  const passwordFile = join(partial, 'password');
  makeOwnFolder(partial, user);
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user.uid !== undefined) chownSync(passwordFile, user.uid, user.gid);
    const data = join(partial, 'cluster');
    makeOwnFolder(data, user);
    const args = [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...(durable ? [] : ['--no-sync']),
    ];
    const { code, output } = await run(initdb, args, {
      ...user,
      cwd: partial,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    });
    if (code !== 0) {
      if (isDiskFull(output))
        throw new Sentence('The disk is full: PostgreSQL could not make its files. Free some space and start again.');
      throw new Sentence(`PostgreSQL could not make its files in ${dirname(cluster)}: ${lastLine(output)}`);
    }
    renameSync(data, cluster);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function run(program, args, options) {
  return new Promise((done) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => done({ code: 1, output: error.message }));
    child.on('close', (code) => done({ code, output }));
  });
}

function checkOwner(cluster) {
  const uid = process.getuid?.();
  if (!existsSync(cluster) || uid === undefined || uid === 0) return;
  if (statSync(cluster).uid !== uid) {
    throw new Sentence(
      `The database in ${cluster} belongs to another user; start as that user, or choose another DATA_DIR.`,
    );
  }
}

function checkVersion(cluster) {
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18') {
    throw new Sentence(
      `The database in ${cluster} was made by PostgreSQL ${version}, and this is PostgreSQL 18; see docs/operations.md.`,
    );
  }
}

/** A server left behind by a start that was killed holds the cluster; nobody else may use it, so it is stopped. */
async function stopOrphan(cluster) {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!isAlive(pid, cluster)) {
    if (!isAlive(pid)) unlinkSync(file);
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 30_000 && isAlive(pid, cluster); waited += 100) await sleep(100);
  if (isAlive(pid, cluster))
    throw new Sentence(`Another PostgreSQL (process ${pid}) uses ${cluster} and does not stop.`);
}

function openLog(file, user) {
  const large = existsSync(file) && statSync(file).size > 10 * megabyte;
  const log = openSync(file, large ? 'w' : 'a', 0o600);
  if (user.uid !== undefined) chownSync(file, user.uid, user.gid);
  return log;
}

async function untilReady({ port, password, isRunning, exited, logFile }) {
  const deadline = Date.now() + 120_000;
  while (isRunning() && Date.now() < deadline) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password,
      database: 'postgres',
      connectionTimeoutMillis: 5000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (error.code === '28P01')
        throw new Sentence(`The passwords in ${basename(dirname(logFile))}'s folder do not fit its database.`);
      await sleep(40);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  const reason = isRunning() ? 'it does not answer' : await exited;
  if (isDiskFull(reason))
    throw new Sentence('The disk is full: PostgreSQL cannot start. Free some space and start again.');
  throw new Sentence(`PostgreSQL did not start: ${reason} Its log is ${logFile}.`);
}

function lastFault(logFile) {
  try {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-40);
    const fault = lines.findLast((line) => /\b(?:FATAL|PANIC|No space left)\b/.test(line)) ?? lines.at(-1) ?? '';
    return `${fault.replace(/^.*?\b(?:FATAL|PANIC|ERROR|LOG):\s*/, '')}.`.replace(/\.\.$/, '.');
  } catch {
    return 'it said nothing.';
  }
}

const lastLine = (text) =>
  text
    .trimEnd()
    .split('\n')
    .findLast((line) => line.trim() !== '') ?? 'it said nothing';
const within = (milliseconds, promise) =>
  Promise.race([promise.then(() => true), sleep(milliseconds, false, { ref: false })]);
