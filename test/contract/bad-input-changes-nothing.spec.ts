import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import supertest, { type Response } from 'supertest';
import { aCalendar, at, type Calendar } from '../support/build-clinic.js';
import { anOrder, api, type Body, type Guest, key, openPortal, type Portal } from './portal.js';

const now = '2027-03-01T06:00:00Z';

/** Nothing that a text, id, date, choice or number of ours could be. */
const nonsense: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  2 ** 63,
  1e308,
  1.5,
  true,
  [],
  {},
  ['a'],
  { a: 1 },
  'a\u0000b',
  '\ud800',
  'x'.repeat(10_000),
  'constructor',
  '${7*7}',
];

const tables = [
  'hold',
  'occupation',
  'appointment',
  'appointment_event',
  'patient',
  'verification',
  'account',
  'session',
  'idempotency_key',
  'jobs.job',
];

const problem = (answer: Response): unknown => {
  const { status, headers, text } = answer;
  const body = JSON.parse(text || '{}') as Record<string, unknown>;
  const isProblem = String(headers['content-type']).startsWith('application/problem+json') && body['status'] === status;
  return status >= 400 && status < 500 && isProblem && typeof body['code'] === 'string'
    ? 'refused'
    : `${status} ${text.slice(0, 200)}`;
};

/** Dotted paths of all members of a body. */
const pathsOf = (body: object, prefix = ''): string[] =>
  Object.entries(body).flatMap(([name, value]) => [
    prefix + name,
    ...(typeof value === 'object' && value !== null && !Array.isArray(value)
      ? pathsOf(value as object, `${prefix}${name}.`)
      : []),
  ]);

const withMember = (body: object, path: string, value: unknown): Body => {
  const copy = structuredClone(body) as Body;
  const parts = path.split('.');
  let at: Body = copy;
  for (const part of parts.slice(0, -1)) at = at[part] as Body;
  at[parts.at(-1)!] = value;
  return copy;
};

