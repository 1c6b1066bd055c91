import { describe, expect, it } from '@jest/globals';
import { standsInFeed } from './stands-in-feed.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const now = at('2026-12-01T08:00:00Z');

describe('a calendar feed', () => {
  it('shows what is to come, and what was in the last thirty days', () => {
    const changed = at('2026-06-01T08:00:00Z');
    const shows = (start: string) => standsInFeed({ status: 'booked', start: at(start), changed }, now);
    expect(shows('2027-11-30T08:00:00Z')).toBe(true);
    expect(shows('2026-11-01T08:00:00Z')).toBe(true);
    expect(shows('2026-11-01T07:59:59Z')).toBe(false);
  });

  it('shows a cancelled visit as cancelled for thirty days after', () => {
    const start = at('2027-03-01T08:00:00Z');
    const shows = (changed: string) => standsInFeed({ status: 'cancelled', start, changed: at(changed) }, now);
    expect(shows('2026-11-01T08:00:00Z')).toBe(true);
    expect(shows('2026-11-01T07:59:59Z')).toBe(false);
  });
});
