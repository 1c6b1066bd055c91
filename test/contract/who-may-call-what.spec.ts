import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import supertest from 'supertest';
import { Sessions, Verify, verificationCode } from '#libs/access';
import { freePort } from '../support/free-port.js';
import { aClinic, aPatient, aCalendar, anAccount, aStaffMember, at, type Calendar } from '../support/builders.js';
import { anOrder, api, type Body, type Guest, key, openPortal, type Portal } from './portal.js';

const now = '2027-03-01T06:00:00Z';

/** Who asks: a guest whose it is, another guest, their signed-in neighbour, staff of the clinic, nobody. */
type Who = 'owner' | 'guest' | 'patient' | 'staff' | 'nobody';
type Row = Record<Who, number>;

const everybody = (status: number): Row => ({
  owner: status,
  guest: status,
  patient: status,
  staff: status,
  nobody: status,
});
const ownersOnly: Row = { owner: 200, guest: 404, patient: 404, staff: 401, nobody: 401 };
const signedIn: Row = { owner: 200, guest: 200, patient: 200, staff: 401, nobody: 401 };

/** Every call of the description, with the status that each of them gets. A call that is missing here fails. */
const table: Record<string, Row> = {
  'get /practitioners': everybody(200),
  'get /practitioners/{id}': everybody(404),
  'get /clinics': everybody(200),
  'get /clinics/{id}': everybody(404),
  'get /specialties': everybody(200),
  'get /services': everybody(200),
  'get /services/{id}': everybody(404),
  'get /suggest': everybody(400),
  'get /insurers': everybody(200),
  'get /terms': everybody(200),
  'get /calendars/{id}/slots': everybody(400),
  'post /verifications': everybody(400),
  'post /verifications/{id}': everybody(400),
  'post /holds': everybody(400),
  // The id below is of no hold.
  'post /holds/{id}/extend': everybody(410),
  'delete /holds/{id}': everybody(204),
  'post /appointments': everybody(400),
  'get /appointments': signedIn,
  'get /appointments/{id}': ownersOnly,
  'get /appointments/{id}/ics': ownersOnly,
  'post /appointments/{id}/cancel': { ...ownersOnly, owner: 409, guest: 404 },
  'post /appointments/{id}/move': { ...ownersOnly, owner: 409, guest: 404 },
  'get /me/patients': signedIn,
  'get /me/notices': signedIn,
  // The id below is of no notice.
  'post /me/notices/{id}/read': { ...ownersOnly, owner: 404 },
};

