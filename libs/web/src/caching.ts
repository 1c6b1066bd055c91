import type { WebRequest } from './web-request.js';
import { sessionCookieName } from './sessions/session-cookie-name.js';

/**
 * Lets browsers and proxies keep this answer for some seconds (30 at most where free times stand on it, S-2.19). Does
 * nothing for a visitor with a session or a flash message: every other answer is `no-store`.
 */
export function allowCache(request: WebRequest, seconds: number): void {
  const cookies = request.headers.cookie ?? '';
  const personal = cookies.includes(sessionCookieName(request.webApp)) || cookies.includes('flash=');
  if (personal || request.headers.authorization !== undefined || request.language !== request.preferredLanguage) return;
  request.res?.setHeader('Cache-Control', `public, max-age=${seconds}`);
  request.res?.appendHeader('Vary', ['Cookie', 'Accept-Language']);
}
