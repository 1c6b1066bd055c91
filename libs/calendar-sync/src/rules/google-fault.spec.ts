import { describe, expect, it } from '@jest/globals';
import { faultOf, isPassing, stopsConnection } from './google-fault.js';

describe('an answer of Google that is none', () => {
  it.each([
    [{ status: 400, oauthError: 'invalid_grant' }, 'access-ended'],
    [{ status: 401, oauthError: 'invalid_client' }, 'not-set-up'],
    [{ status: 401, reasons: ['authError'] }, 'expired'],
    [{ status: 403, reasons: ['rateLimitExceeded'] }, 'quota'],
    [{ status: 403, reasons: ['userRateLimitExceeded'] }, 'quota'],
    [{ status: 403, reasons: ['calendarUsageLimitsExceeded'] }, 'quota'],
    [{ status: 429, reasons: ['rateLimitExceeded'] }, 'quota'],
    [{ status: 403, reasons: ['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'] }, 'scope'],
    [{ status: 403, reasons: ['accessNotConfigured'] }, 'not-set-up'],
    [{ status: 403, reasons: ['requiredAccessLevel'] }, 'forbidden'],
    [{ status: 404, reasons: ['notFound'] }, 'missing'],
    [{ status: 409, reasons: ['duplicate'] }, 'exists'],
    [{ status: 410, reasons: ['deleted'] }, 'gone'],
    [{ status: 412, reasons: ['conditionNotMet'] }, 'changed'],
    [{ status: 400, reasons: ['invalid'] }, 'refused'],
    [{ status: 503, reasons: ['backendError'] }, 'unreachable'],
    [{ status: 500, oauthError: 'server_error' }, 'unreachable'],
    [{}, 'unreachable'],
  ])('%j is %s', (answer, fault) => {
    expect(faultOf(answer)).toBe(fault);
  });

  it('is tried again only where that can help, and stops a connection only where nothing else does', () => {
    expect((['quota', 'unreachable', 'not-set-up'] as const).map(isPassing)).toEqual([true, true, true]);
    expect((['access-ended', 'scope', 'forbidden'] as const).map(stopsConnection)).toEqual([true, true, true]);
    expect(isPassing('refused') || stopsConnection('refused')).toBe(false);
  });
});
