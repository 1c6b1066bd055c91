import { describe, expect, it } from '@jest/globals';
import { followsFromUnread, isReadAnew, neededWithin, readAgainAfter } from './reading-pace.js';

const now = Temporal.Instant.from('2026-12-01T08:00:00Z');
const ago = (minutes: number): Temporal.Instant => now.subtract({ minutes });

describe('a calendar that is read again and again', () => {
  it('is read every two to four minutes, and slower while it fails, but often enough to tell in time', () => {
    expect([readAgainAfter({ attempts: 0 }, 0), readAgainAfter({ attempts: 0 }, 1)]).toEqual([120, 240]);
    expect([1, 2, 3, 9].map((attempts) => readAgainAfter({ attempts }, 1))).toEqual([60, 120, 180, 180]);
    expect(readAgainAfter({ attempts: 1, wishedSeconds: 500 }, 0)).toBe(500);
    expect(readAgainAfter({ attempts: 9, isStopped: true }, 0)).toBe(600);
  });

  it('is told of after five minutes and offers nothing after fifteen, unless its owner wished otherwise', () => {
    const of = (minutes: number, whenUnread: 'close' | 'keep', isStopped = false) =>
      followsFromUnread({ since: ago(minutes), isStopped, whenUnread }, now);
    expect(of(4, 'close')).toEqual({ isTold: false, isPaused: false });
    expect(of(5, 'close')).toEqual({ isTold: true, isPaused: false });
    expect(of(0, 'close', true)).toEqual({ isTold: true, isPaused: false });
    expect(of(15, 'close')).toEqual({ isTold: true, isPaused: true });
    expect(of(600, 'keep')).toEqual({ isTold: true, isPaused: false });
  });

  it('is read from the beginning when nothing is known, after a day, and when more days can be booked', () => {
    const known = { syncToken: 't', fullReadAt: ago(60), coversUntil: now.add({ hours: 24 * 130 }) };
    const needed = neededWithin(now, null);
    expect(isReadAnew(known, needed, now)).toBe(false);
    expect(isReadAnew({ ...known, syncToken: null }, needed, now)).toBe(true);
    expect(isReadAnew({ ...known, fullReadAt: ago(25 * 60) }, needed, now)).toBe(true);
    expect(isReadAnew(known, neededWithin(now, now.add({ hours: 24 * 200 })), now)).toBe(true);
  });
});
