import { Injectable } from '@nestjs/common';
import { environment, isId, log } from '#libs/platform';
import { NoteReceipt } from '../note-receipt.js';
import { memberAt } from './gateway/member-at.js';

/** Reads what the gateway says became of a message. */
@Injectable()
export class TakeReceipt {
  constructor(private readonly note: NoteReceipt) {}

  /**
   * Safe to repeat and in any order; a state that is not final, and a message that is not known, change nothing.
   * @param noticeId from an address that was made for one message; null: the gateway's own name for it is in the fields
   */
  async run(fields: unknown, noticeId: string | null): Promise<void> {
    const receipts = environment().smsGateway?.receipts;
    if (!receipts) return;
    const said = memberAt(fields, receipts.state)?.toLowerCase();
    const isAmong = (states: readonly string[]): boolean => states.some((state) => state.toLowerCase() === said);
    const state = isAmong(receipts.delivered) ? 'delivered' : isAmong(receipts.failed) ? 'failed' : undefined;
    if (!state) return;
    const code = receipts.code === undefined ? undefined : memberAt(fields, receipts.code);
    const answer = code !== undefined && code !== '0' && /^[\w.-]{1,40}$/.test(code) ? code : null;
    const providerId = memberAt(fields, receipts.id);
    const isKnown =
      (noticeId !== null && isId(noticeId) && (await this.note.run({ noticeId, state, answer }))) ||
      (noticeId === null && providerId !== undefined && (await this.note.run({ providerId, state, answer })));
    if (!isKnown) log.info({ event: 'sms.receipt-unknown' });
  }
}