describe('bad input to the JSON API', () => {
  let portal: Portal;
  let calendar: Calendar;
  let guest: Guest;
  let held: { id: string; holdToken: string };
  let booked: { id: string };
  let before: Record<string, string>;

  const counts = async (): Promise<Record<string, string>> => {
    const rows = await portal.database.sql<{ name: string; rows: string }>(
      tables
        .map(
          (table) =>
            `select '${table}' as name, count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) as rows from ${table}`,
        )
        .join(' union all '),
    );
    return Object.fromEntries(rows.map(({ name, rows: state }) => [name, state]));
  };

  beforeAll(async () => {
    portal = await openPortal(now);
    calendar = await aCalendar(portal.database, {
      open: [['2027-03-02T09:00', '2027-03-02T12:00']],
      gridMinutes: 30,
      now,
    });
    guest = await portal.guest();
    booked = (await portal.book(calendar, at(calendar, '2027-03-02T11:00'), guest)).body as { id: string };
    held = await portal.hold(calendar, at(calendar, '2027-03-02T09:00'));
    before = await counts();
  });

  afterAll(async () => {
    await portal?.stop();
  });

  const unchanged = async () => expect(await counts()).toEqual(before);

  const order = () => ({
    ...anOrder(held.id, guest),
    patient: {
      givenName: 'Ilze',
      familyName: 'Bērziņa',
      personCode: { country: 'LV', code: '32503511782' },
      birthDate: '1958-03-12',
    },
    reason: 'x',
    referral: {
      number: '1',
      date: '2027-02-01',
      priority: '1',
      referrer: { name: 'A', institution: 'B', phone: '+37121234567', email: 'a@b.example' },
    },
  });

  const bodies = (): [path: string, body: object, optional: readonly string[]][] => [
    ['/verifications', { email: 'a@b.example', language: 'lv' }, []],
    [`/verifications/${randomUUID()}`, { code: '123456' }, []],
    ['/holds', { calendarId: calendar.id, serviceId: calendar.serviceId, start: at(calendar, '2027-03-02T10:00') }, []],
    [
      '/appointments',
      order(),
      [
        'patient',
        'patient.personCode',
        'patient.birthDate',
        'contact.phone',
        'reason',
        'referral',
        'referral.number',
        'referral.priority',
        'referral.referrer.phone',
        'referral.referrer.email',
      ],
    ],
    [`/appointments/${booked.id}/cancel`, { version: 1, reason: 'patient-ill' }, ['reason']],
    [
      `/appointments/${booked.id}/move`,
      { version: 1, calendarId: calendar.id, serviceId: calendar.serviceId, start: at(calendar, '2027-03-02T10:00') },
      [],
    ],
  ];

  /** Free text takes any text that can be kept; what is wrong with it is only its length. */
  const freeText = new Set([
    'patient.givenName',
    'patient.familyName',
    'reason',
    'referral.number',
    'referral.priority',
    'referral.referrer.name',
    'referral.referrer.institution',
  ]);

  it('is refused member by member, whatever stands in it', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const [path, body, optional] of bodies()) {
      for (const member of pathsOf(body)) {
        for (const value of nonsense) {
          const isNull = value === null || value === undefined;
          if (isNull && optional.includes(member)) continue;
          if (freeText.has(member) && (value === 'constructor' || value === '${7*7}')) continue;
          if (member === 'reason' && path === '/appointments' && value === '') continue;
          if (member === 'version' && value === 0) continue;
          const answer = await portal
            .post(path, withMember(body, member, value), guest)
            .set('X-Hold-Token', held.holdToken);
          asked++;
          const said = problem(answer);
          if (said !== 'refused')
            wrong.push(`${path} ${member} = ${JSON.stringify(value)?.slice(0, 40)}: ${String(said)}`);
        }
      }
      for (const unknown of ['unknown', 'status', 'clinicId', 'price', 'createdBy', '__proto__', 'constructor']) {
        const text = JSON.stringify(body).replace(/\}$/, `,"${unknown}":{"a":1}}`);
        const answer = await portal.post(path, undefined, guest).set('Content-Type', 'application/json').send(text);
        const said = problem(answer);
        if (said !== 'refused') wrong.push(`${path} + ${unknown}: ${String(said)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(400);
    await unchanged();
  }, 120_000);

  it('names the path of each bad member', async () => {
    const answer = await portal
      .post(
        '/appointments',
        {
          ...order(),
          patient: {
            givenName: ' ',
            familyName: '\u202ex',
            personCode: { country: 'LV', code: '1' },
            birthDate: '2028-01-01',
          },
          contact: { email: guest.email, phone: '112' },
        },
        guest,
      )
      .expect(400);
    expect(answer.body).toMatchObject({
      code: 'invalid',
      errors: [
        { path: 'patient.givenName', code: 'name', detail: expect.any(String) },
        { path: 'patient.familyName', code: 'name' },
        { path: 'patient.personCode.code', code: 'person-code' },
        { path: 'patient.birthDate', code: 'birth-date' },
        { path: 'contact.phone', code: 'phone' },
      ],
    });
    await unchanged();
  });

  it('is refused in addresses', async () => {
    const texts = [
      '',
      '%00',
      '%ff',
      '%ed%a0%80',
      'null',
      '-1',
      '1e309',
      '9'.repeat(400),
      "'",
      '%',
      '..%2f',
      '{}',
      '2026-02-30',
      '2026-12-01T24:00:00Z',
      '2026-12-01T23:59:60Z',
      '9999-12-31',
      '0000-00-00',
      'x'.repeat(9000),
    ];
    const strict: [string, string[]][] = [
      [`/calendars/${calendar.id}/slots?service=${calendar.serviceId}`, ['from', 'to', 'moving', 'service', 'unknown']],
      ['/practitioners?limit=5', ['service', 'branch', 'clinic', 'payer', 'from', 'limit', 'unknown']],
      ['/appointments?limit=5', ['patientId', 'from', 'to', 'limit', 'unknown']],
      ['/services?specialty=x', ['clinic', 'unknown']],
    ];
    const wrong: string[] = [];
    for (const [path, parameters] of strict) {
      for (const parameter of parameters) {
        for (const value of texts) {
          const isDay = (parameter === 'to' || parameter === 'from') && value === '9999-12-31';
          const answer = await portal.get(`${path}&${parameter}=${value}`, guest);
          const said = problem(answer);
          if (said !== 'refused' && !isDay) wrong.push(`${path} ${parameter}=${value.slice(0, 40)}: ${String(said)}`);
        }
      }
    }
    for (const value of texts.filter((each) => each !== '')) {
      for (const path of [
        `/appointments/${value}`,
        `/appointments/${value}/ics`,
        `/calendars/${value}/slots?service=${calendar.serviceId}`,
        `/practitioners/${value}`,
        `/clinics/${value}`,
      ]) {
        const said = problem(await portal.get(path, guest));
        if (said !== 'refused') wrong.push(`${path.slice(0, 60)}: ${String(said)}`);
      }
      for (const path of [
        `/practitioners?q=${value}`,
        `/suggest?q=${value}`,
        `/practitioners?cursor=${value}`,
        `/practitioners?city=${value}&specialty=${value}`,
      ]) {
        const { status } = await portal.get(path);
        if (status >= 500) wrong.push(`${path.slice(0, 60)}: ${status}`);
      }
    }
    for (const path of [
      '/practitioners?payer=paid&payer=state',
      '/practitioners?payer[]=paid',
      '/practitioners?payer[$ne]=x',
    ]) {
      const said = problem(await portal.get(path));
      if (said !== 'refused') wrong.push(`${path}: ${String(said)}`);
    }
    expect(wrong).toEqual([]);
    await unchanged();
  }, 120_000);

  it('is refused as a whole when it is no JSON, too large, too deep or something else', async () => {
    const client = supertest(portal.url);
    const send = (type: string, text: string | Buffer) =>
      client
        .post(`${api}/verifications`)
        .set('Idempotency-Key', key())
        .set('Content-Type', type)
        .send(text as string);
    const valid = '{"email":"a@b.example","language":"lv"}';
    const cases: [string, string, string | Buffer, number][] = [
      ['broken', 'application/json', '{"email":', 400],
      ['a list', 'application/json', '[]', 400],
      ['nothing', 'application/json', '', 400],
      ['null', 'application/json', 'null', 400],
      ['a text', 'application/json', '"a"', 400],
      ['deep', 'application/json', `{"email":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
      ['large', 'application/json', JSON.stringify({ email: 'x'.repeat(70_000), language: 'lv' }), 413],
      ['a prototype', 'application/json', '{"__proto__":{"email":"a@b.example"},"language":"lv"}', 400],
      ['a form', 'application/x-www-form-urlencoded', 'email=a@b.example&language=lv', 415],
      ['plain text', 'text/plain', valid, 415],
      ['XML', 'application/xml', '<a/>', 415],
      ['bytes that are no UTF-8', 'application/json', Buffer.from('7b22656d61696c223a22ff22', 'hex'), 400],
      ['a strange charset', 'application/json; charset=klingon', valid, 415],
    ];
    for (const [name, type, text, status] of cases) {
      const answer = await send(type, text);
      expect([name, answer.status, problem(answer)]).toEqual([name, status, 'refused']);
    }
    await unchanged();
  });

  it('is refused in headers', async () => {
    const client = supertest(portal.url);
    const missing = await client
      .post(`${api}/holds`)
      .send({ calendarId: calendar.id, serviceId: calendar.serviceId, start: at(calendar, '2027-03-02T10:00') });
    expect([missing.status, (missing.body as Body)['code']]).toEqual([400, 'idempotency-key-missing']);
    for (const bad of ['""', 'a b', 'x'.repeat(129), '"open', 'a, b', '"\\n"']) {
      const answer = await client
        .post(`${api}/holds`)
        .set('Idempotency-Key', bad)
        .send({ calendarId: calendar.id, serviceId: calendar.serviceId, start: at(calendar, '2027-03-02T10:00') });
      expect([bad, answer.status]).toEqual([bad, 400]);
      expect(answer.body).toMatchObject({ errors: [{ path: 'Idempotency-Key' }] });
    }
    for (const authorization of [
      'Guest',
      'Guest x',
      `Guest ${'a'.repeat(43)}`,
      `Bearer ${guest.token}`,
      'Basic YTpi',
      `Guest ${guest.token}x`,
    ]) {
      const answer = await client.get(`${api}/appointments`).set('Authorization', authorization);
      expect([authorization.slice(0, 12), answer.status]).toEqual([authorization.slice(0, 12), 401]);
    }
    // A guest's token is no session cookie.
    const cookie = await client.get(`${api}/appointments`).set('Cookie', `pieraksts-booking=${guest.token}`);
    expect(cookie.status).toBe(401);
    const elsewhere = await client
      .post(`${api}/verifications`)
      .set('Idempotency-Key', key())
      .set('Origin', 'https://evil.example')
      .set('Sec-Fetch-Site', 'cross-site')
      .send({ email: 'a@b.example', language: 'lv' });
    expect([elsewhere.status, problem(elsewhere)]).toEqual([403, 'refused']);
    await unchanged();
  });

  it('gets the method that a call does not have answered with those it has', async () => {
    const answer = await supertest(portal.url).put(`${api}/holds`).send({});
    expect([answer.status, answer.headers['allow'], problem(answer)]).toEqual([405, 'POST', 'refused']);
  });

  it('does not reach other hosts through the Host header', async () => {
    const status = await new Promise<string>((resolve) => {
      const { hostname, port } = new URL(portal.url);
      httpRequest(
        { hostname, port, path: `${api}/terms`, headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } },
        (answer) => {
          let text = '';
          answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
          answer.on('end', () => resolve(text));
        },
      ).end();
    });
    expect(status).not.toContain('evil');
  });
});
