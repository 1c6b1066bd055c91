import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, derive, environment, type Language, type Tx } from '#libs/platform';
import type { AttemptOutcome } from './notice-attempt.entity.js';
import type { NoticeChannel, NoticeState } from './notice.entity.js';
import { nextTryAfter } from './next-try.js';
import { domainOf, mailFromOf } from './transports/mail-from.js';
import type { FailureReason } from './transports/outgoing-letter.js';

/**
 * What a notice is about: a step of an appointment, an address that is being proven, somebody who is invited, a visit
 * that nears, or something that concerns an account.
 */
export type Subject =
  | { eventId: string; clinicId: string; appointmentId: string }
  | { verificationId: string }
  | { invitationId: string; clinicId: string }
  | { reminderId: string; clinicId: string; appointmentId: string }
  | { accountNoticeId: string; clinicId: string | null };

/** Why a message is not sent at all. */
export type DropReason =
  | 'no-address'
  | 'address-unproven'
  | 'address-suppressed'
  | 'too-late'
  | 'bulk-rejected'
  // Of short messages: there is no gateway, no mobile number, or nothing left of the clinic's month.
  | 'texts-off'
  | 'no-mobile'
  | 'texts-cap'
  // Of reminders: the visit is not booked for that time any more, or it became night before it could leave.
  | 'no-longer-so'
  | 'put-off';

export interface NewNotice {
  subject: Subject;
  kind: string;
  language: Language;
  /** Mail unless it says otherwise. */
  channel?: NoticeChannel;
}

/** A notice that was found or made. */
export interface OpenNotice {
  id: string;
  state: NoticeState;
  messageId: string | null;
}

/** What is noted of a notice beside its new state; what is left out stays as it was. */
interface Note {
  reason?: FailureReason | DropReason | null;
  /** A code of whoever takes the message. */
  answer?: string | null;
  providerId?: string | null;
}

/** Where the message went, masked and as a fingerprint. */
export interface SentTo {
  masked: string;
  index: Buffer;
}

/** The Message-ID of the letter about something: the same for every try, and for whoever names it in a later letter. */
export function messageIdOf(about: string): string {
  const domain = domainOf(mailFromOf(environment().mailFrom).address);
  return `<${derive('message-id', about).toString('hex').slice(0, 40)}@${domain}>`;
}

const onceBy = {
  event_id: 'notice_once_per_event',
  verification_id: 'notice_once_per_verification',
  invitation_id: 'notice_once_per_invitation',
  reminder_id: 'notice_once_per_reminder',
  account_notice_id: 'notice_once_per_account_notice',
} as const;

function aboutOf(subject: Subject | { invitationId: string }): { column: keyof typeof onceBy; id: string } {
  if ('eventId' in subject) return { column: 'event_id', id: subject.eventId };
  if ('verificationId' in subject) return { column: 'verification_id', id: subject.verificationId };
  if ('invitationId' in subject) return { column: 'invitation_id', id: subject.invitationId };
  if ('reminderId' in subject) return { column: 'reminder_id', id: subject.reminderId };
  return { column: 'account_notice_id', id: subject.accountNoticeId };
}

/** The ledger of notices: one row a message, and a row for each thing that happened to it. */
@Injectable()
export class Ledger {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds or makes the notice and, while it is still to be sent, counts the try. */
  async open({ subject, kind, language, channel = 'mail' }: NewNotice, to?: SentTo): Promise<OpenNotice> {
    const { column, id } = aboutOf(subject);
    const [row] = await this.write<OpenNotice>(
      `insert into notice (clinic_id, appointment_id, ${column}, kind, channel, language, state, attempts, message_id, address,
                           address_index, created_at)
       values ($1, $2, $3, $4, $5, $6, 'queued', 1, $7, $8, $9, $10)
       on conflict on constraint ${onceBy[column]}
       do update set attempts = case when notice.state = 'queued' then least(notice.attempts + 1, 32767) else notice.attempts end,
                     address = case when notice.state = 'queued' then coalesce(excluded.address, notice.address) else notice.address end,
                     address_index = case when notice.state = 'queued' then coalesce(excluded.address_index, notice.address_index)
                                          else notice.address_index end
       returning id, state, message_id as "messageId"`,
      [
        'clinicId' in subject ? subject.clinicId : null,
        'appointmentId' in subject ? subject.appointmentId : null,
        id,
        kind,
        channel,
        language,
        channel === 'mail' ? messageIdOf(id) : null,
        to?.masked ?? null,
        to?.index ?? null,
        this.clock.now().toString(),
      ],
    );
    if (!row) throw new Error('the notice was not written');
    return row;
  }

  /** It did not leave and is tried again. */
  async triedAgain(id: string, { reason, answer }: Note): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ attempts: number }>('select attempts from notice where id = $1', [id]);
      const next = now.add({ seconds: nextTryAfter(row?.attempts ?? 1) });
      await tx.query('update notice set failure = $2, answer = $3, next_try_at = $4 where id = $1', [
        id,
        reason ?? null,
        answer ?? null,
        next.toString(),
      ]);
      await noteAttempt(tx, { id, at: now, outcome: 'tried-again', answer: answer ?? reason ?? null });
    });
  }

  /** What became of it in the end. A receipt that overtook the answer of who took it, and says that it did not arrive, stays. */
  async close(id: string, state: 'sent' | 'failed' | 'dropped', note: Note = {}): Promise<void> {
    const now = this.clock.now();
    const { reason = null, answer = null, providerId = null } = note;
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update notice
            set state = $2, failure = case when $2 = 'sent' and bounced_at is not null then failure else $3 end,
                answer = case when $2 = 'sent' and bounced_at is not null then answer else $4 end, provider_id = coalesce($5, provider_id), next_try_at = null,
                sent_at = case when $2 = 'sent' then $6::timestamptz end,
                failed_at = case when $2 = 'failed' then $6::timestamptz end
          where id = $1`,
        [id, state, reason, answer, providerId, now.toString()],
      );
      await noteAttempt(tx, { id, at: now, outcome: state, answer: answer ?? reason });
    });
  }

  /** Drops what was tried in vain and is not wanted any more. Where nothing was tried, nothing is written. */
  async giveUp(subject: { verificationId: string } | { invitationId: string }): Promise<void> {
    const { column, id } = aboutOf(subject);
    const open = await this.database.read<{ id: string }>(
      `select id from notice where ${column} = $1 and state = 'queued'`,
      [id],
    );
    for (const notice of open) await this.close(notice.id, 'dropped', { reason: 'too-late' });
  }

  private write<Row>(text: string, values: readonly unknown[]): Promise<Row[]> {
    return this.database.transaction((tx) => tx.query<Row>(text, values));
  }
}

/**
 * Writes down one thing that happened to a notice. A server that is away for hours answers each try the same: such tries
 * are written once an hour, and counted every time.
 */
export async function noteAttempt(
  tx: Tx,
  { id, at, outcome, answer }: { id: string; at: Temporal.Instant; outcome: AttemptOutcome; answer: string | null },
): Promise<void> {
  await tx.query(
    `insert into notice_attempt (notice_id, n, at, outcome, answer)
     select n.id, n.attempts, $2, $3, $4 from notice n
       left join lateral (select t.outcome, t.answer, t.at from notice_attempt t where t.notice_id = n.id order by t.id desc limit 1) l
         on true
      where n.id = $1
        and not ($3 = 'tried-again' and l.outcome is not distinct from $3 and l.answer is not distinct from $4
                 and l.at > $2::timestamptz - interval '1 hour')`,
    [id, at.toString(), outcome, answer],
  );
}
