import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verificationCode } from '#libs/access';
import { prepareEnvironment } from '../support/app.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { aCalendar, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

/** What nobody outside may read; each is easy to find again. */
const secrets = {
  givenName: 'Skaidrīte',
  familyName: 'Noslēpumaine',
  personCode: '320000-00008',
  reason: 'Sūdzības par sirdsklauvēm naktīs',
  email: 'skaidrite.noslepumaine@example.com',
  phone: '+37126543210',
  answer: 'Ksenobarbitāls divreiz dienā',
  referralNumber: 'NOSLEPUMS-77-X',
  referrer: 'Dr. Nezināmais Sūtītājs',
};

describe('health stays inside', () => {
  let database: TestDatabase;
  let calendar: BookableCalendar;
  let app: ChildProcess;
  let url: string;
  let logs = '';

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database, variables: { LOG_LEVEL: 'debug' } });
    const now = Temporal.Now.instant();
    calendar = await aCalendar(database, { firstDay: now.add({ hours: 72 }).toString().slice(0, 10) });
    await freeDaysAsOf(database, calendar, now.toString());
    const root = join(import.meta.dirname, '..', '..', '..');
    app = spawn(process.execPath, [join(root, 'dist', 'apps', 'booking', 'src', 'main.js')], {
      cwd: root,
      env: process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    app.stdout?.on('data', (part) => (logs += String(part)));
    app.stderr?.on('data', (part) => (logs += String(part)));
    url = String(process.env['BOOKING_URL']);
    while (!logs.includes('"listening"'))
      await Promise.race([once(app.stdout as NodeJS.ReadableStream, 'data'), exited()]);
  });
  afterAll(async () => {
    if (app.exitCode === null) {
      app.kill('SIGTERM');
      await once(app, 'exit');
    }
    await database.drop();
  });

  const exited = async (): Promise<never> => {
    const [code] = (await once(app, 'exit')) as [number];
    throw new Error(`the app ended with ${code}: ${logs}`);
  };
  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${randomUUID()}"`, ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };

  it('books with a reason, a person code and contacts, and makes some mistakes on the way', async () => {
    const { body: asked } = await ask('POST', '/verifications', { email: secrets.email, language: 'lv' });
    await ask('POST', `/verifications/${asked['id']}`, { code: '000000' });
    const { body: proven } = await ask('POST', `/verifications/${asked['id']}`, {
      code: verificationCode(String(asked['id']), 0),
    });
    const Authorization = `Guest ${proven['guestToken']}`;
    const [day] = await database.sql<{ start: Date }>(`select min(first_start) as start from free_day`);
    const { body: held } = await ask('POST', '/holds', {
      calendarId: calendar.calendarId,
      serviceId: calendar.serviceId,
      start: day?.start.toISOString(),
    });
    const { body: terms } = await ask('GET', '/terms');
    const words = JSON.stringify({ lv: 'Zāles?', et: 'Ravimid?', en: 'Medicines?', ru: 'Лекарства?' });
    const [question] = await database.sql<{ id: string }>(
      `insert into service_question (clinic_id, service_id, position, kind, words, required)
       values ($1, $2, 1, 'short-text', $3, true) returning id`,
      [calendar.clinicId, calendar.serviceId, words],
    );
    const order = {
      holdId: held['id'],
      patient: {
        givenName: secrets.givenName,
        familyName: secrets.familyName,
        personCode: { country: 'LV', code: secrets.personCode },
      },
      contact: { email: secrets.email, phone: secrets.phone },
      language: 'lv',
      terms: { version: terms['version'] },
      reason: secrets.reason,
      answers: [{ questionId: question?.id, value: secrets.answer }],
      referral: {
        number: secrets.referralNumber,
        date: Temporal.Now.plainDateISO('Europe/Riga').subtract({ days: 3 }).toString(),
        referrer: { name: secrets.referrer, institution: secrets.referrer, phone: secrets.phone, email: secrets.email },
      },
    };
    const proof = { Authorization, 'X-Hold-Token': String(held['holdToken']) };
    const wrong = await ask('POST', '/appointments', { ...order, patient: { ...order.patient, givenName: 7 } }, proof);
    expect(wrong.status).toBe(400);
    const { status, body } = await ask('POST', '/appointments', order, proof);
    expect([status, body['code']]).toEqual([201, undefined]);
    await ask('POST', `/appointments/${body['id']}/cancel`, { version: 99 }, { Authorization });
    await ask('GET', `/practitioners?q=${encodeURIComponent(secrets.familyName)}`);
    const told = await database.sql(`select from jobs.job where name = 'appointment-changed'`);
    expect(told).toHaveLength(1);
  });

  const outside = (): string[] => [
    ...Object.values(secrets),
    secrets.personCode.replace('-', ''),
    secrets.phone.slice(4),
    encodeURIComponent(secrets.familyName),
  ];

  it('leaves nothing of it in any log line', () => {
    expect(logs).toContain('/api/v1/appointments');
    for (const secret of outside()) expect(logs).not.toContain(secret);
    expect(logs).not.toMatch(/guestToken|Authorization|\?q=/);
  });

  it('leaves nothing of it in jobs, keys or counters', async () => {
    for (const table of [
      'jobs.job',
      'idempotency_key',
      'rate_limit',
      'appointment_event',
      'hold',
      'free_day',
      'notice',
    ]) {
      const [row] = await database.sql<{ text: string | null }>(
        `select string_agg(t::text, ' ') as text from ${table} t`,
      );
      for (const secret of outside()) expect(row?.text ?? '').not.toContain(secret);
    }
  });

  it('keeps the reason, the answers, the referral and the person code sealed at rest', async () => {
    for (const table of ['appointment', 'patient', 'referral']) {
      const [row] = await database.sql<{ text: string }>(`select string_agg(t::text, ' ') as text from ${table} t`);
      const { reason, personCode, answer, referralNumber, referrer } = secrets;
      for (const secret of [reason, personCode, personCode.replace('-', ''), answer, referralNumber, referrer]) {
        expect(row?.text).not.toContain(secret);
        expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
      }
    }
  });
});
