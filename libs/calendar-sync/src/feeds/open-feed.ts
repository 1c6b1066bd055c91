import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, type Language } from '#libs/platform';
import { columnsOf, ownerOf } from './feed-owner.js';

/**
 * Gives somebody the address of their calendar, or another one: the old one then shows nothing. A feed that was stopped
 * gets another address, too. Repeating the first is harmless.
 * Refusals: `not-signed-in`; `not-allowed` for staff who receive nobody.
 */
@Injectable()
export class OpenFeed {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param language in which its words stand
   * @param renews whether an address that works is replaced, too
   */
  async run({ actor, language, renews }: { actor: Actor; language: Language; renews: boolean }): Promise<void> {
    const owner = ownerOf(actor);
    const one = 'accountId' in owner ? 'account' : 'staff_member';
    await this.database.transaction((tx) =>
      tx.query(
        `insert into calendar_feed as f (account_id, clinic_id, staff_member_id, language, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict on constraint calendar_feed_once_per_${one} do update
            set generation = f.generation + 1, language = $4, created_at = $5, revoked_at = null, last_read_at = null
          where f.revoked_at is not null or $6`,
        [...columnsOf(owner), language, this.clock.now().toString(), renews],
      ),
    );
  }
}
