import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aClinic, aCredential, aStaffMember, type StaffMember } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { appointments, clinicTables } from '../support/import-files.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2026-03-02T08:00:00Z');

let database: TestDatabase;
let clinicApp: RunningApp;
let worker: RunningApp;
let admin: StaffVisitor;
let registrar: StaffVisitor;
let stranger: StaffVisitor;
let clinicId: string;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinicApp = await startApp('clinic', { clock });
  worker = await startApp('worker', { clock });
  const clinic = await aClinic(database);
  clinicId = clinic.id;
  await database.sql(`update clinic set published = false where id = $1`, [clinicId]);
  const enter = async (staff: StaffMember): Promise<StaffVisitor> =>
    staffVisitor(clinicApp, staff, await aCredential(database, staff), clock);
  admin = await enter(await aStaffMember(database, { clinic, role: 'admin' }));
  registrar = await enter(await aStaffMember(database, { clinic }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database), role: 'admin' }));
});

afterAll(async () => {
  await worker?.stop();
  await clinicApp?.stop();
  await database?.drop();
});

interface Sent {
  status: number;
  location: string;
  text: string;
}

/** Sends files as the form does. */
async function send(
  who: StaffVisitor,
  files: Record<string, string | Buffer>,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const form = new FormData();
  for (const [name, content] of Object.entries(files))
    form.append('files', new Blob([new Uint8Array(Buffer.from(content))]), name);
  const answer = await fetch(`${clinicApp.url}/en/import`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie: who.cookie, accept: 'text/html', ...headers },
  });
  const location = (answer.headers.get('location') ?? '').replace(/^https?:\/\/[^/]+/, '');
  return { status: answer.status, location, text: (await answer.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') };
}

/** Looks at an import until the worker is done with it. */
async function settled(who: StaffVisitor, path: string): Promise<StaffPage> {
  for (let tries = 0; tries < 400; tries++) {
    const page = await who.get(path);
    if (!page.html.includes('hx-trigger')) return page;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the worker does not come to an end');
}

const visits = async (): Promise<number> =>
  (await database.sql(`select from appointment where clinic_id = $1`, [clinicId])).length;

describe('an import through its pages', () => {
  it('shows what would happen, and does it when asked', async () => {
    const empty = await admin.get('/en/import');
    expect(empty.text).toContain('Nothing brought in yet');
    const sent = await send(admin, {
      ...clinicTables,
      'pieraksti (Rīga).csv': appointments({}, { start: '2026-03-15 10:00' }),
    });
    expect(sent.status).toBe(303);
    const checked = await settled(admin, sent.location);
    expect(checked.text).toContain('Everything is in order');
    expect(checked.text).toContain('pieraksti (Rīga).csv');
    expect(checked.text).toMatch(/Appointments 2 0 0 0 0/);
    expect(await visits()).toBe(0);
    const asked = await admin.post(`${sent.location}/bring-in`, {});
    expect(asked).toMatchObject({ status: 303, location: sent.location });
    const done = await settled(admin, sent.location);
    expect(done.text).toContain('The data is here');
    expect(done.text).toContain('1 appointment is outside published hours');
    expect(await visits()).toBe(2);
    // Pressed twice: once is enough.
    expect((await admin.post(`${sent.location}/bring-in`, {})).status).toBe(303);
    expect((await admin.post(`${sent.location}/discard`, {})).status).toBe(422);
    expect(await visits()).toBe(2);
    expect((await admin.get('/en/import')).text).toContain('Brought in');
  });

  it('tells mistakes by line, in the language of who reads', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => ({ start: n === 0 ? '2026-03-29 03:30' : 'x' }));
    const { location } = await send(admin, { 'visits.csv': appointments(...rows) });
    const page = await settled(admin, location);
    expect(page.text).toContain('120 mistakes');
    expect(page.text).toContain('visits.csv 2 start There is no such time on that day');
    expect(page.text).toContain('1 to 50 of 120');
    expect(page.html).not.toContain('bring-in"');
    const last = await admin.get(`${location}?page=3`);
    expect(last.text).toContain('visits.csv 121 start');
    const latvian = await admin.get(location.replace('/en/', '/lv/'));
    expect(latvian.text).toContain('Šāda laika tajā dienā nav');
    expect((await admin.post(`${location}/bring-in`, {})).status).toBe(422);
    expect(await admin.post(`${location}/discard`, {})).toMatchObject({ status: 303, location: '/en/import' });
    const kept = await database.sql(
      `select from import_chunk c join import_file f on f.id = c.file_id join import_run r on r.id = f.import_id where r.state = 'discarded'`,
    );
    expect(kept).toHaveLength(0);
    expect((await admin.get(location)).status).toBe(404);
  });

  it('answers beside the field when no file was chosen', async () => {
    const sent = await send(admin, {});
    expect(sent.status).toBe(422);
  });

  it('refuses what is too large before anything of it is kept', async () => {
    const before = (await database.sql(`select from import_chunk`)).length;
    const sent = await send(admin, { 'huge.csv': Buffer.alloc(101 * 1024 * 1024, 'a') });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('larger than 100 MB together');
    expect((await database.sql(`select from import_chunk`)).length).toBe(before);
  });

  it('refuses more files than it takes', async () => {
    const sent = await send(admin, Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`${n}.csv`, 'a,b'])));
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('there are too many');
  });

  it('gives templates that can be sent back as they are', async () => {
    const files: Record<string, string> = {};
    for (const name of ['branches', 'practitioners', 'services', 'calendars', 'offers', 'hours']) {
      const page = await admin.get(`/en/import/templates/${name}.csv`);
      expect(page.status).toBe(200);
      files[`${name}.csv`] = page.html;
    }
    const { location } = await send(admin, files);
    const page = await settled(admin, location);
    expect(page.text).toContain('Everything is in order');
    expect((await admin.get('/en/import/templates/secrets.csv')).status).toBe(404);
    const answer = await fetch(`${clinicApp.url}/en/import/templates/branches.csv`, {
      headers: { cookie: admin.cookie },
    });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=branches.csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  });

  it('is for those who may edit the profile, and for nobody of another clinic', async () => {
    const count = async (): Promise<number> => (await database.sql(`select from import_run`)).length;
    const before = await count();
    expect((await registrar.get('/en/import')).status).toBe(403);
    expect((await send(registrar, clinicTables)).status).toBe(403);
    expect((await send(admin, clinicTables, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ ...admin, cookie: '' }, clinicTables)).status).toBe(401);
    expect(await count()).toBe(before);
    const [run] = await database.sql<{ id: string }>(`select id from import_run where clinic_id = $1 limit 1`, [
      clinicId,
    ]);
    expect((await stranger.get(`/en/import/${run?.id}`)).status).toBe(404);
    for (const verb of ['bring-in', 'check', 'discard'])
      expect((await stranger.post(`/en/import/${run?.id}/${verb}`, {})).status).toBe(404);
    expect((await admin.get('/en/import/not-an-id')).status).toBe(404);
  });

  it('survives a connection that is lost in the middle: all or nothing, and then all', async () => {
    const rows = Array.from({ length: 2500 }, (_, n) => ({
      practitioner: 'kalns',
      payer: 'paid',
      key: `k${n}`,
      start: `${Temporal.PlainDate.from('2026-04-01')
        .add({ days: Math.floor(n / 36) })
        .toString()} ${String(Math.floor((n % 36) / 2) + 5).padStart(2, '0')}:${n % 2 ? '30' : '00'}`,
      minutes: '10',
      birth_date: Temporal.PlainDate.from('1950-01-01').add({ days: n }).toString(),
    }));
    const { location } = await send(admin, { 'many.csv': appointments(...rows) });
    expect((await settled(admin, location)).text).toContain('Everything is in order');
    const before = await visits();
    await admin.post(`${location}/bring-in`, {});
    // The worker's own role may end its connections.
    const other = new pg.Client(database.appUrl);
    await other.connect();
    let killed = 0;
    for (let tries = 0; tries < 4000 && killed === 0; tries++) {
      const {
        rows: [row],
      } = await other.query<{ killed: number }>(
        `select count(pg_terminate_backend(pid))::integer as killed from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and query ~ 'insert into (appointment|occupation|patient)'
            and state <> 'idle'`,
      );
      killed = row?.killed ?? 0;
      await new Promise((done) => setTimeout(done, 5));
    }
    await other.end();
    expect(killed).toBeGreaterThan(0);
    const done = await settled(admin, location);
    expect(done.text).toContain('The data is here');
    expect(await visits()).toBe(before + 2500);
    const [run] = await database.sql<{ attempts: number }>(
      `select attempts from import_run where clinic_id = $1 order by created_at desc, id desc limit 1`,
      [clinicId],
    );
    expect(run?.attempts).toBeGreaterThan(1);
  });
});
