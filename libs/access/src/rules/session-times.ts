export const sessionApps = ['booking', 'clinic', 'guest'] as const;
export type SessionApp = (typeof sessionApps)[number];
export const sessionLevels = ['anonymous', 'password', 'email', 'eid', 'two-factor'] as const;
export type SessionLevel = (typeof sessionLevels)[number];

interface SessionTime {
  /** Minutes without a request after which it has ended (ASVS 7.3.1). */
  idle: number;
  /** Minutes after which it has ended whatever happened (ASVS 7.3.2). */
  absolute: number;
}

const day = 24 * 60;

/**
 * How long sessions last. A hold lasts an hour at most, so an anonymous session outlives it; a desk is used all day
 * with pauses; a guest's token is for one visit to a program and has no idle end.
 */
const times: Record<SessionApp, Partial<Record<SessionLevel, SessionTime>>> = {
  booking: {
    anonymous: { idle: 2 * 60, absolute: day },
    email: { idle: 60, absolute: 12 * 60 },
    eid: { idle: 30, absolute: 12 * 60 },
  },
  clinic: {
    anonymous: { idle: 10, absolute: 60 },
    password: { idle: 5, absolute: 10 },
    'two-factor': { idle: 60, absolute: 12 * 60 },
  },
  guest: { email: { idle: day, absolute: day } },
};

/** Idle and absolute end of a session, in minutes. Null: this app has no such session. */
export function sessionTime(app: SessionApp, level: SessionLevel): SessionTime | null {
  return times[app][level] ?? null;
}

/** Whether a session still holds. Ends are excluded: at its last moment it has ended. */
export function isLive(
  session: { app: SessionApp; level: SessionLevel; lastSeenAt: Temporal.Instant; expiresAt: Temporal.Instant },
  now: Temporal.Instant,
): boolean {
  const time = sessionTime(session.app, session.level);
  if (!time) return false;
  const idleEnd = session.lastSeenAt.add({ minutes: time.idle });
  return Temporal.Instant.compare(now, session.expiresAt) < 0 && Temporal.Instant.compare(now, idleEnd) < 0;
}
