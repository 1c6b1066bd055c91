import { describe, expect, it } from '@jest/globals';
import { jobRetries } from '#libs/platform';
import { nextTryAfter } from './next-try.js';

describe('a message that did not leave', () => {
  it('is tried again soon at first, and never later than five minutes after a server is back', () => {
    expect([1, 2, 3].map(nextTryAfter)).toEqual([10, 20, 40]);
    expect(nextTryAfter(50)).toBe(300);
  });

  it('is tried for at least eight hours', () => {
    const waits = Array.from({ length: jobRetries.retryLimit }, (_, n) => nextTryAfter(n));
    expect(waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(8 * 3600);
  });
});
