import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

/** `held`: many at once, which wait for a second person; `dropped`: never to be sent. */
export type NoticeState = 'queued' | 'held' | 'sent' | 'failed' | 'dropped';
export type NoticeChannel = 'mail' | 'sms' | 'portal';

/** One message to one person by one channel, with its delivery. It keeps no text, and its address only masked. */
@Entity('notice')
export class Notice {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId: string | null;
  @Column('uuid', { name: 'event_id', nullable: true }) eventId: string | null;
  @Column('uuid', { name: 'verification_id', nullable: true }) verificationId: string | null;
  @Column('uuid', { name: 'invitation_id', nullable: true }) invitationId: string | null;
  @Column('uuid', { name: 'reminder_id', nullable: true }) reminderId: string | null;
  @Column('uuid', { name: 'account_notice_id', nullable: true }) accountNoticeId: string | null;
  /** The many at once that it belongs to or stood behind. */
  @Column('uuid', { name: 'bulk_id', nullable: true }) bulkId: string | null;
  /** The letter's kind, `code`, or `invitation`. */
  @Column('text') kind: string;
  @Column('text', { default: 'mail' }) channel: NoticeChannel;
  @Column('text') language: Language;
  @Column('text') state: NoticeState;
  @Column('smallint', { default: 0 }) attempts: number;
  @Column('text', { name: 'message_id', nullable: true }) messageId: string | null;
  /** Masked: enough for staff who know the address to see which it was. */
  @Column('text', { nullable: true }) address: string | null;
  /** A keyed fingerprint of the address, by which a bounce finds the letters that would go there. */
  @Column('bytea', { name: 'address_index', nullable: true }) addressIndex: Buffer | null;
  /** The last answer of whoever takes the message, as a code: `250 2.0.0`, `550 5.1.1`. */
  @Column('text', { nullable: true }) answer: string | null;
  /** The gateway's own name for a short message. */
  @Column('text', { name: 'provider_id', nullable: true }) providerId: string | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('timestamptz', { name: 'next_try_at', nullable: true, transformer: instantColumn })
  nextTryAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true, transformer: instantColumn })
  sentAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true, transformer: instantColumn })
  deliveredAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'bounced_at', nullable: true, transformer: instantColumn })
  bouncedAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'read_at', nullable: true, transformer: instantColumn })
  readAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true, transformer: instantColumn })
  failedAt: Temporal.Instant | null;
  /** Why it failed, came back or was dropped; a word of ours. */
  @Column('text', { nullable: true }) failure: string | null;
}
