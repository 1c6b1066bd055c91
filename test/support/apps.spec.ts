import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLOCK } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from './app.js';
import { testClock } from './clock.js';
import { testDatabase, type TestDatabase } from './database.js';

describe('the three processes', () => {
  const clock = testClock('2027-03-01T08:00:00Z');
  let database: TestDatabase;
  const running: RunningApp[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    for (const name of ['booking', 'clinic', 'worker'] as const) running.push(await startApp(name, { clock }));
  });

  afterAll(async () => {
    for (const app of running) await app.stop();
    await database?.drop();
  });

  it('run beside each other, and tell when they can be used', async () => {
    for (const { url } of running) {
      const answer = await fetch(`${url}/health/ready`);
      expect(await answer.json()).toEqual({ status: 'ready' });
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    }
  });

  it('ask the clock that the story moves', () => {
    clock.advance({ hours: 1 });
    for (const app of running) expect(app.get<typeof clock>(CLOCK).now().toString()).toBe('2027-03-01T09:00:00Z');
  });
});
