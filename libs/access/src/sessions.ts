import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, tokenHash } from '#libs/platform';
import type { Session } from './actor.js';
import { isLive, type SessionApp, type SessionLevel } from './rules/session-times.js';
import { endSession, type NewSession, openSession, rotateSession } from './session-rows.js';
import { dayOf, isStaffOn, staffAs, type StaffRecord } from './staff-record.js';

interface SessionRecord {
  id: string;
  level: SessionLevel;
  account_id: string | null;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  staff: StaffRecord | null;
}

const findSession = `
  select s.id, s.level, s.account_id, s.created_at, s.last_seen_at, s.expires_at,
         m.staff
    from session s
    left join lateral (
      select ${staffAs('$3::date')} as staff from staff_member m
       where s.app = 'clinic' and m.account_id = s.account_id and ${isStaffOn('$3::date')}
       order by (m.id is not distinct from $4::uuid) desc, m.active_from, m.id limit 1) m on true
   where s.token_hash = $1 and s.app = $2`;

/** Opens, finds and ends sessions. A token is 256 random bits; the table holds its hash only. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The live session of a token in one app, or undefined. A token of one app opens nothing in another.
   * That it was seen is written at most once a minute.
   * @param workplace of those who work at several clinics, the staff member they want to be; one that is not theirs
   *   is passed over
   * @param isUse whether somebody asks; what a script asks by itself keeps no session from its idle end (ASVS 7.3.1)
   */
  async find(
    token: string,
    app: SessionApp,
    workplace: string | null = null,
    { isUse = true }: { isUse?: boolean } = {},
  ): Promise<Session | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.read<SessionRecord>(findSession, [tokenHash(token), app, dayOf(now), workplace]);
    if (!row) return undefined;
    const lastSeenAt = row.last_seen_at.toTemporalInstant();
    const expiresAt = row.expires_at.toTemporalInstant();
    if (!isLive({ app, level: row.level, lastSeenAt, expiresAt }, now)) return undefined;
    if (isUse && now.since(lastSeenAt).total('minutes') >= 1) {
      await this.database.read(`update session set last_seen_at = $2 where id = $1 and last_seen_at < $2`, [
        row.id,
        now.toString(),
      ]);
    }
    return {
      id: row.id,
      app,
      level: row.level,
      accountId: row.account_id,
      createdAt: row.created_at.toTemporalInstant(),
      expiresAt,
      staff: row.staff,
    };
  }

  /** Opens a session and gives its token, the only time that it is known. */
  async open(session: NewSession): Promise<string> {
    return (await openSession(this.database.reader, session, this.clock.now())).token;
  }

  /**
   * The token of someone who signed in while `former` was theirs. What an anonymous visitor holds stays theirs; any
   * other former session ends.
   */
  async rotate(former: string | undefined, session: NewSession): Promise<string> {
    return this.database.transaction(async (tx) => (await rotateSession(tx, former, session, this.clock.now())).token);
  }

  /** Ends the session of a token at once, in every process. */
  async revoke(token: string): Promise<void> {
    await endSession(this.database.reader, token);
  }

  /** Ends all sessions of an account: a password was changed, a member of staff left. */
  async revokeAll(accountId: string): Promise<void> {
    await this.database.read(`delete from session where account_id = $1`, [accountId]);
  }
}
