import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** A repeated request is known for 24 hours (S-2.17); older keys are forgotten by a round. */
@Injectable()
export class ForgetOldRequests {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many keys were forgotten */
  async run(): Promise<number> {
    const rows = await this.database.read(`delete from idempotency_key where created_at < $1 returning key`, [
      this.clock.now().subtract({ hours: 24 }).toString(),
    ]);
    return rows.length;
  }
}
