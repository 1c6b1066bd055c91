// node bench/import.mjs [appointments]: how long bringing a clinic in takes, and the most memory that the worker then needs.
// The worker is the real one, with everything else that it does.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { build } from '../tools/build.mjs';
import { compiled, root } from '../tools/files.mjs';
import { migrateDatabase } from '../tools/migrations.mjs';
import { startPostgres } from '../tools/postgres.mjs';
import { freePort } from '../tools/processes.mjs';
import { fillEnvironment } from '../tools/settings.mjs';
import { withAddresses } from '../tools/with-database.mjs';
import { bundleOf, clinicOf, tablesOf } from './import-files.mjs';

/** What is promised (docs/import.md). */
const limits = { seconds: 60, megabytes: 300 };
const appointments = Number(process.argv[2] || 50_000);

await build(console.log);
const dataDir = join(root, '.cache', 'bench', 'import');
rmSync(dataDir, { recursive: true, force: true });
const server = await startPostgres({ dataDir, say: () => undefined });
const variables = withAddresses(
  fillEnvironment({ ...process.env, LOG_LEVEL: 'warn', SMTP_URL: 'smtp://127.0.0.1:9' }, dataDir),
  server,
);
Object.assign(process.env, variables);
let isWithin = true;
try {
  await migrateDatabase({ appUrl: variables.DATABASE_URL, ownerUrl: variables.DATABASE_OWNER_URL });
  const verbs = await openVerbs();
  try {
    for (const [format, filesOf] of [
      ['tables', tablesOf],
      ['a FHIR Bundle', bundleOf],
    ]) {
      const actor = await newClinic();
      const files = filesOf(clinicOf(appointments));
      const worker = await startWorker();
      try {
        await measure(verbs, worker, actor, format, files);
      } finally {
        await worker.stop();
      }
    }
  } finally {
    await verbs.close();
  }
} finally {
  await server.stop();
}
process.exitCode = isWithin ? 0 : 1;

async function measure(verbs, worker, actor, format, files) {
  worker.forgetPeak();
  const idle = worker.megabytes().now;
  const { id } = await verbs.begin.run({ actor, clinicId: actor.clinicId });
  const megabytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1024 / 1024;
  for (const [name, text] of Object.entries(files))
    await verbs.add.run({ actor, importId: id, name, stream: pieces(Buffer.from(text)) });
  const checked = await timed(async () => {
    await verbs.check.run({ actor, importId: id });
    return until(verbs, actor, id, 'checked');
  });
  const [mistake] = await verbs.imports.mistakes(actor, id, { from: 0, most: 1 });
  if (mistake && !mistake.isNote) throw new Error(`the files have mistakes: ${JSON.stringify(mistake)}`);
  const done = await timed(async () => {
    await verbs.bringIn.run({ actor, importId: id });
    return until(verbs, actor, id, 'done');
  });
  const { peak } = worker.megabytes();
  if (done.result.counts.appointment.added !== appointments) throw new Error(JSON.stringify(done.result.counts));
  const isFine = done.seconds < limits.seconds && checked.seconds < limits.seconds && peak < limits.megabytes;
  isWithin &&= isFine;
  console.log(
    `${isFine ? 'ok  ' : 'FAIL'} ${appointments} appointments from ${format} (${megabytes.toFixed(0)} MB): checked in ` +
      `${checked.seconds.toFixed(1)} s, brought in in ${done.seconds.toFixed(1)} s; the worker's resident memory ` +
      `${idle.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most`,
  );
}

async function timed(work) {
  const began = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - began) / 1000 };
}

async function until(verbs, actor, id, state) {
  for (;;) {
    const view = await verbs.imports.one(actor, id);
    if (view.state === state) return view;
    if (view.state === 'failed') throw new Error('the import failed');
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function* pieces(bytes) {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

/** The clinic's side: what its pages call. */
async function openVerbs() {
  const { PlatformModule } = await compiled('libs', 'platform', 'src', 'index.js');
  const lib = await compiled('libs', 'imports', 'src', 'index.js');
  const { migrations } = await compiled('migrations', 'index.js');
  class Verbs {}
  Module({
    imports: [PlatformModule.forRoot({ name: 'bench', entities: [], migrations }), lib.ImportsModule],
  })(Verbs);
  const context = await NestFactory.createApplicationContext(Verbs, { logger: ['error'] });
  return {
    begin: context.get(lib.BeginImport),
    add: context.get(lib.AddFile),
    check: context.get(lib.CheckImport),
    bringIn: context.get(lib.BringIn),
    imports: context.get(lib.ImportsOfClinic),
    close: () => context.close(),
  };
}

async function newClinic() {
  const client = new pg.Client(variables.DATABASE_OWNER_URL);
  await client.connect();
  try {
    const one = async (text, values) => (await client.query(text, values)).rows[0].id;
    const clinicId = await one(
      `insert into clinic (slug, country, name, registration_number, phone, email, created_at)
       values ('bench-' || left(gen_random_uuid()::text, 8), 'LV', 'Klīnika', '40000000000', '+37160000000', 'desk@clinic.example', $1)
       returning id`,
      ['2026-01-01T00:00:00Z'],
    );
    const accountId = await one(`insert into account (language, created_at) values ('lv', $1) returning id`, [
      '2026-01-01T00:00:00Z',
    ]);
    const staffMemberId = await one(
      `insert into staff_member (account_id, clinic_id, role, display_name, active_from)
       values ($1, $2, 'admin', 'Ilze Kalniņa', '2026-01-01') returning id`,
      [accountId, clinicId],
    );
    const who = { accountId, staffMemberId, clinicId, sessionId: randomUUID() };
    return { kind: 'staff', role: 'admin', practitionerId: null, name: 'Ilze Kalniņa', ...who };
  } finally {
    await client.end();
  }
}

async function startWorker() {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'dist', 'apps', 'worker', 'src', 'main.js')], {
    cwd: root,
    env: { ...variables, WORKER_PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (ready?.ok) break;
    if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  const read = (name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0);
  return {
    // What the worker needed to start is not the import's: the kernel's mark of the most is set back to what is used now.
    forgetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    megabytes: () => ({ now: read('VmRSS') / 1024, peak: read('VmHWM') / 1024 }),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
