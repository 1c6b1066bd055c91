import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { calendarApi, type Grant, type GoogleCall, type GoogleChannel } from './google-calendar-api.js';
import { GoogleAnswer, type GooglePerson } from './google-calendars.js';

/**
 * A server that speaks as Google does: consent, tokens and revoking here, calendars and events in google-calendar-api.ts.
 * Point GOOGLE_API_ROOT at `url`.
 *
 * To make it fail, push into `faults`; the first that fits a call answers for it, `times` times (once, unless told):
 *
 *     google.faults.push({ path: /events/, method: 'POST', status: 403, reason: 'rateLimitExceeded', times: 3 });
 *     google.faults.push({ path: /token/, status: 400, oauthError: 'invalid_grant' });
 *     google.faults.push({ path: /events/, hangs: true });                    // never answers
 *     google.faults.push({ path: /events/, isDone: true, cuts: true });      // does it, and cuts the line before the answer
 */
export interface GoogleServer {
  url: string;
  clientId: string;
  clientSecret: string;
  /** Who sits before the consent page, and what they do there. */
  consent: Consent;
  faults: GoogleFault[];
  /** Every call that came, in order. */
  calls: GoogleCall[];
  /** Refresh tokens that hold. */
  grants: Map<string, Grant>;
  /** Access tokens that hold; clear it and every one has run out. */
  accessTokens: Map<string, Grant>;
  /** Where somebody wants to be told that a calendar changed, by the channel's id. */
  channels: Map<string, GoogleChannel>;
  /** The moment that `updated` says. */
  now: string;
  /** What a browser is sent on to that comes to the consent page with this path or address. */
  agree(address: string): Promise<string>;
  stop(): Promise<void>;
}

interface Consent {
  person: GooglePerson;
  /** `deny`: "Cancel". */
  decision: 'agree' | 'deny';
  /** The boxes that stay ticked; unset: all. */
  scopes?: string[];
  /** As Google does for a permission that it gave before and is not asked for again. */
  isWithoutRefreshToken?: boolean;
}

export interface GoogleFault {
  path: RegExp;
  method?: string;
  status?: number;
  reason?: string;
  oauthError?: string;
  headers?: Record<string, string>;
  hangs?: boolean;
  cuts?: boolean;
  delayMs?: number;
  /** It is answered as ever, when this says so. */
  waits?: () => Promise<void>;
  /** The work is done first. */
  isDone?: boolean;
  times?: number;
}

