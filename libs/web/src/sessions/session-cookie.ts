import { Injectable } from '@nestjs/common';
import { type Session, type SessionApp, Sessions } from '#libs/access';
import type { WebRequest } from '../web-request.js';
import { isSecure, sessionCookieName } from './session-cookie-name.js';
import { workplaceOf } from './workplace-cookie.js';

/** base64url of a bearer token; anything else is not worth asking the database about. */
const tokenPattern = /^[\w-]{20,100}$/;

/** What the staff app's scripts ask by themselves, as whether a calendar changed, is no use of a session. */
const isByScript = ({ webApp, method, originalUrl }: WebRequest): boolean =>
  webApp === 'clinic' && method === 'GET' && originalUrl.startsWith('/api/calendar/');

const guestToken = (request: WebRequest): string | undefined =>
  /^Guest ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];

/** The bearer token in the browser's cookie; the session itself is a row that can be ended at once. */
@Injectable()
export class SessionCookie {
  constructor(private readonly sessions: Sessions) {}

  /** The browser's own token, which sign-in verbs take as `former`. */
  tokenOf(request: WebRequest): string | undefined {
    const name = sessionCookieName(request.webApp);
    for (const part of (request.headers.cookie ?? '').split(';')) {
      const [key, value = ''] = part.trim().split('=', 2);
      if (key === name) return tokenPattern.test(value) ? value : undefined;
    }
    return undefined;
  }

  /** The session that came with the request: of a guest's `Authorization: Guest …` in the booking app, else the cookie's. */
  async find(request: WebRequest): Promise<Session | undefined> {
    const guest = request.webApp === 'booking' ? guestToken(request) : undefined;
    const token = guest ?? this.tokenOf(request);
    const app: SessionApp = guest === undefined ? request.webApp : 'guest';
    const isUse = !isByScript(request);
    return token === undefined ? undefined : this.sessions.find(token, app, workplaceOf(request), { isUse });
  }

  /** Gives the browser the token of a session that a verb has just opened or rotated. */
  async give(request: WebRequest, token: string): Promise<Session> {
    const session = await this.sessions.find(token, request.webApp);
    if (session === undefined) throw new Error('a session that was just opened is not there');
    this.write(request, token);
    request.session = () => Promise.resolve(session);
    return session;
  }

  /** The visitor's session; an anonymous one is opened when there is none. Only for posts: a GET opens nothing. */
  async orAnonymous(request: WebRequest): Promise<Session> {
    const session = await request.session();
    if (session !== undefined) return session;
    return this.give(request, await this.sessions.open({ app: request.webApp, accountId: null, level: 'anonymous' }));
  }

  /** Ends the session and tells the browser to forget what it kept of this site. */
  async close(request: WebRequest): Promise<void> {
    const token = this.tokenOf(request);
    if (token !== undefined) await this.sessions.revoke(token);
    request.session = () => Promise.resolve(undefined);
    this.write(request, undefined);
    request.res?.setHeader('Clear-Site-Data', '"cache", "storage"');
  }

  private write(request: WebRequest, token: string | undefined): void {
    // Staff never arrive from elsewhere with work to do; patients come from a letter and should still be signed in.
    const attributes = ['Path=/', 'HttpOnly', `SameSite=${request.webApp === 'clinic' ? 'Strict' : 'Lax'}`];
    if (isSecure(request.webApp)) attributes.push('Secure');
    if (token === undefined) attributes.push('Max-Age=0');
    const value = `${sessionCookieName(request.webApp)}=${token ?? ''}; ${attributes.join('; ')}`;
    request.res?.appendHeader('Set-Cookie', value);
  }
}
