import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, open, Refusal, type Tx } from '#libs/platform';
import type { StaffActor } from './actor.js';
import { lockedUntil } from './rules/lockout.js';
import { stepOf } from './totp.js';

interface Factor {
  totp_sealed: Buffer;
  totp_last_step: number;
  failed_attempts: number;
  locked_until: Date | null;
}

/** Has somebody who is signed in type the code of their second factor once more, before what nobody else looks at. */
@Injectable()
export class ConfirmSecondFactor {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A code is taken once, and wrong ones count as wrong sign-ins do: after some, none is taken for a while.
   * @throws Refusal `invalid` (`code`, `staff.errors.wrong-code`)
   */
  async run({ actor, code }: { actor: StaffActor; code: string }): Promise<void> {
    // Returned and not thrown inside, because a rollback would forget the count.
    const isRight = await this.database.transaction((tx) => this.decide(tx, actor.accountId, code));
    if (!isRight) throw new Refusal('invalid', { errors: [{ path: 'code', code: 'staff.errors.wrong-code' }] });
  }

  private async decide(tx: Tx, accountId: string, code: string): Promise<boolean> {
    const [factor] = await tx.query<Factor>(
      `select totp_sealed, totp_last_step::int as totp_last_step, failed_attempts, locked_until
         from staff_credential where account_id = $1 for update`,
      [accountId],
    );
    if (!factor) return false;
    const now = this.clock.now();
    const until = factor.locked_until?.toTemporalInstant();
    if (until !== undefined && Temporal.Instant.compare(now, until) < 0) return false;
    const step = await stepOf(open(factor.totp_sealed), code, now, factor.totp_last_step);
    if (step !== null) {
      await tx.query(`update staff_credential set totp_last_step = $2, failed_attempts = 0 where account_id = $1`, [
        accountId,
        step,
      ]);
      return true;
    }
    const attempts = Math.min(factor.failed_attempts + 1, 1000);
    await tx.query(`update staff_credential set failed_attempts = $2, locked_until = $3 where account_id = $1`, [
      accountId,
      attempts,
      lockedUntil(attempts, now)?.toString() ?? null,
    ]);
    return false;
  }
}
