import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { blindIndex, CLOCK, type Clock, Database, log, seal } from '#libs/platform';
import { NoteBounce } from '../note-bounce.js';
import { maskedAddress } from '../rules/masked-address.js';
import type { ArrivedLetter } from './read-letter.js';

/** A letter may be so large, in bytes. */
export const largestLetter = 1024 * 1024;

/** For how many days what arrived is kept. */
const keptDays = 90;

/** What a letter is about. */
interface About {
  clinicId: string | null;
  appointmentId: string | null;
  noticeId: string | null;
  contactEmail: string | null;
}

const nothing: About = { clinicId: null, appointmentId: null, noticeId: null, contactEmail: null };

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Takes a letter that arrived at the address of the letters. It changes no visit, whatever it says: a calendar's "no" may be
 * a slip, an old letter or somebody else's, so that staff see it and ask (S-2.12). A report that a letter came back goes
 * into the ledger. What belongs to no visit is only counted; its words are not kept.
 */
@Injectable()
export class TakeIncomingMail {
  constructor(
    private readonly database: Database,
    private readonly noteBounce: NoteBounce,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat: what has the same Message-ID is kept once.
   * @param raw as it came over the wire, RFC 5322
   * @returns whether it had not arrived before
   */
  async run(raw: Uint8Array): Promise<{ isNew: boolean }> {
    const { readLetter } = await import('./read-letter.js');
    const letter = await readLetter(raw);
    const about = await this.about(letter);
    if (letter.report) await this.note(letter);
    const isRead = about.appointmentId !== null && (letter.kind === 'letter' || letter.kind === 'calendar-reply');
    const name = letter.messageId ?? createHash('sha256').update(raw).digest('hex');
    const [row] = await this.database.transaction((tx) =>
      tx.query<{ id: string }>(
        `insert into incoming_mail (message_hash, kind, received_at, clinic_id, appointment_id, notice_id, sender, from_contact,
                                    partstat, answered_sequence, status_code, text_sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict on constraint incoming_mail_once do nothing returning id`,
        [
          blindIndex('incoming-mail', name),
          letter.kind,
          this.clock.now().toString(),
          about.clinicId,
          about.appointmentId,
          about.noticeId,
          isRead && letter.sender ? maskedAddress(letter.sender) : null,
          letter.sender !== null && letter.sender === about.contactEmail?.toLowerCase(),
          letter.reply?.partstat ?? null,
          letter.reply?.sequence ?? null,
          letter.report?.status ?? null,
          isRead && letter.text !== '' ? seal(letter.text) : null,
        ],
      ),
    );
    if (row) log.info({ event: 'mail.arrived', code: letter.kind });
    return { isNew: row !== undefined };
  }

  /** Forgets what arrived long ago. */
  async forget(): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(`delete from incoming_mail where received_at < $1`, [
        this.clock
          .now()
          .subtract({ hours: 24 * keptDays })
          .toString(),
      ]),
    );
  }

  private async note({ report, thread }: ArrivedLetter): Promise<void> {
    const [messageId] = thread;
    if (!report || messageId === undefined || report.action === 'arrived') return;
    const reason = report.action === 'complained' ? 'complained' : 'bounced';
    await this.noteBounce.run({ messageId, isPermanent: report.action !== 'delayed', status: report.status, reason });
  }

  /** By the UID of the visit, or by the Message-ID of a letter of ours: nobody can guess either. */
  private async about({ reply, thread }: ArrivedLetter): Promise<About> {
    if (reply && uuidForm.test(reply.uid)) {
      const [visit] = await this.database.read<About>(
        `select clinic_id as "clinicId", id as "appointmentId", null as "noticeId", contact_email as "contactEmail"
           from appointment where ics_uid = $1`,
        [reply.uid],
      );
      if (visit) return visit;
    }
    if (thread.length === 0) return nothing;
    const [told] = await this.database.read<About>(
      `select n.clinic_id as "clinicId", n.appointment_id as "appointmentId", n.id as "noticeId",
              a.contact_email as "contactEmail"
         from notice n
         left join appointment a on a.id = n.appointment_id
        where n.message_id = any($1)
        order by array_position($1, n.message_id) limit 1`,
      [thread],
    );
    return told ?? nothing;
  }
}
