import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** The round that deletes sessions, sign-ins on their way and proofs of addresses that ended a day ago. */
@Injectable()
export class ForgetEnded {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Proofs are kept for a day after their end because the limit per address counts them; one that a notice tells of
   * is deleted too, the notice keeps no key to it.
   */
  async run(): Promise<void> {
    const ended = this.clock.now().subtract({ hours: 24 }).toString();
    await this.database.transaction(async (tx) => {
      await tx.query(`delete from session where expires_at < $1`, [ended]);
      await tx.query(`delete from sign_in_attempt where expires_at < $1`, [ended]);
      await tx.query(`delete from verification where expires_at < $1`, [ended]);
    });
  }
}
