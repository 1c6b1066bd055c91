import { describe, expect, it } from '@jest/globals';
import { lockedUntil } from './lockout.js';

describe('wrong sign-ins in a row', () => {
  const now = Temporal.Instant.from('2026-12-01T09:00:00Z');
  const wait = (failed: number) => {
    const until = lockedUntil(failed, now);
    return until === null ? 0 : until.since(now).total('seconds');
  };

  it('are answered at once four times, then with growing waits of two minutes at most', () => {
    expect([0, 1, 4, 5, 6, 8, 20, 32_000].map(wait)).toEqual([0, 0, 0, 4, 8, 32, 120, 120]);
  });
});
