import type { WebRequest } from '#libs/web';
import { environment } from '#libs/platform';

const isSecure = (): boolean => environment().bookingUrl?.startsWith('https:') === true;
const nameOf = (): string => `${isSecure() ? '__Host-' : ''}pieraksts-sign-in`;

/**
 * The token of a sign-in on its way. A cookie of the browser and not of the tab: some providers come back in a new one
 * (S-2.26). Lax, because the way back is a navigation from another site.
 */
export function writeAttempt(request: WebRequest, token: string | undefined): void {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${token === undefined ? 0 : 1800}`];
  if (isSecure()) attributes.push('Secure');
  request.res?.appendHeader('Set-Cookie', `${nameOf()}=${token ?? ''}; ${attributes.join('; ')}`);
}

export function readAttempt(request: WebRequest): string | undefined {
  const found = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('=', 2));
  const value = found.find(([name]) => name === nameOf())?.[1];
  return value !== undefined && /^[\w-]{20,100}$/.test(value) ? value : undefined;
}
