import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { columnsOf, ownerOf } from './feed-owner.js';

/**
 * Ends the address of somebody's calendar at once. Programs that read it find nothing there. Repeating it is harmless.
 * Refusals: `not-signed-in`; `not-allowed` for staff who receive nobody.
 */
@Injectable()
export class StopFeed {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor }: { actor: Actor }): Promise<void> {
    const [accountId, , staffMemberId] = columnsOf(ownerOf(actor));
    await this.database.transaction((tx) =>
      tx.query(
        `update calendar_feed set revoked_at = $3
          where (account_id = $1 or staff_member_id = $2) and revoked_at is null`,
        [accountId, staffMemberId, this.clock.now().toString()],
      ),
    );
  }
}
