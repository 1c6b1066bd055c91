import { newToken, type Tx, tokenHash } from '#libs/platform';
import { type SessionApp, type SessionLevel, sessionTime } from './rules/session-times.js';

/** Whatever can run a statement: a transaction, or the database outside of one. */
export type Runs = Pick<Tx, 'query'>;

export interface NewSession {
  app: SessionApp;
  accountId: string | null;
  level: SessionLevel;
}

export interface OpenedSession {
  token: string;
  expiresAt: Temporal.Instant;
}

const endOf = ({ app, level }: NewSession, now: Temporal.Instant): Temporal.Instant => {
  const time = sessionTime(app, level);
  if (!time) throw new Error(`the app ${app} has no session of level ${level}`);
  return now.add({ minutes: time.absolute });
};

/** Opens a session; the token is given out once and only its hash is kept. */
export async function openSession(runs: Runs, session: NewSession, now: Temporal.Instant): Promise<OpenedSession> {
  const token = newToken();
  const expiresAt = endOf(session, now);
  await runs.query(
    `insert into session (token_hash, app, account_id, level, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $5, $6)`,
    [tokenHash(token), session.app, session.accountId, session.level, now.toString(), expiresAt.toString()],
  );
  return { token, expiresAt };
}

/**
 * A new token for someone who has just signed in, so that a token planted before is worth nothing (ASVS 7.2.4). An
 * anonymous session keeps its id under the new token, because the time that the visitor holds belongs to it; any other
 * former session ends.
 */
export async function rotateSession(
  runs: Runs,
  former: string | undefined,
  session: NewSession,
  now: Temporal.Instant,
): Promise<OpenedSession> {
  if (former === undefined) return openSession(runs, session, now);
  const token = newToken();
  const expiresAt = endOf(session, now);
  const kept = await runs.query(
    `update session set token_hash = $1, account_id = $2, level = $3, created_at = $4, last_seen_at = $4, expires_at = $5
      where token_hash = $6 and app = $7 and level = 'anonymous' and expires_at > $4
      returning id`,
    [
      tokenHash(token),
      session.accountId,
      session.level,
      now.toString(),
      expiresAt.toString(),
      tokenHash(former),
      session.app,
    ],
  );
  if (kept.length > 0) return { token, expiresAt };
  await endSession(runs, former);
  return openSession(runs, session, now);
}

export async function endSession(runs: Runs, token: string): Promise<void> {
  await runs.query(`delete from session where token_hash = $1`, [tokenHash(token)]);
}
