import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { screenKey, screenKeyHash } from './screen-key.js';

/** The screen of a clinic, locked, for those who may change it. */
async function lockScreen(
  tx: Tx,
  actor: Actor,
  clinicId: string,
  id: string,
): Promise<{ id: string; generation: number }> {
  requireSomewhere(actor, clinicId, 'screens.edit');
  const [screen] = await tx.query<{ id: string; generation: number; branchId: string }>(
    `select id, generation, branch_id as "branchId" from waiting_screen where id = $1 and clinic_id = $2 for no key update`,
    [id, clinicId],
  );
  if (!screen) throw new Refusal('not-found');
  requireStaff(actor, clinicId, 'screens.edit', screen);
  return screen;
}

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
