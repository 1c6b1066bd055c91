import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, log } from '#libs/platform';
import { noteAttempt } from './ledger.js';
import { saysAddressIsDead } from './rules/delivery-answer.js';
import { SuppressedAddresses } from './suppressed-addresses.js';

/** What a returned letter says (RFC 3464). */
export interface Bounce {
  /** Of the letter that came back. */
  messageId: string;
  /** False: the server still tries, which is only written down. */
  isPermanent: boolean;
  /** The status code, as `deliveryReportOf` reads it; null: none was given. */
  status: string | null;
  /** The word that the ledger keeps. */
  reason?: 'bounced' | 'complained';
}

/** Writes down that a letter which a server had taken came back. */
@Injectable()
export class NoteBounce {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly suppressed: SuppressedAddresses,
  ) {}

  /**
   * Safe to repeat. A letter that came back for good stands on the staff's list, and a dead address gets no more, nor one
   * whose reader calls our letters junk.
   * @returns false where no such letter was sent
   */
  async run({ messageId, isPermanent, status, reason = 'bounced' }: Bounce): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const [notice] = await tx.query<{ id: string; addressIndex: Buffer | null; bouncedAt: Date | null }>(
        `select id, address_index as "addressIndex", bounced_at as "bouncedAt" from notice
          where channel = 'mail' and state = 'sent' and message_id = $1
          order by id limit 1 for no key update`,
        [messageId],
      );
      if (!notice) return false;
      if (notice.bouncedAt !== null) return true;
      if (!isPermanent) {
        await tx.query(`update notice set answer = $2 where id = $1`, [notice.id, status]);
        return true;
      }
      await tx.query(`update notice set bounced_at = $2, failure = $3, answer = coalesce($4, answer) where id = $1`, [
        notice.id,
        now.toString(),
        reason,
        status,
      ]);
      await noteAttempt(tx, { id: notice.id, at: now, outcome: 'bounced', answer: status ?? reason });
      if (notice.addressIndex && (reason === 'complained' || saysAddressIsDead(status)))
        await this.suppressed.add(tx, 'mail', notice.addressIndex, status ?? reason);
      log.info({ event: 'letter.bounced', noticeId: notice.id, code: reason });
      return true;
    });
  }
}
