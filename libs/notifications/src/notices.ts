import { Inject, Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { CLOCK, type Clock, Database, derive, describeError, environment, type Language, log } from '#libs/platform';
import {
  DeliveryFailure,
  type FailureReason,
  LETTER_TRANSPORT,
  type LetterTransport,
  type OutgoingLetter,
} from './transports/outgoing-letter.js';
import { domainOf, mailFromOf } from './transports/mail-from.js';

/** What a notice is about: a step of an appointment, an address that is being proven, or somebody who is invited. */
export type Subject =
  | { eventId: string; clinicId: string; appointmentId: string }
  | { verificationId: string }
  | { invitationId: string; clinicId: string };

/** Why a letter is not sent at all. */
export type DropReason = 'no-address' | 'address-unproven' | 'too-late';

interface NewNotice {
  subject: Subject;
  kind: string;
  language: Language;
}

interface NoticeRow {
  id: string;
  state: string;
  message_id: string;
}

/** What becomes of letters, for whoever watches the worker. */
const outcomes = new Counter({
  name: 'pieraksts_letters_total',
  help: 'Letters by what became of them: sent, failed, dropped or to be tried again',
  labelNames: ['outcome'],
});

/** The ledger of notices, and the one way in which a letter leaves. */
@Injectable()
export class Notices {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LETTER_TRANSPORT) private readonly transport: LetterTransport,
  ) {}

  /** Writes down that a letter is not sent and why; no-one is asked to mend it. */
  async drop(notice: NewNotice, reason: DropReason): Promise<void> {
    const { id } = await this.open(notice);
    await this.close(id, 'dropped', reason);
  }

  /**
   * Sends a letter and writes down what became of it. The ledger is written before and after, never while the server is
   * talked to; a process that dies in between sends the same letter, with the same Message-ID, once more (faults.md B3).
   * @param isLastTry when true, a letter that does not leave is filed as failed instead of being tried again
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async send(
    notice: NewNotice,
    letter: Omit<OutgoingLetter, 'messageId' | 'language'>,
    isLastTry: boolean,
  ): Promise<void> {
    const { id, state, message_id: messageId } = await this.open(notice);
    if (state !== 'queued') return;
    try {
      await this.transport.send({ ...letter, messageId, language: notice.language });
    } catch (thrown) {
      const failure = thrown instanceof DeliveryFailure ? thrown : undefined;
      const reason = failure?.reason ?? 'letter-refused';
      // A fault of ours: trying again is harmless, and the log says where it is.
      if (!failure) log.error({ event: 'letter.broken', noticeId: id, ...describeError(thrown) });
      log.warn({ event: 'letter.not-sent', noticeId: id, code: reason });
      if (!isLastTry && failure?.isFinal !== true) {
        await this.note(id, reason);
        outcomes.inc({ outcome: 'tried-again' });
        throw new DeliveryFailure(reason, false);
      }
      await this.close(id, 'failed', reason);
      return;
    }
    await this.close(id, 'sent', null);
    log.info({ event: 'letter.sent', noticeId: id });
  }

  /** Finds or makes the notice and counts the try. */
  private async open({ subject, kind, language }: NewNotice): Promise<NoticeRow> {
    const event = 'eventId' in subject ? subject : null;
    const verificationId = 'verificationId' in subject ? subject.verificationId : null;
    const invitationId = 'invitationId' in subject ? subject.invitationId : null;
    const about = event?.eventId ?? verificationId ?? invitationId ?? '';
    const once = event ? 'event' : verificationId ? 'verification' : 'invitation';
    const domain = domainOf(mailFromOf(environment().mailFrom).address);
    const messageId = `<${derive('message-id', about).toString('hex').slice(0, 40)}@${domain}>`;
    const [row] = await this.write<NoticeRow>(
      `insert into notice (clinic_id, appointment_id, event_id, verification_id, invitation_id, kind, language, state, attempts,
                           message_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'queued', 1, $8, $9)
       on conflict on constraint notice_once_per_${once}
       do update set attempts = least(notice.attempts + 1, 32767)
       returning id, state, message_id`,
      [
        'clinicId' in subject ? subject.clinicId : null,
        event?.appointmentId ?? null,
        event?.eventId ?? null,
        verificationId,
        invitationId,
        kind,
        language,
        messageId,
        this.clock.now().toString(),
      ],
    );
    if (!row) throw new Error('the notice was not written');
    return row;
  }

  private async note(id: string, reason: FailureReason): Promise<void> {
    await this.write('update notice set failure = $2 where id = $1', [id, reason]);
  }

  private async close(
    id: string,
    state: 'sent' | 'failed' | 'dropped',
    reason: FailureReason | DropReason | null,
  ): Promise<void> {
    outcomes.inc({ outcome: state });
    await this.write(
      `update notice
          set state = $2, failure = $3, sent_at = case when $2 = 'sent' then $4::timestamptz end,
              failed_at = case when $2 = 'failed' then $4::timestamptz end
        where id = $1`,
      [id, state, reason, this.clock.now().toString()],
    );
  }

  private write<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.database.transaction((tx) => tx.query<Row>(text, values));
  }
}
