import type { Request } from 'express';
import type { Actor, Session } from '#libs/access';
import type { Language } from '#libs/platform';

export type WebAppName = 'booking' | 'clinic';

/** A request as the furniture prepared it before any controller runs. */
export interface WebRequest extends Request {
  /** In the log lines, in the answer's X-Request-Id and on error pages. */
  requestId: string;
  webApp: WebAppName;
  /** Of the address (`/{language}/…`); of programs and unprefixed paths, what they prefer. */
  language: Language;
  /** What the visitor would be given without a language in the address: cookie, Accept-Language, lv. */
  preferredLanguage: Language;
  /** The session, read on the first call only; none is ever made here. */
  session(): Promise<Session | undefined>;
  /** Who acts; anonymous visitors too. */
  actor(): Promise<Actor>;
}
