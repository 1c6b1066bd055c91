import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identityListener } from '../../tools/identity/web-server.js';
import { type RunningApp, prepareEnvironment, startApp } from '../support/app.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const person = {
  givenName: 'Žanis',
  familyName: 'Ģērmanis',
  birthDate: '1958-03-12',
  country: 'LV',
  personalCode: '120358-11232',
};

/** A browser's memory: follows no redirect, keeps the cookies of each origin. */
function aBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const visit = async (address: string, form?: Record<string, string>) => {
    const { origin } = new URL(address);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    const set = answer.headers.getSetCookie();
    for (const line of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      location: location === null ? '' : new URL(location, address).href,
      set,
      text: await answer.text(),
    };
  };
  return { visit, jars };
}

describe('a patient with an electronic identity', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let provider: Server;
  let issuer: string;
  const clock = testClock(Temporal.Now.instant().toString());

  beforeAll(async () => {
    provider = createServer();
    await new Promise<void>((ready) => provider.listen(0, '127.0.0.1', ready));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    database = await testDatabase();
    const one = { issuer, clientId: 'pieraksts', clientSecret: 'a-secret' };
    const settings = [
      { id: 'anyone', name: 'Be anyone', ...one },
      { id: 'other', name: 'Another door to the same', ...one },
      { id: 'down', name: 'Out of order', ...one, issuer: 'http://127.0.0.1:9' },
    ];
    await prepareEnvironment({ database, variables: { OIDC_PROVIDERS: JSON.stringify(settings) } });
    app = await startApp('booking', { clock });
    provider.on('request', identityListener({ ...one, origins: [app.url] }));
  });

  afterAll(async () => {
    await app?.stop();
    provider.close();
    provider.closeAllConnections();
    await database?.drop();
  });

  /** To the provider, being somebody there, and to the door of the way back, which is not yet opened. */
  const goThere = async (
    { visit }: ReturnType<typeof aBrowser>,
    returnTo = '/lv/my-appointments',
    as = person,
  ): Promise<string> => {
    const started = await visit(`${app.url}/auth/start/anyone`, { returnTo, language: 'lv' });
    expect(started.status).toBe(303);
    const asked = await visit(started.location);
    return (await visit((await visit(asked.location, as)).location)).location;
  };
  const mine = async ({ visit }: ReturnType<typeof aBrowser>) =>
    JSON.parse((await visit(`${app.url}/api/v1/me/patients`)).text) as { items?: object[]; code?: string };

  it('signs in and finds themself among their people', async () => {
    const browser = aBrowser();
    const started = await browser.visit(`${app.url}/auth/start/anyone`, { returnTo: '/lv/my-appointments' });
    expect(started.location).toMatch(/code_challenge_method=S256/);
    const back = await goThere(browser);
    expect(new URL(back).pathname).toBe('/auth/callback/anyone');
    const arrived = await browser.visit(back);
    expect([arrived.status, arrived.location]).toEqual([303, `${app.url}/lv/my-appointments`]);
    expect(arrived.set.find((line) => line.startsWith('pieraksts-booking='))).toMatch(/HttpOnly; SameSite=Lax/);
    expect(await mine(browser)).toMatchObject({
      items: [{ givenName: 'Žanis', familyName: 'Ģērmanis', birthDate: '1958-03-12', personCode: '1********32' }],
    });
    expect(await database.sql('select email from account')).toEqual([{ email: null }]);
  });

  it('is the same person the next time', async () => {
    const browser = aBrowser();
    await browser.visit(await goThere(browser));
    expect((await mine(browser)).items).toHaveLength(1);
    expect(await database.sql('select from account')).toHaveLength(1);
    expect(await database.sql('select from identity')).toHaveLength(1);
  });

  it('comes in also when both their names have changed since: the code is theirs', async () => {
    const browser = aBrowser();
    const renamed = { ...person, givenName: 'Zanda', familyName: 'Kalniņa' };
    const arrived = await browser.visit(await goThere(browser, '/lv/my-appointments', renamed));
    expect([arrived.status, arrived.location]).toEqual([303, `${app.url}/lv/my-appointments`]);
    expect((await mine(browser)).items).toHaveLength(1);
  });

  it('gets a new token, whatever token the browser came with', async () => {
    const browser = aBrowser();
    browser.jars.set(app.url, new Map([['pieraksts-booking', 'x'.repeat(43)]]));
    await browser.visit(await goThere(browser));
    expect(browser.jars.get(app.url)?.get('pieraksts-booking')).not.toBe('x'.repeat(43));
  });

  it('comes back once, in the browser that left, through the door that was named', async () => {
    const browser = aBrowser();
    const back = await goThere(browser);
    const stranger = await aBrowser().visit(back);
    expect([stranger.status, stranger.set.some((line) => line.startsWith('pieraksts-booking='))]).toEqual([410, false]);
    const arrived = await browser.visit(back);
    expect(arrived.status).toBe(303);
    expect((await browser.visit(back)).status).toBe(410);

    const mixed = aBrowser();
    const other = (await goThere(mixed)).replace('/callback/anyone', '/callback/other');
    expect((await mixed.visit(other)).status).toBe(410);
    expect((await mine(mixed)).code).toBe('not-signed-in');

    const forged = aBrowser();
    const changed = new URL(await goThere(forged));
    changed.searchParams.set('state', 'x');
    expect((await forged.visit(changed.href)).status).toBe(410);
    expect((await mine(forged)).code).toBe('not-signed-in');
  });

  it('is too late after half an hour', async () => {
    const browser = aBrowser();
    const back = await goThere(browser);
    clock.advance({ minutes: 30 });
    expect((await browser.visit(back)).status).toBe(410);
    clock.advance({ minutes: -30 });
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/api/v1/terms', 'javascript:alert(1)'])(
    'is led home and not to %s',
    async (elsewhere) => {
      const browser = aBrowser();
      const arrived = await browser.visit(await goThere(browser, elsewhere));
      expect(arrived.location).toBe(`${app.url}/lv`);
    },
  );

  it('goes back to the sign-in page when they turn around', async () => {
    const browser = aBrowser();
    const started = await browser.visit(`${app.url}/auth/start/anyone`, { language: 'et' });
    const asked = await browser.visit(started.location);
    const back = (await browser.visit((await browser.visit(`${asked.location}/abort`, {})).location)).location;
    const arrived = await browser.visit(back);
    expect([arrived.status, new URL(arrived.location).pathname]).toEqual([
      303,
      expect.stringMatching(/^\/(lv|et)\/sign-in$/),
    ]);
  });

  it('is told that a provider is out of order, and that another does not exist', async () => {
    const { visit } = aBrowser();
    expect((await visit(`${app.url}/auth/start/down`, {})).status).toBe(503);
    expect((await visit(`${app.url}/auth/start/nobody`, {})).status).toBe(404);
    expect((await visit(`${app.url}/auth/callback/nobody?code=x`)).status).toBe(404);
  });
});
