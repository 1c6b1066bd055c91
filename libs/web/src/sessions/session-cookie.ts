import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type Session, type SessionLevel, Sessions } from '#libs/access';
import type { WebAppName, WebRequest } from '../web-request.js';
import { isSecure, sessionCookieName } from './session-cookie-name.js';

/** 256 random bits as base64url; anything else is not worth asking the database about. */
const tokenPattern = /^[\w-]{20,100}$/;

const guestToken = (request: WebRequest): string | undefined =>
  /^Guest ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];

/** The bearer token in the browser's cookie; the session itself is a row that can be ended at once. */
@Injectable()
export class SessionCookie {
  constructor(private readonly sessions: Sessions) {}

  /** The token that came with the request: a guest's header, else the cookie. */
  tokenOf(request: WebRequest): string | undefined {
    const fromHeader = request.webApp === 'booking' ? guestToken(request) : undefined;
    if (fromHeader !== undefined) return fromHeader;
    const name = sessionCookieName(request.webApp);
    for (const part of (request.headers.cookie ?? '').split(';')) {
      const [key, value = ''] = part.trim().split('=', 2);
      if (key === name) return tokenPattern.test(value) ? value : undefined;
    }
    return undefined;
  }

  async find(request: WebRequest): Promise<Session | undefined> {
    const token = this.tokenOf(request);
    if (token === undefined) return undefined;
    const isGuest = request.webApp === 'booking' && guestToken(request) !== undefined;
    return this.sessions.find(token, isGuest ? 'guest' : request.webApp);
  }

  /**
   * Opens a session and gives the browser its token. The token that came with the request ends: signing in never keeps
   * one that somebody else may have planted (ASVS 7.2.4). What an anonymous visitor holds stays theirs.
   * @param accountId null for an anonymous visitor who holds a time
   */
  async open(request: WebRequest, session: { accountId: string | null; level: SessionLevel }): Promise<Session> {
    return this.accept(request, await this.sessions.rotate(this.tokenOf(request), { ...session, app: request.webApp }));
  }

  /** Gives the browser the token that a verb of signing in has just opened. */
  async accept(request: WebRequest, token: string): Promise<Session> {
    this.write(request, token);
    const opened = await this.sessions.find(token, request.webApp);
    if (opened === undefined) throw new Error('a session that was just opened is not there');
    request.session = () => Promise.resolve(opened);
    return opened;
  }

  /** The visitor's session; an anonymous one is opened when there is none. Only for posts: a GET opens nothing. */
  async orAnonymous(request: WebRequest): Promise<Session> {
    return (await request.session()) ?? this.open(request, { accountId: null, level: 'anonymous' });
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
    const attributes = ['Path=/', 'HttpOnly', `SameSite=${request.webApp === 'clinic' ? 'Strict' : 'Lax'}`];
    if (isSecure(request.webApp)) attributes.push('Secure');
    if (token === undefined) attributes.push('Max-Age=0');
    (request.res as Response).appendHeader(
      'Set-Cookie',
      `${sessionCookieName(request.webApp as WebAppName)}=${token ?? ''}; ${attributes.join('; ')}`,
    );
  }
}
