/**
 * What went wrong at Google, by what is to be done about it.
 * `access-ended`: the person took the permission back, or it ran out: only they can mend it. `scope`, `forbidden`: they
 * gave less than is needed, or no longer own the calendar. `not-set-up`: the operator's to mend. `expired`: a new access
 * token is needed. `quota`, `unreachable`: later. `missing`, `gone`, `exists`, `changed`: of one event. `refused`: ours.
 */
export type GoogleFault =
  | 'access-ended'
  | 'scope'
  | 'forbidden'
  | 'not-set-up'
  | 'expired'
  | 'quota'
  | 'unreachable'
  | 'missing'
  | 'gone'
  | 'exists'
  | 'changed'
  | 'refused';

/** What an answer of Google's says of itself. */
export interface FaultyAnswer {
  /** Undefined: there was no answer at all. */
  status?: number | undefined;
  /** OAuth's word, from the address of tokens (RFC 6749 § 5.2). */
  oauthError?: string | undefined;
  /** Google's words for why (developers.google.com/workspace/calendar/api/guides/errors). */
  reasons?: readonly string[];
}

const limits = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'calendarUsageLimitsExceeded',
]);
const tooLittle = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
const notSetUp = new Set(['accessNotConfigured', 'SERVICE_DISABLED']);

const byStatus: Record<number, GoogleFault> = {
  401: 'expired',
  404: 'missing',
  408: 'unreachable',
  409: 'exists',
  410: 'gone',
  412: 'changed',
  429: 'quota',
};

export function faultOf({ status, oauthError, reasons = [] }: FaultyAnswer): GoogleFault {
  if (status === undefined || status >= 500) return 'unreachable';
  if (oauthError === 'invalid_grant') return 'access-ended';
  if (oauthError !== undefined) return 'not-set-up';
  if (status === 403) return faultOfForbidden(reasons);
  return byStatus[status] ?? 'refused';
}

function faultOfForbidden(reasons: readonly string[]): GoogleFault {
  if (reasons.some((reason) => limits.has(reason))) return 'quota';
  if (reasons.some((reason) => tooLittle.has(reason))) return 'scope';
  return reasons.some((reason) => notSetUp.has(reason)) ? 'not-set-up' : 'forbidden';
}

/** Why a connection can only be mended by the person themselves; undefined: it may come right by itself. */
export const stopsConnection = (fault: GoogleFault): fault is 'access-ended' | 'scope' | 'forbidden' =>
  fault === 'access-ended' || fault === 'scope' || fault === 'forbidden';

/** Whether it may go well later without anybody doing anything. */
export const isPassing = (fault: GoogleFault): boolean =>
  fault === 'quota' || fault === 'unreachable' || fault === 'not-set-up' || fault === 'expired';
