import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireAccount } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { noticesOfAccount } from './portal-notice.js';

/**
 * Marks what somebody has read, one notice or all of them. The first mark stays, so repeating it is harmless.
 * Refusals: `not-signed-in`; `not-found` for a notice that is none of theirs.
 */
@Injectable()
export class MarkRead {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param id of the notice; null: all that they have */
  async run({ actor, id }: { actor: Actor; id: string | null }): Promise<void> {
    const { accountId } = requireAccount(actor);
    await this.database.transaction(async (tx) => {
      const theirs = await tx.query<{ id: string }>(
        `with ${noticesOfAccount('($3::uuid is null and n.read_at is null or n.id = $3)')}
         update notice set read_at = coalesce(notice.read_at, $2) from mine where notice.id = mine.id returning notice.id`,
        [accountId, this.clock.now().toString(), id],
      );
      if (id !== null && theirs.length === 0) throw new Refusal('not-found');
    });
  }
}
