import { describe, expect, it } from '@jest/globals';
import { isDue } from './is-due.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

describe('a round', () => {
  const last = at('2026-12-01T10:00:30Z');

  it('goes when a worker starts, so that nothing missed stays undone', () => {
    expect(isDue('night', undefined, last)).toBe(true);
  });

  it('goes a minute or an hour after it went', () => {
    expect(isDue('minute', last, at('2026-12-01T10:01:29Z'))).toBe(false);
    expect(isDue('minute', last, at('2026-12-01T10:01:30Z'))).toBe(true);
    expect(isDue('hour', last, at('2026-12-01T11:00:29Z'))).toBe(false);
    expect(isDue('hour', last, at('2026-12-01T11:00:30Z'))).toBe(true);
  });

  it('goes each night when the clinics’ day has begun, winter and summer', () => {
    expect(isDue('night', last, at('2026-12-01T21:59:59Z'))).toBe(false);
    expect(isDue('night', last, at('2026-12-01T22:00:00Z'))).toBe(true);
    expect(isDue('night', at('2026-07-01T10:00:00Z'), at('2026-07-01T21:00:00Z'))).toBe(true);
  });

  it('waits for a clock that was set back', () => {
    for (const pace of ['minute', 'hour', 'night'] as const)
      expect(isDue(pace, last, at('2026-11-30T10:00:00Z'))).toBe(false);
  });
});
