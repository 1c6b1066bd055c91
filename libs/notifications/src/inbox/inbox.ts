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
    const page = await this.database.read<{ id: string }>(
      `with ${noticesOfAccount()}
       select m.id from mine m
        where $2::uuid is null or (m.at, m.id) < (select c.created_at, c.id from notice c where c.id = $2)
        order by m.at desc, m.id desc
        limit $3`,
      [accountId, wish.cursor ?? null, limit + 1],
    );
    const items = await this.noticesOf(page.slice(0, limit).map(({ id }) => id));
    return { items, next: page.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws Refusal `not-signed-in`, `not-found` (also for what is someone else's) */
  async find(actor: Actor, id: string): Promise<PortalNotice> {
    const { accountId } = requireAccount(actor);
    const theirs = await this.database.read<{ id: string }>(
      `with ${noticesOfAccount('n.id = $2')} select mine.id from mine`,
      [accountId, id],
    );
    const [notice] = await this.noticesOf(theirs.map((each) => each.id));
    if (!notice) throw new Refusal('not-found');
    return notice;
  }

  /**
   * Newest first. A list asks first which they are, then for what they say: in one statement the many joins are planned
   * before the list is known, over every notice there is.
   */
  private async noticesOf(ids: readonly string[]): Promise<PortalNotice[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.read<PortalNoticeRow>(
      `select ${portalColumns} from ${portalTables} where n.id = any($1::uuid[]) order by n.created_at desc, n.id desc`,
      [ids],
    );
    return rows.map(portalNoticeOf);
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
