import { environment } from '#libs/platform';
import type { WebRequest } from '#libs/web';

const name = 'pieraksts-known-device';
const halfAYear = 180 * 24 * 60 * 60;

/** The browser's mark of an earlier sign-in, if it has one. */
export const knownDeviceOf = (request: WebRequest): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([\\w.-]{20,200})`).exec(request.headers.cookie ?? '')?.[1];

/** Keeps the mark for half a year; it opens nothing, so signing out leaves it. */
export function rememberDevice(request: WebRequest, mark: string): void {
  const secure = environment().clinicUrl?.startsWith('https:') ? '; Secure' : '';
  request.res?.appendHeader(
    'Set-Cookie',
    `${name}=${mark}; Path=/; Max-Age=${halfAYear}; HttpOnly; SameSite=Strict${secure}`,
  );
}
