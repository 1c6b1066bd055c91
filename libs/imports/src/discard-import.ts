import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { lockImport } from './ask-import.js';
import { deleteFiles } from './stored-files.js';

/**
 * Drops an import that was not brought in, with its files. Refusals: `not-found`, `not-allowed`, `wrong-state` it is being
 * worked on or was brought in.
 */
@Injectable()
export class DiscardImport {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, importId }: { actor: Actor; importId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { state } = await lockImport(tx, actor, importId);
      if (state === 'discarded') return;
      if (!['receiving', 'checked', 'failed'].includes(state)) throw new Refusal('wrong-state');
      await deleteFiles(tx, importId);
      await tx.query(`update import_run set state = 'discarded', finished_at = $2 where id = $1`, [
        importId,
        this.clock.now().toString(),
      ]);
    });
  }
}
