import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, open, Refusal, type Tx } from '#libs/platform';
import { isKnownDevice, newKnownDevice } from './known-device.js';
import { isPassword } from './passwords.js';
import { lockedUntil } from './rules/lockout.js';
import { rotateSession } from './session-rows.js';
import { stepOf } from './totp.js';

export interface StaffSignIn {
  email: string;
  password: string;
  /** Six digits of the authenticator program. */
  code: string;
  /** The browser's session token until now, and its mark of an earlier sign-in; both from cookies. */
  former?: string | undefined;
  knownDevice?: string | undefined;
}

export interface SignedIn {
  accountId: string;
  token: string;
  expiresAt: Temporal.Instant;
  /** To be kept in a cookie of its own for half a year. */
  knownDevice: string;
}

interface CredentialRecord {
  account_id: string;
  password_hash: string;
  totp_sealed: Buffer;
  totp_last_step: number;
  failed_attempts: number;
  locked_until: Date | null;
}

const findCredential = `
  select c.account_id, c.password_hash, c.totp_sealed, c.totp_last_step::int as totp_last_step, c.failed_attempts, c.locked_until
    from account a
    join staff_credential c on c.account_id = a.id
   where a.email = $1
     and exists (select from staff_member m where m.account_id = a.id
                   and m.active_from <= $2 and (m.active_to is null or m.active_to >= $2))`;

/** Signs staff in with password and second factor in one step. */
@Injectable()
export class SignInStaff {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One answer for whatever is wrong, after the same work: nobody learns which accounts exist, whether the password
   * was right, or that the account waits (ASVS 6.3.1, 6.3.8). A code is taken once.
   * @throws Refusal `wrong-credentials`
   */
  async run(input: StaffSignIn): Promise<SignedIn> {
    const email = input.email.trim().toLowerCase();
    const today = this.clock.now().toZonedDateTimeISO('Europe/Riga').toPlainDate().toString();
    const [found] = await this.database.read<CredentialRecord>(findCredential, [email, today]);
    const isRightPassword = await isPassword(input.password, found?.password_hash);
    const signedIn = found && (await this.database.transaction((tx) => this.decide(tx, found, isRightPassword, input)));
    if (!signedIn) throw new Refusal('wrong-credentials');
    return signedIn;
  }

  /** Null: wrong, and counted; returned and not thrown, because a rollback would forget the count. */
  private async decide(
    tx: Tx,
    { account_id: accountId }: CredentialRecord,
    isRightPassword: boolean,
    input: StaffSignIn,
  ): Promise<SignedIn | null> {
    const [locked] = await tx.query<CredentialRecord>(
      `select account_id, password_hash, totp_sealed, totp_last_step::int as totp_last_step, failed_attempts, locked_until
         from staff_credential where account_id = $1 for update`,
      [accountId],
    );
    if (!locked) return null;
    const now = this.clock.now();
    const until = locked.locked_until?.toTemporalInstant();
    const mustWait = until !== undefined && Temporal.Instant.compare(now, until) < 0;
    const isKnown = isKnownDevice(accountId, input.knownDevice);
    const step = await stepOf(open(locked.totp_sealed), input.code, now, locked.totp_last_step);
    if (!isRightPassword || step === null || (mustWait && !isKnown)) {
      if (!isKnown) await this.count(tx, accountId, locked.failed_attempts + (mustWait ? 0 : 1), now);
      return null;
    }
    await tx.query(
      `update staff_credential set totp_last_step = $2, failed_attempts = 0, locked_until = null, last_signed_in_at = $3
        where account_id = $1`,
      [accountId, step, now.toString()],
    );
    const session = await rotateSession(tx, input.former, { app: 'clinic', accountId, level: 'two-factor' }, now);
    return { accountId, ...session, knownDevice: newKnownDevice(accountId) };
  }

  private async count(tx: Tx, accountId: string, failed: number, now: Temporal.Instant): Promise<void> {
    const attempts = Math.min(failed, 1000);
    await tx.query(
      `update staff_credential set failed_attempts = $2, locked_until = greatest(locked_until, $3) where account_id = $1`,
      [accountId, attempts, lockedUntil(attempts, now)?.toString() ?? null],
    );
  }
}
