import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

export type NoticeState = 'queued' | 'sent' | 'failed' | 'dropped';

/** One message to one person by one channel, with its delivery. It keeps no address and no text. */
@Entity('notice')
export class Notice {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId: string | null;
  @Column('uuid', { name: 'event_id', nullable: true }) eventId: string | null;
  @Column('uuid', { name: 'verification_id', nullable: true }) verificationId: string | null;
  @Column('uuid', { name: 'invitation_id', nullable: true }) invitationId: string | null;
  /** The letter's kind, `code`, or `invitation`. */
  @Column('text') kind: string;
  @Column('text', { default: 'mail' }) channel: 'mail' | 'sms';
  @Column('text') language: Language;
  @Column('text') state: NoticeState;
  @Column('smallint', { default: 0 }) attempts: number;
  @Column('text', { name: 'message_id', nullable: true }) messageId: string | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('timestamptz', { name: 'sent_at', nullable: true, transformer: instantColumn })
  sentAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true, transformer: instantColumn })
  failedAt: Temporal.Instant | null;
  /** Why it failed or was dropped; a word of ours. */
  @Column('text', { nullable: true }) failure: string | null;
}