export async function googleServer(person: GooglePerson): Promise<GoogleServer> {
  const codes = new Map<string, { grant: Grant; challenge: string; redirectUri: string; isWhole: boolean }>();
  const http = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
  const server: GoogleServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    clientId: 'pieraksts.apps.googleusercontent.com',
    clientSecret: 'a-secret-for-tests',
    consent: { person, decision: 'agree' },
    faults: [],
    calls: [],
    grants: new Map(),
    accessTokens: new Map(),
    channels: new Map(),
    now: '2026-11-30T06:00:00.000Z',
    async agree(address) {
      const answer = await fetch(new URL(address, server.url), { redirect: 'manual' });
      const next = answer.headers.get('location');
      if (!next) throw new Error(`the consent page says ${answer.status}: ${await answer.text()}`);
      return next;
    },
    async stop() {
      http.closeAllConnections();
      await new Promise((done) => http.close(done));
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', server.url);
    const raw = await text(request);
    const isForm = `${request.headers['content-type']}`.startsWith('application/x-www-form-urlencoded');
    const call: GoogleCall = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers as Record<string, string | undefined>,
      body: (isForm ? Object.fromEntries(new URLSearchParams(raw)) : raw ? JSON.parse(raw) : {}) as GoogleCall['body'],
    };
    server.calls.push(call);
    const fault = takeFault(call);
    if (fault?.delayMs) await sleep(fault.delayMs);
    if (fault?.hangs) return;
    await fault?.waits?.();
    if (fault && !fault.isDone && !fault.waits) return fail(response, fault);
    try {
      const { status = 200, location, data } = work(call);
      if (fault && !fault.waits) return fail(response, fault);
      if (location !== undefined) response.writeHead(302, { location }).end();
      else if (data === undefined) response.writeHead(204).end();
      else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data));
    } catch (thrown) {
      if (!(thrown instanceof GoogleAnswer)) throw thrown;
      fail(response, thrown);
    }
  }

  function takeFault({ method, path }: GoogleCall): GoogleFault | undefined {
    const fault = server.faults.find((each) => each.path.test(path) && (each.method ?? method) === method);
    if (fault && (fault.times = (fault.times ?? 1) - 1) <= 0) server.faults.splice(server.faults.indexOf(fault), 1);
    return fault;
  }

  function fail(response: ServerResponse, fault: GoogleFault | GoogleAnswer): void {
    if ('cuts' in fault && fault.cuts) return void response.destroy();
    const { status = 500, reason = 'backendError', headers = {} } = fault;
    const oauthError = 'oauthError' in fault ? fault.oauthError : undefined;
    const body = oauthError
      ? { error: oauthError, error_description: 'said by the test' }
      : { error: { code: status, message: reason, errors: [{ domain: 'global', reason, message: reason }] } };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  }

  function work(call: GoogleCall): { status?: number; location?: string; data?: unknown } {
    if (call.path === '/o/oauth2/v2/auth') return { location: consented(call.query) };
    if (call.path === '/token') return tokens(call.body as Record<string, string>);
    if (call.path === '/revoke') return revoked(call.query.get('token') ?? '');
    const grant = server.accessTokens.get(`${call.headers['authorization']}`.replace('Bearer ', ''));
    if (!grant) throw new GoogleAnswer(401, 'authError');
    return { data: calendarApi(call, grant, server) };
  }

  function consented(query: URLSearchParams): string {
    const redirectUri = query.get('redirect_uri') ?? '';
    const isRight =
      query.get('client_id') === server.clientId &&
      query.get('response_type') === 'code' &&
      query.get('code_challenge_method') === 'S256' &&
      query.get('access_type') === 'offline';
    if (!isRight) throw new GoogleAnswer(400, 'invalid_request');
    const back = new URL(redirectUri);
    back.searchParams.set('state', query.get('state') ?? '');
    const { decision, person: who, scopes = (query.get('scope') ?? '').split(' ') } = server.consent;
    if (decision === 'deny') {
      back.searchParams.set('error', 'access_denied');
      return back.href;
    }
    const code = randomBytes(16).toString('hex');
    const grant = { person: who, scopes, refreshToken: `1//${randomBytes(24).toString('hex')}` };
    const isWhole = !server.consent.isWithoutRefreshToken;
    codes.set(code, { grant, challenge: query.get('code_challenge') ?? '', redirectUri, isWhole });
    back.searchParams.set('code', code);
    back.searchParams.set('scope', scopes.join(' '));
    return back.href;
  }

  function tokens(body: Record<string, string>): { status?: number; data: unknown } {
    const isOurs = body['client_id'] === server.clientId && body['client_secret'] === server.clientSecret;
    if (!isOurs) return { status: 401, data: { error: 'invalid_client' } };
    const isFirst = body['grant_type'] === 'authorization_code';
    const found = isFirst ? exchanged(body) : { grant: server.grants.get(body['refresh_token'] ?? ''), isWhole: false };
    if (!found.grant) return { status: 400, data: { error: 'invalid_grant', error_description: 'Bad Request' } };
    const accessToken = `ya29.${randomBytes(24).toString('hex')}`;
    server.accessTokens.set(accessToken, found.grant);
    const scopes = found.grant.scopes.join(' ');
    const refresh = found.isWhole ? { refresh_token: found.grant.refreshToken } : {};
    return { data: { access_token: accessToken, expires_in: 3599, scope: scopes, token_type: 'Bearer', ...refresh } };
  }

  function exchanged(body: Record<string, string>): { grant: Grant | undefined; isWhole: boolean } {
    const kept = codes.get(body['code'] ?? '');
    codes.delete(body['code'] ?? '');
    const challenge = createHash('sha256')
      .update(body['code_verifier'] ?? '')
      .digest('base64url');
    if (!kept || kept.challenge !== challenge || kept.redirectUri !== body['redirect_uri'])
      return { grant: undefined, isWhole: false };
    server.grants.set(kept.grant.refreshToken, kept.grant);
    return kept;
  }

  /** Google ends all that one person granted to one client. */
  function revoked(token: string): { status?: number; data: unknown } {
    const grant = server.grants.get(token) ?? server.accessTokens.get(token);
    if (!grant) return { status: 400, data: { error: 'invalid_token' } };
    for (const all of [server.grants, server.accessTokens])
      for (const [each, { person: who }] of all) if (who === grant.person) all.delete(each);
    return { data: {} };
  }

  return server;
}
