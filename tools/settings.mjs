// What the tools that run the product hand to it as its environment.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { root } from './files.mjs';
import { Sentence } from './sentence.mjs';

/** The folder of everything this installation keeps; relative ones count from the project. */
export const dataDirOf = (variables) => resolve(root, variables.DATA_DIR || 'data');

export const isProduction = (variables) => variables.NODE_ENV === 'production';
export const wantsDemo = (variables) => !isProduction(variables) && (variables.DEMO || 'on') === 'on';

/**
 * The environment with what may be left out filled in: the folder, keys and the clock's offset. Addresses of databases
 * come from who starts or finds one.
 */
export function fillEnvironment(variables, dataDir) {
  return {
    ...variables,
    DATA_DIR: dataDir,
    SECRET_KEYS: variables.SECRET_KEYS || (isProduction(variables) ? '' : keptSecret(dataDir)),
    CLOCK_OFFSET_MS: String(clockOffset(variables, dataDir)),
  };
}

/** Lets the product itself judge its environment; all problems are told together. */
export async function checkEnvironment(variables) {
  const { readEnvironment } = await import(
    pathToFileURL(join(root, 'dist', 'libs', 'platform', 'src', 'environment.js')).href
  );
  try {
    return readEnvironment(variables);
  } catch (error) {
    throw new Sentence(error.message, { cause: error });
  }
}

function keptSecret(dataDir) {
  const file = join(dataDir, 'secret-keys');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * CLOCK says what time it is at the first start with it; from then on that clock goes on, also over a restart, because
 * the data were made by it. Without CLOCK the machine's clock holds.
 */
function clockOffset(variables, dataDir) {
  const file = join(dataDir, 'clock.json');
  const clock = variables.CLOCK;
  if (!clock) {
    rmSync(file, { force: true });
    return 0;
  }
  if (isProduction(variables)) throw new Sentence('CLOCK is for trying things out and refused in production.');
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    if (kept.clock === clock) return kept.offsetMilliseconds;
  }
  const offsetMilliseconds = instantOf(clock).epochMilliseconds - Temporal.Now.instant().epochMilliseconds;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ clock, offsetMilliseconds })}\n`);
  return offsetMilliseconds;
}

function instantOf(clock) {
  try {
    return Temporal.Instant.from(clock);
  } catch (cause) {
    throw new Sentence(`CLOCK must be an instant such as 2027-03-28T00:30:00Z, not "${clock}".`, { cause });
  }
}

const reasons = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name is unknown',
  ETIMEDOUT: 'it does not answer in time',
  EHOSTUNREACH: 'its host cannot be reached',
  '28P01': 'it refuses the password',
  28000: 'it refuses this user',
  '3D000': 'it has no such database',
  53300: 'it has no free connection',
  '57P03': 'it is starting or stopping',
};

/** Asks a database of somebody else whether it is there; the sentence names its host, never a password. */
export async function checkDatabase(address, name) {
  let url;
  try {
    url = new URL(address);
  } catch (cause) {
    throw new Sentence(`${name} is not an address such as postgres://user:password@host:5432/database.`, { cause });
  }
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("select current_setting('server_version_num')::int as version");
    if (rows[0].version < 180000) {
      throw new Sentence(
        `The database of ${name} is PostgreSQL ${Math.floor(rows[0].version / 10000)}; 18 or newer is needed.`,
      );
    }
  } catch (error) {
    if (error instanceof Sentence) throw error;
    const why =
      reasons[error.code] ??
      reasons[error.errors?.[0]?.code] ??
      (/timeout/i.test(error.message) ? reasons.ETIMEDOUT : error.message);
    throw new Sentence(`The database of ${name} at ${url.host}${url.pathname} cannot be used: ${why}.`, {
      cause: error,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}
