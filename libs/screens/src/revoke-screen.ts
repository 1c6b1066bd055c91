import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { lockScreen } from './lock-screen.js';

/** Switches a screen off: its address shows nothing any more. Refusals: `not-found` another clinic's screen, `not-allowed`. */
@Injectable()
export class RevokeScreen {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockScreen(tx, actor, clinicId, id);
      const now = this.clock.now().toString();
      await tx.query(`update waiting_screen set revoked_at = coalesce(revoked_at, $2) where id = $1`, [id, now]);
    });
  }
}