describe('who may call what', () => {
  let portal: Portal;
  let calendar: Calendar;
  let owner: Guest;
  let appointmentId: string;
  const headers = new Map<Who, Record<string, string>>();

  beforeAll(async () => {
    portal = await openPortal(now);
    const { database } = portal;
    const clinic = await aClinic(database);
    calendar = await aCalendar(database, {
      clinic,
      open: [['2027-03-02T09:00', '2027-03-02T12:00']],
      gridMinutes: 30,
      now,
    });
    owner = await portal.guest();
    appointmentId = ((await portal.book(calendar, at(calendar, '2027-03-02T09:00'), owner)).body as { id: string }).id;
    const sessions = portal.app.get(Sessions);
    const account = await anAccount(database);
    await aPatient(database, { account });
    const staff = await aStaffMember(database, { clinic, role: 'admin' });
    const patientToken = await sessions.open({ app: 'booking', accountId: account.id, level: 'eid' });
    const staffToken = await sessions.open({ app: 'clinic', accountId: staff.accountId, level: 'two-factor' });
    headers.set('owner', { authorization: `Guest ${owner.token}` });
    headers.set('guest', { authorization: `Guest ${(await portal.guest()).token}` });
    headers.set('patient', { cookie: `pieraksts-booking=${patientToken}` });
    headers.set('staff', { cookie: `pieraksts-booking=${staffToken}; pieraksts-clinic=${staffToken}` });
    headers.set('nobody', {});
  });

  const children: ChildProcess[] = [];

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await portal?.stop();
  });

  it('stands in one table, and each call answers so', async () => {
    const { paths } = (await portal.get('/openapi.json')).body as { paths: Record<string, object> };
    const calls = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path.slice(api.length)}`),
    );
    expect(calls.sort()).toEqual(Object.keys(table).sort());
    const client = supertest(portal.url);
    const seen: Record<string, Row> = {};
    for (const call of calls) {
      const [method = '', pattern = ''] = call.split(' ');
      const path =
        api +
        pattern.replace(
          '{id}',
          pattern.startsWith('/appointments') ? appointmentId : '00000000-0000-4000-8000-000000000000',
        );
      const body = /cancel|move/.test(path)
        ? {
            version: 9,
            ...(path.endsWith('move') && {
              calendarId: calendar.id,
              serviceId: calendar.serviceId,
              start: at(calendar, '2027-03-02T10:00'),
            }),
          }
        : {};
      const row: Partial<Row> = {};
      for (const [who, head] of headers) {
        const request =
          method === 'get'
            ? client.get(path)
            : method === 'delete'
              ? client.delete(path)
              : client.post(path).set('Idempotency-Key', key()).send(body);
        row[who] = (await request.set(head)).status;
      }
      seen[call] = row as Row;
    }
    expect(seen).toEqual(table);
  });

  it('ends with the session, at once', async () => {
    const account = await anAccount(portal.database);
    const token = await portal.app.get(Sessions).open({ app: 'booking', accountId: account.id, level: 'eid' });
    const ask = async () =>
      (await supertest(portal.url).get(`${api}/me/patients`).set('Cookie', `pieraksts-booking=${token}`)).status;
    expect(await ask()).toBe(200);
    await portal.app.get(Sessions).revoke(token);
    expect(await ask()).toBe(401);
  });

  it('lets a browser without an account keep one time, which stays its own when it signs in', async () => {
    const browser = supertest.agent(portal.url);
    const hold = (wall: string) =>
      browser
        .post(`${api}/holds`)
        .set('Idempotency-Key', key())
        .set('Sec-Fetch-Site', 'same-origin')
        .send({ calendarId: calendar.id, serviceId: calendar.serviceId, start: at(calendar, wall) });
    const first = await hold('2027-03-02T10:00').expect(201);
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(/^pieraksts-booking=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/),
    ]);
    const second = await hold('2027-03-02T10:30').expect(201);
    const free = await portal.get(
      `/calendars/${calendar.id}/slots?service=${calendar.serviceId}&from=2027-03-02&to=2027-03-02`,
    );
    expect(free.text).toContain(`"start":"${at(calendar, '2027-03-02T10:00')}"`);
    expect(free.text).not.toContain(`"start":"${at(calendar, '2027-03-02T10:30')}"`);

    const email = 'browser@patient.example';
    const { id } = (await portal.post('/verifications', { email, language: 'lv' })).body as { id: string };
    const [former = ''] = /pieraksts-booking=([\w-]+)/.exec(first.headers['set-cookie']![0]!)!.slice(1);
    const { token } = await portal.app
      .get(Verify)
      .run({ id, code: verificationCode(id, 0), as: { app: 'booking', former } });
    const held = (second.body as { id: string }).id;
    const booked = await supertest(portal.url)
      .post(`${api}/appointments`)
      .set('Idempotency-Key', key())
      .set('Cookie', `pieraksts-booking=${token}`)
      .send(anOrder(held, { email, token }));
    expect([booked.status, (booked.body as Body)['status']]).toEqual([201, 'booked']);
    await browser.get(`${api}/me/patients`).expect(401);
  });

  it('is answered to the end when the app is told to stop', async () => {
    const main = join(import.meta.dirname, '..', '..', 'apps', 'booking', 'src', 'main.js');
    const port = String(await freePort());
    const child = spawn(process.execPath, [main], {
      env: {
        ...process.env,
        BOOKING_PORT: port,
        NODE_OPTIONS: '',
        CLOCK_OFFSET_MS: String(Date.parse(now) - Date.now()),
      },
      stdio: 'ignore',
    });
    children.push(child);
    const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
    const url = `http://127.0.0.1:${port}`;
    for (let tries = 0; ; tries++) {
      const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
      if (ready?.status === 200) break;
      if (tries > 500 || child.exitCode !== null) throw new Error('it does not get ready');
      await new Promise((soon) => setTimeout(soon, 100));
    }
    // Somebody else's transaction keeps the practitioner, so the request is on its way when the signal comes.
    const other = new pg.Client(portal.database.ownerUrl);
    await other.connect();
    await other.query('begin');
    await other.query('select from resource where id = $1 for update', [calendar.resourceId]);
    const answer = fetch(`${url}${api}/holds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key() },
      body: JSON.stringify({
        calendarId: calendar.id,
        serviceId: calendar.serviceId,
        start: at(calendar, '2027-03-02T11:00'),
      }),
    });
    for (let waiting = 0; waiting === 0;) {
      const { rows } = await other.query<{
        n: number;
      }>(`select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
          where not l.granted and a.datname = current_database()`);
      waiting = rows[0]?.n ?? 0;
    }
    child.kill('SIGTERM');
    await new Promise((soon) => setTimeout(soon, 200));
    await other.query('rollback');
    await other.end();
    expect((await answer).status).toBe(201);
    const [code, signal] = await exited;
    expect(code === 0 || signal === 'SIGTERM').toBe(true);
  });
});
