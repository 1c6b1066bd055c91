import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aCalendar,
  deleteEvent,
  eventOf,
  GoogleAnswer,
  type GoogleCalendar,
  type GooglePerson,
  insertEvent,
  listEvents,
  patchEvent,
} from './google-calendars.js';

/**
 * A server that speaks as Google does: consent, tokens, revoking, calendars and events. Point GOOGLE_API_ROOT at `url`.
 *
 * To make it fail, push into `faults`; the first that fits a call answers for it, `times` times (once, unless told):
 *
 *     google.faults.push({ path: /events/, method: 'POST', status: 403, reason: 'rateLimitExceeded', times: 3 });
 *     google.faults.push({ path: /token/, status: 400, oauthError: 'invalid_grant' });
 *     google.faults.push({ path: /events/, hangs: true });                    // never answers
 *     google.faults.push({ path: /events/, isDone: true, cuts: true });      // does it, and cuts the line before the answer
 *
 * New calls of the API: add a line to `routes`.
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

export interface GoogleChannel {
  id: string;
  token: string;
  address: string;
  resourceId: string;
  calendarId: string;
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

interface Grant {
  person: GooglePerson;
  scopes: string[];
  refreshToken: string;
}

export interface GoogleCall {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: Record<string, unknown>;
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
  /** The work is done first. */
  isDone?: boolean;
  times?: number;
}

interface Asked extends GoogleCall {
  grant: Grant;
  calendar: (needsOwner?: boolean) => GoogleCalendar;
  parts: string[];
}

type Route = [method: string, path: RegExp, work: (asked: Asked, server: GoogleServer) => unknown];

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;
const canList = ['calendar.calendarlist.readonly', 'calendar.readonly', 'calendar'].map(scope);

const routes: Route[] = [
  [
    'POST',
    /^\/calendars$/,
    ({ grant, body }) => {
      if (!grant.scopes.includes(scope('calendar.app.created'))) throw new GoogleAnswer(403, 'insufficientPermissions');
      const id = `${randomBytes(16).toString('hex')}@group.calendar.google.com`;
      const calendar = aCalendar(id, { summary: String(body['summary']), isAppCreated: true });
      grant.person.calendars.set(id, calendar);
      return described(calendar);
    },
  ],
  ['GET', /^\/calendars\/([^/]+)$/, ({ calendar }) => described(calendar())],
  [
    'DELETE',
    /^\/calendars\/([^/]+)$/,
    ({ calendar, grant }) => {
      const { id, primary } = calendar(true);
      if (primary) throw new GoogleAnswer(403, 'forbidden');
      grant.person.calendars.delete(id);
      return undefined;
    },
  ],
  ['GET', /^\/users\/me\/calendarList$/, ({ grant, query }) => calendarList(grant, query)],
  ['GET', /^\/calendars\/([^/]+)\/events$/, ({ calendar, query }) => listEvents(calendar(), query)],
  ['POST', /^\/calendars\/([^/]+)\/events$/, ({ calendar, body }, { now }) => insertEvent(calendar(true), body, now)],
  [
    'POST',
    /^\/calendars\/([^/]+)\/events\/watch$/,
    ({ calendar, body }, { channels, now }) => {
      const { id, token, address } = body as Record<string, string>;
      const channel = { id, token, address, resourceId: randomBytes(8).toString('hex'), calendarId: calendar().id };
      channels.set(channel.id ?? '', channel as GoogleChannel);
      return { id, resourceId: channel.resourceId, expiration: String(Date.parse(now) + 7 * 24 * 60 * 60 * 1000) };
    },
  ],
  [
    'POST',
    /^\/channels\/stop$/,
    ({ body }, { channels }) => {
      if (!channels.delete(String(body['id']))) throw new GoogleAnswer(404, 'channelIdNotFound');
      return undefined;
    },
  ],
  ['GET', /^\/calendars\/([^/]+)\/events\/([^/]+)$/, ({ calendar, parts }) => eventOf(calendar(), parts[1] ?? '')],
  [
    'PATCH',
    /^\/calendars\/([^/]+)\/events\/([^/]+)$/,
    ({ calendar, parts, body, headers }, { now: at }) =>
      patchEvent(calendar(true), parts[1] ?? '', body, { ifMatch: headers['if-match'], at }),
  ],
  [
    'DELETE',
    /^\/calendars\/([^/]+)\/events\/([^/]+)$/,
    ({ calendar, parts }, { now }) => deleteEvent(calendar(true), parts[1] ?? '', now),
  ],
];

const described = ({ id, summary, primary, accessRole, timeZone }: GoogleCalendar): Record<string, unknown> => ({
  id,
  summary,
  accessRole,
  timeZone,
  ...(primary && { primary }),
});

const roles = ['freeBusyReader', 'reader', 'writer', 'owner'];

function calendarList(grant: Grant, query: URLSearchParams): Record<string, unknown> {
  if (!grant.scopes.some((each) => canList.includes(each))) throw new GoogleAnswer(403, 'insufficientPermissions');
  const least = roles.indexOf(query.get('minAccessRole') ?? 'freeBusyReader');
  const all = [...grant.person.calendars.values()].filter(({ accessRole }) => roles.indexOf(accessRole) >= least);
  const [from, size] = [Number(query.get('pageToken') ?? 0), Number(query.get('maxResults') ?? 100)];
  const rest = from + size < all.length ? { nextPageToken: String(from + size) } : {};
  return { items: all.slice(from, from + size).map(described), ...rest };
}

/** The calendar of an address, if the permission opens it. */
function opened(grant: Grant, id: string, needsOwner: boolean): GoogleCalendar {
  const found = id === 'primary' ? grant.person.email : id;
  const calendar = grant.person.calendars.get(found);
  if (!calendar) throw new GoogleAnswer(404, 'notFound');
  const has = (...names: string[]): boolean => names.some((name) => grant.scopes.includes(scope(name)));
  if (calendar.isAppCreated && has('calendar.app.created')) return calendar;
  if (needsOwner && has('calendar.events.owned') && calendar.accessRole !== 'owner')
    throw new GoogleAnswer(403, 'requiredAccessLevel');
  const isEnough = needsOwner
    ? has('calendar.events.owned', 'calendar.events')
    : has('calendar.events.owned', 'calendar.events', 'calendar.events.freebusy', 'calendar.freebusy');
  // With `calendar.app.created` alone another calendar is as if it were not there.
  if (!isEnough) throw new GoogleAnswer(has('calendar.app.created') ? 404 : 403, 'insufficientPermissions');
  return calendar;
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
    if (fault && !fault.isDone) return fail(response, fault);
    try {
      const { status = 200, location, data } = work(call);
      if (fault) return fail(response, fault);
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
    for (const [method, path, answer] of routes) {
      const match = path.exec(call.path.replace('/calendar/v3', ''));
      if (!match || method !== call.method) continue;
      const parts = match.slice(1).map(decodeURIComponent);
      const calendar = (needsOwner = false): GoogleCalendar => opened(grant, parts[0] ?? '', needsOwner);
      return { data: answer({ ...call, grant, calendar, parts }, server) };
    }
    throw new GoogleAnswer(404, 'notFound');
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
