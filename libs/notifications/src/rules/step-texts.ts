import { type NoticeKind, noticeRuleOf } from './notice-kinds.js';

export interface TextWish {
  kind: NoticeKind;
  /** When the visit begins, and when it began before the step: whichever is nearer counts. */
  starts: readonly Temporal.Instant[];
  now: Temporal.Instant;
  hasEmail: boolean;
  wishesSms: boolean;
}

/** So near, nobody may read the letter in time. */
const nearHours = 72;

/**
 * Whether a step is also told by short message: what the clinic did to a visit within three days, to those who wished for
 * messages; and whatever it did, at any time, to those who gave a telephone number and no e-mail address.
 */
export function isWorthATextMessage({ kind, starts, now, hasEmail, wishesSms }: TextWish): boolean {
  if (!noticeRuleOf(kind).channels.includes('sms')) return false;
  const hours = starts.map((start) => now.until(start).total('hours')).filter((each) => each > 0);
  if (hours.length === 0) return false;
  return hasEmail ? wishesSms && Math.min(...hours) <= nearHours : true;
}
