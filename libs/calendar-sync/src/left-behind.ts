import { Injectable } from '@nestjs/common';
import { type Actor, requireAccount } from '#libs/access';
import { Database, open } from '#libs/platform';
import type { CalendarKind } from './calendar-connection.entity.js';

/** A calendar that somebody's connection left for another, and in which something of ours still is. */
export interface LeftCalendar {
  id: string;
  kind: CalendarKind;
  /** What they call it at Google. */
  title: string | null;
  /** Visits that stand there; 0: a calendar that we made is empty and still there. */
  visits: number;
  /** A worker is still taking it back; false: no permission of theirs reaches it. */
  isUnderWay: boolean;
}

/** What is still in calendars that somebody left for another. */
@Injectable()
export class LeftBehind {
  constructor(private readonly database: Database) {}

  /** Newest first. @throws Refusal `not-signed-in` */
  async of(actor: Actor): Promise<LeftCalendar[]> {
    const { accountId } = requireAccount(actor);
    const rows = await this.database.read<Omit<LeftCalendar, 'title'> & { titleSealed: Buffer | null }>(
      `select n.id, n.calendar_kind as kind, n.title_sealed as "titleSealed", n.state = 'ending' as "isUnderWay",
              (select count(*)::integer from calendar_entry e
                where e.connection_id = n.id and e.state not in ('removed', 'deleted')) as visits
         from calendar_connection n where n.account_id = $1 and n.is_former order by n.failed_at desc, n.id`,
      [accountId],
    );
    return rows.map(({ titleSealed, ...rest }) => ({ ...rest, title: titleSealed && open(titleSealed) }));
  }

  /** They saw to it themselves, and it is not told any more. Done already is done. @throws Refusal `not-signed-in` */
  async forget(actor: Actor, id: string): Promise<void> {
    const { accountId } = requireAccount(actor);
    await this.database.transaction((tx) =>
      tx.query(`delete from calendar_connection where id = $1 and account_id = $2 and state = 'left'`, [id, accountId]),
    );
  }
}
