import { describe, expect, it } from '@jest/globals';
import { tryAgainAfter } from './try-again.js';

describe('trying again', () => {
  it('waits twice as long each time, six hours at most', () => {
    expect([1, 2, 3, 9, 40].map((attempts) => tryAgainAfter(attempts, 1))).toEqual([60, 120, 240, 15_360, 21_600]);
  });

  it('is spread over half of that', () => {
    expect([tryAgainAfter(3, 0), tryAgainAfter(3, 0.5)]).toEqual([120, 180]);
  });

  it('keeps to a longer wish of the other side, but not to any', () => {
    expect([tryAgainAfter(1, 0, 90), tryAgainAfter(1, 1, 5), tryAgainAfter(1, 0, 900_000)]).toEqual([90, 60, 21_600]);
  });
});
