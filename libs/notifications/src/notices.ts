import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Database, describeError, log, Refusal } from '#libs/platform';
import { type DropReason, Ledger, type NewNotice, type SentTo } from './ledger.js';
import { saysAddressIsDead } from './rules/delivery-answer.js';
import { sentTo, SuppressedAddresses } from './suppressed-addresses.js';
import {
  DeliveryFailure,
  LETTER_TRANSPORT,
  type LetterTransport,
  type OutgoingLetter,
} from './transports/outgoing-letter.js';
import { TEXT_TRANSPORT, type TextTransport } from './transports/text-transport.js';

/** What became of messages, for whoever watches the worker. */
const outcomes = new Counter({
  name: 'pieraksts_letters_total',
  help: 'Letters and short messages by what became of them: sent, failed, dropped or to be tried again',
  labelNames: ['outcome'],
});

/** A letter as it is written, before it has a number and somebody to go to. */
type Written = Omit<OutgoingLetter, 'to' | 'messageId' | 'language'>;

/** The one way in which a letter or a short message leaves; the ledger has what became of each. */
@Injectable()
export class Notices {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly suppressed: SuppressedAddresses,
    @Inject(LETTER_TRANSPORT) private readonly letters: LetterTransport,
    @Inject(TEXT_TRANSPORT) private readonly texts: TextTransport,
  ) {}

  /** Writes down that a message is not sent and why. */
  async drop(notice: NewNotice, reason: DropReason): Promise<void> {
    const { id, state } = await this.ledger.open(notice);
    if (state === 'queued') await this.closeAs(id, 'dropped', reason);
  }

  /** Ends the tries of a code or an invitation that nobody can use any more. Safe to repeat. */
  giveUp(subject: { verificationId: string } | { invitationId: string }): Promise<void> {
    return this.ledger.giveUp(subject);
  }

  /** Keeps a notice for the portal's inbox, where it is there to be read at once. Safe to repeat. */
  async keep(notice: Omit<NewNotice, 'channel'>): Promise<void> {
    const { id, state } = await this.ledger.open({ ...notice, channel: 'portal' });
    if (state === 'queued') await this.ledger.close(id, 'sent');
  }

  /**
   * Sends a letter and writes down what became of it. The ledger is written before and after, never while the server is
   * talked to; a process that dies in between sends the same letter, with the same Message-ID, once more (faults.md B3).
   * A dead address gets nothing but the code by which somebody proves that they read it after all.
   * @param write makes the letter; what it throws is a fault of ours, and is filed and tried again like any other
   * @param isLastTry when true, a letter that does not leave is filed as failed instead of being tried again
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  send(notice: NewNotice, to: string, write: () => Written | Promise<Written>, isLastTry: boolean): Promise<void> {
    return this.hand({ ...notice, channel: 'mail' }, to, isLastTry, async (_, messageId) => {
      const letter = { ...(await write()), to, messageId: messageId ?? '', language: notice.language };
      const answer = await this.letters.send(letter);
      return { answer: answer ?? null };
    });
  }

  /**
   * Sends a short message, as `send` does a letter. A gateway that knows the notice's id sends it once, however often it
   * is handed over.
   * @param text `to` in E.164; `sender` as the phone shows it, else the gateway's own
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  text(
    notice: Omit<NewNotice, 'channel'>,
    { to, body, sender = null }: { to: string; body: string; sender?: string | null },
    isLastTry: boolean,
  ): Promise<void> {
    return this.hand({ ...notice, channel: 'sms' }, to, isLastTry, (id) => this.texts.send({ to, body, sender, id }));
  }

  /**
   * Writes down that a message could not even be made, which is a fault of ours.
   * @throws DeliveryFailure when it is to be tried again
   */
  async broken(notice: NewNotice & { channel: 'mail' | 'sms' }, thrown: unknown, isLastTry: boolean): Promise<void> {
    const { id, state } = await this.ledger.open(notice);
    if (state === 'queued') await this.notTaken({ id, channel: notice.channel, isLastTry }, thrown);
  }

  private async hand(
    notice: NewNotice & { channel: 'mail' | 'sms' },
    to: string,
    isLastTry: boolean,
    transport: (
      id: string,
      messageId: string | null,
    ) => Promise<{ answer?: string | null; providerId?: string | null }>,
  ): Promise<void> {
    const { channel, subject } = notice;
    const address = sentTo(channel, to);
    const { id, state, messageId } = await this.ledger.open(notice, address);
    if (state !== 'queued') return;
    if (!('verificationId' in subject) && (await this.suppressed.has(channel, to, address))) {
      await this.closeAs(id, 'dropped', 'address-suppressed');
      return;
    }
    let taken;
    try {
      taken = await transport(id, messageId);
    } catch (thrown) {
      return this.notTaken({ id, channel, address, isLastTry }, thrown);
    }
    outcomes.inc({ outcome: 'sent' });
    await this.ledger.close(id, 'sent', taken);
    log.info({ event: 'letter.sent', noticeId: id });
  }

  /** @throws DeliveryFailure when it is to be tried again; Refusal where the database could not be asked */
  private async notTaken(
    { id, channel, address, isLastTry }: { id: string; channel: 'mail' | 'sms'; address?: SentTo; isLastTry: boolean },
    thrown: unknown,
  ): Promise<void> {
    // The database is away for a moment: nothing is known of the letter, and its job comes again.
    if (thrown instanceof Refusal) throw thrown;
    const failure = thrown instanceof DeliveryFailure ? thrown : undefined;
    const reason = failure?.reason ?? 'our-fault';
    const answer = failure?.answer ?? null;
    // Trying again is harmless, and staff read the number under which the log says where it is.
    if (reason === 'our-fault')
      log.error({ event: 'letter.broken', noticeId: id, ...describeError(failure?.cause ?? thrown) });
    log.warn({ event: 'letter.not-sent', noticeId: id, code: reason });
    if (!isLastTry && failure?.isFinal !== true) {
      await this.ledger.triedAgain(id, { reason, answer });
      outcomes.inc({ outcome: 'tried-again' });
      throw new DeliveryFailure(reason, false, answer);
    }
    outcomes.inc({ outcome: 'failed' });
    await this.ledger.close(id, 'failed', { reason, answer });
    if (address && failure?.isFinal === true && reason === 'address-refused' && saysAddressIsDead(answer)) {
      await this.database.transaction((tx) => this.suppressed.add(tx, channel, address.index, answer ?? reason));
    }
  }

  private async closeAs(id: string, state: 'dropped', reason: DropReason): Promise<void> {
    outcomes.inc({ outcome: state });
    await this.ledger.close(id, state, { reason });
  }
}
