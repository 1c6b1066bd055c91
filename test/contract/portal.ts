import { randomUUID } from 'node:crypto';
import supertest, { type Response, type Test } from 'supertest';
import { verificationCode } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { testClock, type TestClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import type { Calendar } from '../support/build-clinic.js';

export interface Body {
  [member: string]: unknown;
}

export interface Guest {
  email: string;
  token: string;
}

/** The booking app over HTTP, as a program sees it. */
export interface Portal {
  database: TestDatabase;
  clock: TestClock;
  url: string;
  app: RunningApp;
  get(path: string, guest?: Guest): Test;
  /** A post with a fresh key. */
  post(path: string, body?: object, guest?: Guest): Test;
  delete(path: string): Test;
  guest(email?: string): Promise<Guest>;
  hold(calendar: Calendar, start: string): Promise<{ id: string; holdToken: string; [member: string]: unknown }>;
  /** Holds and books; the answer of the booking. */
  book(calendar: Calendar, start: string, guest: Guest, changed?: object): Promise<Response>;
  stop(): Promise<void>;
}

export const api = '/api/v1';
export const key = (): string => `"${randomUUID()}"`;

export const anOrder = (holdId: string, guest: Guest, changed: object = {}): Body => ({
  holdId,
  patient: { givenName: 'Ilze', familyName: 'Bērziņa', birthDate: '1958-03-12' },
  contact: { email: guest.email, phone: '+37121234567' },
  language: 'lv',
  terms: { version: '2026-11-22' },
  ...changed,
});

export async function openPortal(now: string, variables: Record<string, string> = {}): Promise<Portal> {
  const database = await testDatabase();
  await prepareEnvironment({ database, variables });
  const clock = testClock(now);
  const app = await startApp('booking', { clock });
  const client = supertest(app.url);
  const withGuest = (test: Test, guest?: Guest): Test =>
    guest ? test.set('Authorization', `Guest ${guest.token}`) : test;
  const portal: Portal = {
    database,
    clock,
    url: app.url,
    app,
    get: (path, guest) => withGuest(client.get(api + path), guest),
    post: (path, body = {}, guest) =>
      withGuest(client.post(api + path).set('Idempotency-Key', key()), guest).send(body),
    delete: (path) => client.delete(api + path),
    async guest(email = `${randomUUID()}@patient.example`) {
      const asked = await portal.post('/verifications', { email, language: 'lv' }).expect(202);
      const { id } = asked.body as { id: string };
      const proven = await portal.post(`/verifications/${id}`, { code: verificationCode(id, 0) }).expect(200);
      return { email, token: (proven.body as { guestToken: string }).guestToken };
    },
    async hold({ id: calendarId, serviceId }, start) {
      const answer = await portal.post('/holds', { calendarId, serviceId, start }).expect(201);
      return answer.body as { id: string; holdToken: string };
    },
    async book(calendar, start, guest, changed) {
      const held = await portal.hold(calendar, start);
      return portal.post('/appointments', anOrder(held.id, guest, changed), guest).set('X-Hold-Token', held.holdToken);
    },
    async stop() {
      await app.stop();
      await database.drop();
    },
  };
  return portal;
}
