import type { Payer } from '#libs/calendars';
import { environment } from '#libs/platform';
import type { WebRequest } from '#libs/web';

/** What was booked last at this desk: the next caller often wants the same. Nothing about a person. */
export interface LastOffer {
  serviceId: string;
  payer: Payer;
}

const name = 'pieraksts-last-offer';
const pattern = new RegExp(`(?:^|;\\s*)${name}=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(state|paid)(?:;|$)`);
const month = 30 * 24 * 60 * 60;

/** What this browser kept; null: nothing that can be read. */
export function lastOffer(request: WebRequest): LastOffer | null {
  const [, serviceId, payer] = pattern.exec(request.headers.cookie ?? '') ?? [];
  return serviceId && (payer === 'state' || payer === 'paid') ? { serviceId, payer } : null;
}

/** Keeps it in the browser for a month. */
export function keepLastOffer(request: WebRequest, { serviceId, payer }: LastOffer): void {
  const attributes = ['Path=/', `Max-Age=${month}`, 'HttpOnly', 'SameSite=Strict'];
  if (environment().clinicUrl?.startsWith('https:')) attributes.push('Secure');
  request.res?.appendHeader('Set-Cookie', `${name}=${serviceId}.${payer}; ${attributes.join('; ')}`);
}
