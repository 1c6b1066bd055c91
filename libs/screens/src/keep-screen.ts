import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, type Language, Refusal, type Tx } from '#libs/platform';
import { lockScreen } from './lock-screen.js';
import { screenKey, screenKeyHash } from './screen-key.js';

/** What an admin says of a screen. */
export interface ScreenCard {
  branchId: string;
  name: string;
  /** One to four, the first one biggest. */
  languages: readonly Language[];
  /** Whose patients it shows; null: everybody's of the branch. */
  resourceIds: readonly string[] | null;
  sound: boolean;
  /** How long a number stays after it was asked in, 1 to 60. */
  calledMinutes: number;
}

/** Whether each of them receives at the branch: a screen must not show another clinic's rooms. */
async function requireColumns(tx: Tx, clinicId: string, card: ScreenCard): Promise<void> {
  const [known] = await tx.query<{ branches: number; resources: number }>(
    `select (select count(*)::int from branch where clinic_id = $1 and id = $2) as branches,
            (select count(distinct resource_id)::int from calendar
              where clinic_id = $1 and branch_id = $2 and resource_id = any($3::uuid[])) as resources`,
    [clinicId, card.branchId, card.resourceIds ?? []],
  );
  if (known?.branches !== 1) throw new Refusal('not-found');
  if (card.resourceIds !== null && known.resources !== new Set(card.resourceIds).size) {
    throw new Refusal('invalid', { errors: [{ path: 'resources', code: 'choice' }] });
  }
}

/**
 * Keeps a screen as it was filled in, or adds one with a key of its own; what is sent twice adds one. Refusals: `not-found`
 * another clinic's screen or branch, `not-allowed`, `invalid` (`resources`: somebody who does not receive there).
 */
@Injectable()
export class KeepScreen {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param isNew whether it is added under this id, which whoever opened the empty form was given */
  async run({
    actor,
    clinicId,
    id,
    isNew,
    card,
  }: {
    actor: Actor;
    clinicId: string;
    id: string;
    isNew: boolean;
    card: ScreenCard;
  }): Promise<{ id: string }> {
    requireStaff(actor, clinicId, 'screens.edit', { branchId: card.branchId });
    return this.database.transaction(async (tx) => {
      await requireColumns(tx, clinicId, card);
      const { branchId, name, languages, resourceIds, sound, calledMinutes } = card;
      const said = [branchId, name, languages, resourceIds, sound, calledMinutes];
      if (isNew) {
        const [added] = await tx.query<{ id: string }>(
          `insert into waiting_screen (id, clinic_id, branch_id, name, languages, resource_ids, sound, called_minutes, key_hash, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (id) do nothing returning id`,
          [id, clinicId, ...said, screenKeyHash(screenKey(id, 1)), this.clock.now().toString()],
        );
        if (added) return added;
      }
      await lockScreen(tx, actor, clinicId, id);
      await tx.query(
        `update waiting_screen
            set branch_id = $3, name = $4, languages = $5, resource_ids = $6, sound = $7, called_minutes = $8
          where id = $1 and clinic_id = $2`,
        [id, clinicId, ...said],
      );
      return { id };
    });
  }
}
