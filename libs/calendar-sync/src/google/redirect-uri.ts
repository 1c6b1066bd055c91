import { environment } from '#libs/platform';
import type { Purpose } from '../calendar-connection.entity.js';

/** Where Google sends a browser back to: an address of its own for each use (S-2.23), in the app where it began. */
export function redirectUri(purpose: Purpose): string {
  const { bookingUrl, clinicUrl } = environment();
  return new URL('/my-calendar/google', purpose === 'visits' ? bookingUrl : clinicUrl).href;
}
