import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import { ofAccount } from '../may-change.js';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/** The visits of a family that were booked at one go. */
@Injectable()
export class VisitsTogether {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-signed-in`, `not-found` (also for what is someone else's) */
  async run(actor: Actor, togetherId: string): Promise<AppointmentView[]> {
    if (actor.kind !== 'guest' && actor.kind !== 'patient') throw new Refusal('not-signed-in');
    const rows = await this.database.read<ViewRow>(
      `select ${viewColumns} from ${viewTables} where a.together_id = $2 and ${ofAccount} order by a.starts_at, a.id`,
      [actor.accountId, togetherId],
    );
    if (rows.length === 0) throw new Refusal('not-found');
    return rows.map(viewOf);
  }
}
