import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import { identityListener } from './web-server.js';

/** A browser's memory: follows no redirect, keeps cookies. */
function browserOf(origin: string) {
  const cookies = new Map<string, string>();
  return async (address: string, form?: Record<string, string>) => {
    const answer = await fetch(new URL(address, origin), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  };
}

describe('the development identity provider', () => {
  let server: Server;
  let origin: string;
  let client: oidc.Configuration;
  const callBack = 'http://localhost:3000/sign-in/return';

  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on(
      'request',
      identityListener({
        issuer: origin,
        clientId: 'pieraksts',
        clientSecret: 'a-secret',
        origins: ['http://localhost:3000'],
      }),
    );
    client = await oidc.discovery(new URL(origin), 'pieraksts', 'a-secret', undefined, {
      execute: [oidc.allowInsecureRequests],
    });
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  async function start(redirect = callBack) {
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const address = oidc.buildAuthorizationUrl(client, {
      redirect_uri: redirect,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { verifier, state, nonce, address: address.href };
  }

  it('lets you be anyone, and tells the app who that is', async () => {
    const visit = browserOf(origin);
    const { verifier, state, nonce, address } = await start();
    const asked = await visit(address);
    expect((await visit(asked.location)).text).toContain('Be anyone');

    const empty = await visit(asked.location, { givenName: 'Žanis', country: 'LV' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('Enter a family name.');
    expect(empty.text).toContain('value="Žanis"');

    const person = {
      givenName: 'Žanis',
      familyName: 'Ģērmanis',
      birthDate: '1958-03-12',
      country: 'LV',
      personalCode: '120358-11232',
    };
    const resumed = await visit((await visit(asked.location, person)).location);
    expect(resumed.location).toContain(callBack);

    const tokens = await oidc.authorizationCodeGrant(client, new URL(resumed.location), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    expect(tokens.claims()).toMatchObject({
      sub: 'LV12035811232',
      given_name: 'Žanis',
      family_name: 'Ģērmanis',
      birthdate: '1958-03-12',
      personal_code: '120358-11232',
      country: 'LV',
    });

    const again = await visit((await start()).address);
    expect((await visit(again.location)).text).toContain('Be anyone');
  });

  it('sends nobody to another site', async () => {
    const { address } = await start('https://evil.example/sign-in/return');
    const answer = await browserOf(origin)(address);
    expect(answer.location).not.toContain('evil.example');
    expect(answer.status).toBe(400);
  });

  it('goes back empty-handed when cancelled', async () => {
    const visit = browserOf(origin);
    const asked = await visit((await start()).address);
    const resumed = await visit((await visit(`${asked.location}/abort`, {})).location);
    expect(resumed.location).toContain('error=access_denied');
  });
});
