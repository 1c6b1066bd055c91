import type { Request } from 'express';
import type { WebRequest } from '../web-request.js';

/** The language that the visitor chose before, if the browser remembers. */
export const rememberedLanguage = (request: Request): string | undefined =>
  /(?:^|;\s*)language=([a-z]{2})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];

/** Keeps the language of a page that the visitor opened in another one than we would have chosen; a year, no person. */
export function rememberLanguage(request: WebRequest): void {
  if (request.language === request.preferredLanguage) return;
  request.res?.appendHeader(
    'Set-Cookie',
    `language=${request.language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`,
  );
}
