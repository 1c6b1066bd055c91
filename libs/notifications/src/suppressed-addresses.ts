import { Inject, Injectable } from '@nestjs/common';
import { blindIndex, CLOCK, type Clock, Database, type Tx } from '#libs/platform';
import type { SentTo } from './ledger.js';
import { maskedAddress } from './rules/masked-address.js';

/** The fingerprint and the mask of an address; letter case and spaces say nothing about who reads it. */
export const sentTo = (channel: 'mail' | 'sms', address: string): SentTo => ({
  masked: maskedAddress(address),
  index: blindIndex(`address:${channel}`, address.trim().toLowerCase()),
});

/** Addresses to which nothing goes any more, because a server said that nobody is there (faults.md H10). */
@Injectable()
export class SuppressedAddresses {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether nothing goes there. Somebody who proved the address after it was suppressed ends that. */
  async has(channel: 'mail' | 'sms', address: string, { index }: SentTo): Promise<boolean> {
    const [row] = await this.database.read<{ id: string; isProven: boolean }>(
      `select s.id, $1 = 'mail' and exists (
                select from account v where v.email = lower($3) and v.email_verified_at > s.since) as "isProven"
         from suppressed_address s
        where s.channel = $1 and s.address_index = $2 and s.lifted_at is null`,
      [channel, index, address],
    );
    if (!row?.isProven) return row !== undefined;
    await this.database.transaction((tx) =>
      tx.query(
        `update suppressed_address set lifted_at = $2, lifted_why = 'proven' where id = $1 and lifted_at is null`,
        [row.id, this.clock.now().toString()],
      ),
    );
    return false;
  }

  /** Sends nothing there any more. Safe to repeat. */
  async add(tx: Tx, channel: 'mail' | 'sms', index: Buffer, reason: string): Promise<void> {
    await tx.query(
      `insert into suppressed_address (channel, address_index, reason, since) values ($1, $2, $3, $4)
       on conflict (channel, address_index) where lifted_at is null do nothing`,
      [channel, index, reason, this.clock.now().toString()],
    );
  }
}
