import { describe, expect, it } from '@jest/globals';
import { isLive, sessionTime } from './session-times.js';

const at = (time: string) => Temporal.Instant.from(`2026-12-01T${time}Z`);

describe('how long a session lasts', () => {
  const session = { app: 'booking', level: 'eid', lastSeenAt: at('09:00:00'), expiresAt: at('21:00:00') } as const;

  it('ends after half an hour without a request', () => {
    expect(isLive(session, at('09:29:59'))).toBe(true);
    expect(isLive(session, at('09:30:00'))).toBe(false);
  });

  it('ends at its absolute end however busy it is', () => {
    const busy = { ...session, lastSeenAt: at('20:59:59') };
    expect(isLive(busy, at('20:59:59'))).toBe(true);
    expect(isLive(busy, at('21:00:00'))).toBe(false);
  });

  it('knows no session of a kind that an app does not have', () => {
    expect(sessionTime('clinic', 'email')).toBeNull();
    expect(isLive({ ...session, app: 'clinic', level: 'email' }, at('09:00:01'))).toBe(false);
  });

  it('lets an anonymous visitor keep a hold to its end', () => {
    expect(sessionTime('booking', 'anonymous')?.idle).toBeGreaterThanOrEqual(60);
  });
});
