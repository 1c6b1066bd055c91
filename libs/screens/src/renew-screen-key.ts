import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database } from '#libs/platform';
import { lockScreen } from './lock-screen.js';
import { screenKey, screenKeyHash } from './screen-key.js';

/**
 * Gives a screen another address; the old one shows nothing from then on. Also the way back for a screen that was switched
 * off. Refusals: `not-found` another clinic's screen, `not-allowed`.
 */
@Injectable()
export class RenewScreenKey {
  constructor(private readonly database: Database) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { generation } = await lockScreen(tx, actor, clinicId, id);
      const next = generation + 1;
      await tx.query(`update waiting_screen set generation = $2, key_hash = $3, revoked_at = null where id = $1`, [
        id,
        next,
        screenKeyHash(screenKey(id, next)),
      ]);
    });
  }
}
