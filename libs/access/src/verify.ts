import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, isSameSecret, Jobs, type Language, Refusal, type Tx } from '#libs/platform';
import { rotateSession } from './session-rows.js';
import { tellAccount } from './tell-account.js';
import { verificationCode } from './verification-code.js';

const mostAttempts = 5;

interface VerificationRecord {
  email: string;
  language: Language;
  generation: number;
  attempts: number;
  expires_at: Date;
  used_at: Date | null;
}

export interface Verified {
  accountId: string;
  /** A guest's bearer token (app `guest`) or the session cookie's (app `booking`). */
  token: string;
  expiresAt: Temporal.Instant;
}

/**
 * Takes the code of a letter and signs its reader in; the account is made when the address has none. Whoever gets one in
 * a browser is welcomed by letter; a program's guest has one letter for what was booked, and no other.
 */
@Injectable()
export class Verify {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param id of the proof, as AskVerification gave it
   * @param code six digits; spaces between them do not matter
   * @param before whether this very request was carried out already: then its code is taken once more
   * @param as for a program (`guest`, the default) or for the browser whose session's token is `former`
   * @throws Refusal `link-expired` when the proof is unknown, used, older than 15 minutes or was tried five times;
   *   `wrong-code` otherwise, and the try counts
   */
  async run({
    id,
    code,
    as = { app: 'guest' },
    before,
  }: {
    id: string;
    code: string;
    as?: { app: 'guest' } | { app: 'booking'; former: string | undefined };
    before?: (tx: Tx, now: Temporal.Instant) => Promise<boolean>;
  }): Promise<Verified> {
    const verified = await this.database.transaction(async (tx) => {
      const [row] = await tx.query<VerificationRecord>(
        `select email, language, generation, attempts, expires_at, used_at from verification where id = $1 for update`,
        [id],
      );
      const now = this.clock.now();
      const isOpen =
        row !== undefined &&
        row.attempts < mostAttempts &&
        Temporal.Instant.compare(now, row.expires_at.toTemporalInstant()) < 0;
      if (!isOpen) throw new Refusal('link-expired');
      if (!isSameSecret(code.replace(/[\s-]/g, ''), verificationCode(id, row.generation))) {
        await tx.query(`update verification set attempts = attempts + 1 where id = $1`, [id]);
        return null;
      }
      // After the code: a wrong one is counted and leaves no trace of its request.
      const isAgain = (await before?.(tx, now)) ?? false;
      if (row.used_at !== null && !isAgain) throw new Refusal('link-expired');
      await tx.query(`update verification set used_at = $2 where id = $1`, [id, now.toString()]);
      const { id: accountId, isNew } = await keepAccount(tx, row, now);
      if (isNew && as.app === 'booking')
        await tellAccount(tx, this.jobs, { accountId, clinicId: null, kind: 'welcome', at: now });
      const session = await rotateSession(
        tx,
        as.app === 'booking' ? as.former : undefined,
        { app: as.app, accountId, level: 'email' },
        now,
      );
      return { accountId, ...session };
    });
    // Thrown after the commit: a rollback would forget the try.
    if (verified === null) throw new Refusal('wrong-code', { errors: [{ path: 'code', code: 'code' }] });
    return verified;
  }
}

async function keepAccount(
  tx: Tx,
  { email, language }: VerificationRecord,
  now: Temporal.Instant,
): Promise<{ id: string; isNew: boolean }> {
  const [row] = await tx.query<{ id: string; isNew: boolean }>(
    `insert into account (email, email_verified_at, language, created_at) values ($1, $2, $3, $2)
     on conflict on constraint account_email_once do update set email_verified_at = excluded.email_verified_at
     returning id, xmax = 0 as "isNew"`,
    [email, now.toString(), language],
  );
  if (!row) throw new Error('an account that was just kept is not there');
  return row;
}
