import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database } from '#libs/platform';
import { columnsOf, ownerOf } from './feed-owner.js';
import { feedSecret } from './feed-secret.js';

/** A feed as its owner sees it. */
export interface OwnFeed {
  /** What its address ends with; whoever has it reads the calendar. */
  secret: string;
  createdAt: Temporal.Instant;
  /** To the hour; null: no program has read it yet. */
  lastReadAt: Temporal.Instant | null;
}

/** The feed of whoever asks, if they have one that works. */
@Injectable()
export class FeedOfOwner {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-signed-in`; `not-allowed` for staff who receive nobody */
  async run(actor: Actor): Promise<OwnFeed | null> {
    const [accountId, , staffMemberId] = columnsOf(ownerOf(actor));
    const [row] = await this.database.read<{
      id: string;
      generation: number;
      createdAt: Date;
      lastReadAt: Date | null;
    }>(
      `select id, generation, created_at as "createdAt", last_read_at as "lastReadAt" from calendar_feed
        where (account_id = $1 or staff_member_id = $2) and revoked_at is null`,
      [accountId, staffMemberId],
    );
    if (!row) return null;
    return {
      secret: feedSecret(row.id, row.generation),
      createdAt: row.createdAt.toTemporalInstant(),
      lastReadAt: row.lastReadAt?.toTemporalInstant() ?? null,
    };
  }
}
