import { isGsmLetter } from './segments.js';

/**
 * Whether a name may stand as the sender: 1 to 11 letters of GSM 7 bit with at least one that is no digit (3GPP TS
 * 23.040 § 9.1.2.5), or the digits of a short or long number.
 */
export const isSender = (sender: string): boolean =>
  /^\+?\d{3,15}$/.test(sender) ||
  (/^[A-Za-z0-9 ._&+-]{1,11}$/.test(sender) && /[A-Za-z]/.test(sender) && [...sender].every(isGsmLetter));

/** Whether people can answer to a sender: to a number yes, to a name no phone can. */
export const isAnswerable = (sender: string | null): boolean => sender !== null && /^\+?\d{3,15}$/.test(sender);

/** `urgent`: what the clinic did to a visit that is near; it may go a little over the cap. */
export type TextUrgency = 'usual' | 'urgent';

/** So much of the cap is a warning, and so much more may urgent messages take, in hundredths. */
const warnAt = 80;
const urgentUpTo = 110;

/** How a month stands, in segments. */
export type CapState = 'free' | 'warned' | 'urgent-only' | 'used-up';

/** @param cap segments a month; 0: none at all */
export function capStateOf({ cap, used }: { cap: number; used: number }): CapState {
  if (used >= Math.floor((cap * urgentUpTo) / 100)) return 'used-up';
  if (used >= cap) return 'urgent-only';
  return used * 100 >= cap * warnAt ? 'warned' : 'free';
}

/** Whether a message of so many segments may still leave this month. */
export const isWithinCap = (
  { cap, used }: { cap: number; used: number },
  segments: number,
  urgency: TextUrgency,
): boolean => used + segments <= (urgency === 'urgent' ? Math.floor((cap * urgentUpTo) / 100) : cap);
