import { environment } from '#libs/platform';
import type { WebAppName } from '../web-request.js';

/** Whether the app's public address is https, which cookies and HSTS follow. */
export function isSecure(app: WebAppName): boolean {
  const { bookingUrl, clinicUrl } = environment();
  return (app === 'booking' ? bookingUrl : clinicUrl)?.startsWith('https:') === true;
}

/**
 * One name for each app: on one host name with two ports the apps would otherwise take each other's cookie. With https
 * the prefix binds it to the host (RFC 6265bis, 4.1.3.2).
 */
export const sessionCookieName = (app: WebAppName): string => `${isSecure(app) ? '__Host-' : ''}pieraksts-${app}`;
