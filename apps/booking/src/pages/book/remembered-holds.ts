import type { WebRequest } from '#libs/web';
import { readSealed, writeSealed } from './sealed-cookie.js';

/** A hold as the browser remembers it: its proof, what it was about, and what became of it. */
export interface RememberedHold {
  id: string;
  token: string;
  calendarId: string;
  serviceId: string;
  /** ISO instant. */
  start: string;
  /** Once it is booked: the back button and a second tab lead there. */
  appointmentId?: string;
  /** Of a family: how many visits it keeps, and what they have in common once they are booked. */
  people?: number;
  togetherId?: string;
  /** The question whose answer stopped the booking: the way back leads to the clinic's advice. */
  stoppedBy?: string;
}

const most = 4;
const seconds = 3 * 60 * 60;

const isRemembered = (value: unknown): value is RememberedHold =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'token', 'calendarId', 'serviceId', 'start'].every(
    (name) => typeof (value as Record<string, unknown>)[name] === 'string',
  );

export function rememberedHolds(request: WebRequest): RememberedHold[] {
  const kept = readSealed(request, 'holds');
  return Array.isArray(kept) ? kept.filter(isRemembered) : [];
}

/** Keeps a hold, the newest first; an earlier entry of the same hold is replaced. */
export function rememberHold(request: WebRequest, hold: RememberedHold): void {
  const others = rememberedHolds(request).filter(({ id }) => id !== hold.id);
  writeSealed(request, 'holds', [hold, ...others].slice(0, most), seconds);
}
