import { PgBoss } from 'pg-boss';
import type { DataSource } from 'typeorm';
import { type MigrationClass, newDataSource } from './data-source.js';
import { jobNames, jobRetries, jobsSchema } from './jobs.js';

/** Tables that the apps may only read and add to: history and logs (promise 5). */
const appendOnly = [
  'appointment_event',
  'access_log',
  'staff_event',
  'waiting_list_event',
  'notice_attempt',
  'informed_mark',
] as const;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What the apps' role may do. Given again at every migration, so that a new table is never forgotten. */
async function grant(owner: DataSource, role: string): Promise<void> {
  const app = identifier(role);
  await owner.query(`grant usage on schema public, ${jobsSchema} to ${app}`);
  await owner.query(`grant select, insert, update, delete on all tables in schema public, ${jobsSchema} to ${app}`);
  await owner.query(`grant usage, select on all sequences in schema public, ${jobsSchema} to ${app}`);
  // Ours only: an extension that the operator put there, as pg_stat_statements, keeps some of its functions to itself.
  const [{ ours }] = await owner.query<[{ ours: string | null }]>(
    `select string_agg(p.oid::regprocedure::text, ', ') as ours from pg_proc p
      where p.pronamespace = any(array['public', '${jobsSchema}']::regnamespace[])
        and pg_has_role(current_user, p.proowner, 'member')`,
  );
  if (ours !== null) await owner.query(`grant execute on routine ${ours} to ${app}`);
  await owner.query(`revoke update, delete, truncate on ${appendOnly.join(', ')} from ${app}`);
  await owner.query(`revoke insert, update, delete, truncate on migrations from ${app}`);
}

/** The key of the advisory lock that lets one of several starting processes migrate (faults.md K5). */
const migrationLock = 7_415_302_026;

/**
 * Brings the schema to what this version needs: migrations, the jobs' schema and its queues, and the apps' rights.
 * Safe to run at every start and by several processes at once. `reversible` is for tests that walk the migrations.
 * @returns how many migrations ran
 * @throws Error when the database cannot be reached or a migration fails; what had not been committed is rolled back
 */
export async function migrate(settings: {
  ownerUrl: string;
  appUrl: string;
  migrations: readonly MigrationClass[];
}): Promise<number> {
  const owner = await newDataSource({
    url: settings.ownerUrl,
    migrations: settings.migrations,
    poolSize: 4,
    name: 'pieraksts-migrate',
  }).initialize();
  const lock = owner.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock($1)', [migrationLock]);
    const ran = await owner.runMigrations();
    await installJobs(owner);
    const role = decodeURIComponent(new URL(settings.appUrl).username);
    if (role && role !== decodeURIComponent(new URL(settings.ownerUrl).username)) await grant(owner, role);
    return ran.length;
  } finally {
    await lock.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await lock.release();
    await owner.destroy();
  }
}

async function installJobs(owner: DataSource): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: (await owner.query(text, values)) as object[] }) },
    schema: jobsSchema,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    for (const name of jobNames) {
      if (await boss.getQueue(name)) await boss.updateQueue(name, { ...jobRetries });
      else await boss.createQueue(name, { ...jobRetries });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}
