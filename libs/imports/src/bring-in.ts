import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database, Jobs, Refusal } from '#libs/platform';
import { lockImport } from './ask-import.js';

/**
 * Has a checked import brought in by the worker, all of it or nothing: it is checked once more when it is written. Asked
 * twice, it happens once. The history names who asked for it.
 * Refusals: `not-found`, `not-allowed`, `wrong-state` it has mistakes, or was not checked.
 */
@Injectable()
export class BringIn {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  async run({ actor, importId }: { actor: Actor; importId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { state, mistakes, staffMemberId } = await lockImport(tx, actor, importId);
      if (state === 'bringing-in' || state === 'done') return;
      if (state !== 'checked' || mistakes > 0) throw new Refusal('wrong-state');
      await tx.query(
        `update import_run set state = 'bringing-in', staff_member_id = $2, attempts = 0, rows_done = 0 where id = $1`,
        [importId, staffMemberId],
      );
      await this.jobs.send(tx, 'import-asked', { importId });
    });
  }
}
