import type { WebRequest } from '../web-request.js';
import { isSecure } from './session-cookie-name.js';

const name = 'pieraksts-workplace';
const pattern = new RegExp(`(?:^|;\\s*)${name}=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:;|$)`);
const halfAYear = 180 * 24 * 60 * 60;

/** At which of their clinics somebody works now: a choice and no right, the session decides whether it is theirs. */
export const workplaceOf = (request: WebRequest): string | null =>
  request.webApp === 'clinic' ? (pattern.exec(request.headers.cookie ?? '')?.[1] ?? null) : null;

/** Keeps the choice in the browser for half a year. */
export function chooseWorkplace(request: WebRequest, staffMemberId: string): void {
  const attributes = ['Path=/', `Max-Age=${halfAYear}`, 'HttpOnly', 'SameSite=Strict'];
  if (isSecure('clinic')) attributes.push('Secure');
  request.res?.appendHeader('Set-Cookie', `${name}=${staffMemberId}; ${attributes.join('; ')}`);
}
