import { Injectable } from '@nestjs/common';
import { type Actor, requireAccount } from '#libs/access';
import { Database, isId, Refusal } from '#libs/platform';
import {
  noticesOfAccount,
  portalColumns,
  type PortalNotice,
  portalNoticeOf,
  type PortalNoticeRow,
  portalTables,
} from './portal-notice.js';

/** Beyond this many, the exact number of unread notices tells nobody anything. */
const mostCounted = 99;

/** What somebody who is signed in was told, newest first: of their visits and their people's, and of their account. */
@Injectable()
export class Inbox {
  constructor(private readonly database: Database) {}

  /**
   * A page of at most 100.
   * @param wish.cursor `next` of the page before
   * @throws Refusal `not-signed-in`, `invalid` cursor
   */
  async run(
    actor: Actor,
    wish: { limit?: number; cursor?: string } = {},
  ): Promise<{ items: PortalNotice[]; next: string | null }> {
    const { accountId } = requireAccount(actor);
    const limit = Math.min(100, Math.max(1, wish.limit ?? 20));
    if (wish.cursor !== undefined && !isId(wish.cursor))
      throw new Refusal('invalid', { errors: [{ path: 'cursor', code: 'unknown' }] });
    const rows = await this.database.read<PortalNoticeRow>(
      `with ${noticesOfAccount()},
            page as (
              select m.id from mine m
               where $2::uuid is null or (m.at, m.id) < (select c.created_at, c.id from notice c where c.id = $2)
               order by m.at desc, m.id desc
               limit $3)
       select ${portalColumns} from page join ${portalTables} on n.id = page.id
        order by n.created_at desc, n.id desc`,
      [accountId, wish.cursor ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(portalNoticeOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws Refusal `not-signed-in`, `not-found` (also for what is someone else's) */
  async find(actor: Actor, id: string): Promise<PortalNotice> {
    const { accountId } = requireAccount(actor);
    const [row] = await this.database.read<PortalNoticeRow>(
      `with ${noticesOfAccount('n.id = $2')}
       select ${portalColumns} from mine join ${portalTables} on n.id = mine.id`,
      [accountId, id],
    );
    if (!row) throw new Refusal('not-found');
    return portalNoticeOf(row);
  }

  /** How many are unread; 99 at most. @throws Refusal `not-signed-in` */
  async unread(actor: Actor): Promise<number> {
    const { accountId } = requireAccount(actor);
    const [row] = await this.database.read<{ unread: number }>(
      `with ${noticesOfAccount('n.read_at is null')}
       select count(*)::int as unread from (select from mine limit $2) most`,
      [accountId, mostCounted],
    );
    return row?.unread ?? 0;
  }
}
