import { describe, expect, it } from '@jest/globals';
import { afterFailure, closedBreaker, mayCall } from './breaker.js';

const now = Temporal.Instant.from('2026-11-30T08:00:00Z');

describe('a server that does not answer', () => {
  it('is asked five times, then left alone for half a minute, then asked again', () => {
    let breaker = closedBreaker;
    for (let count = 0; count < 4; count++) breaker = afterFailure(breaker, now);
    expect(mayCall(breaker, now)).toBe(true);
    breaker = afterFailure(breaker, now);
    expect(mayCall(breaker, now.add({ seconds: 29 }))).toBe(false);
    expect(mayCall(breaker, now.add({ seconds: 30 }))).toBe(true);
    breaker = afterFailure(breaker, now.add({ seconds: 30 }));
    expect(mayCall(breaker, now.add({ seconds: 59 }))).toBe(false);
  });
});
