import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database, Jobs, Refusal } from '#libs/platform';
import { lockImport } from './ask-import.js';

/**
 * Has the files of an import checked by the worker: nothing of the clinic changes. Asked again while it is checked, or
 * afterwards, it is checked anew or goes on.
 * Refusals: `not-found`, `not-allowed`, `invalid` there is no file (`files`, `required`), `wrong-state` it was brought in.
 */
@Injectable()
export class CheckImport {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  async run({ actor, importId }: { actor: Actor; importId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { state, files, staffMemberId } = await lockImport(tx, actor, importId);
      if (state === 'checking') return;
      if (!['receiving', 'checked', 'failed'].includes(state)) throw new Refusal('wrong-state');
      if (files === 0) throw new Refusal('invalid', { errors: [{ path: 'files', code: 'required' }] });
      await tx.query(
        `update import_run set state = 'checking', staff_member_id = $2, attempts = 0, rows_done = 0, finished_at = null
          where id = $1`,
        [importId, staffMemberId],
      );
      await this.jobs.send(tx, 'import-asked', { importId });
    });
  }
}
