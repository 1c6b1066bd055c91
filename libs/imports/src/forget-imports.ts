import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { deleteFiles } from './stored-files.js';

/** Files that nobody decided about hold patients: they are not kept longer. */
const daysKept = 3;

/** Drops imports that were left unfinished, with their files. */
@Injectable()
export class ForgetImports {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many were dropped */
  async run(): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const rows = await tx.query<{ id: string }>(
        `update import_run set state = 'discarded', finished_at = $1
          where state in ('receiving', 'checked', 'failed') and created_at < $2 returning id`,
        [now.toString(), now.subtract({ hours: 24 * daysKept }).toString()],
      );
      for (const { id } of rows) await deleteFiles(tx, id);
      return rows.length;
    });
  }
}
