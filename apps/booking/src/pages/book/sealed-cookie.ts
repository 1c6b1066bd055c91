import { environment, open, seal } from '#libs/platform';
import type { WebRequest } from '#libs/web';

const isSecure = (): boolean => environment().bookingUrl?.startsWith('https:') === true;
const nameOf = (name: string): string => `${isSecure() ? '__Host-' : ''}pieraksts-${name}`;

/** Browsers keep about 4 KB a cookie; what would not fit is not kept. */
const longest = 3_500;

/** Writes a value that only this site can read, into the browser's keeping; undefined takes it away. */
export function writeSealed(request: WebRequest, name: string, value: object | undefined, seconds: number): void {
  const sealed = value === undefined ? '' : seal(JSON.stringify(value)).toString('base64url');
  if (sealed.length > longest) return;
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${value === undefined ? 0 : seconds}`];
  if (isSecure()) attributes.push('Secure');
  request.res?.appendHeader('Set-Cookie', `${nameOf(name)}=${sealed}; ${attributes.join('; ')}`);
}

/** What was written, or undefined when it is absent, older than our keys or not ours. */
export function readSealed(request: WebRequest, name: string): unknown {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key !== nameOf(name) || !/^[\w-]{40,4000}$/.test(value)) continue;
    try {
      return JSON.parse(open(Buffer.from(value, 'base64url'))) as unknown;
    } catch {
      // A cookie is the visitor's to change: what does not open says nothing.
      return undefined;
    }
  }
  return undefined;
}
