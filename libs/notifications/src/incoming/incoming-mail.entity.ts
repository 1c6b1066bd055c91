import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { IncomingKind, Partstat } from '../rules/incoming-kind.js';

/** What arrived at the address of the letters. It changes nothing by itself: staff read it. */
@Entity('incoming_mail')
export class IncomingMail {
  @PrimaryGeneratedColumn('uuid') id: string;
  /** A keyed fingerprint of its Message-ID: what arrives twice is kept once. */
  @Column('bytea', { name: 'message_hash' }) messageHash: Buffer;
  @Column('text') kind: IncomingKind;
  @Column('timestamptz', { name: 'received_at', transformer: instantColumn }) receivedAt: Temporal.Instant;
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId: string | null;
  @Column('uuid', { name: 'notice_id', nullable: true }) noticeId: string | null;
  /** Masked. */
  @Column('text', { nullable: true }) sender: string | null;
  /** It says that it is from the address that the visit's letters go to. */
  @Column('boolean', { name: 'from_contact', default: false }) fromContact: boolean;
  @Column('text', { nullable: true }) partstat: Partstat | null;
  /** The state of the visit that the calendar answered to. */
  @Column('integer', { name: 'answered_sequence', nullable: true }) answeredSequence: number | null;
  @Column('text', { name: 'status_code', nullable: true }) statusCode: string | null;
  @Column('bytea', { name: 'text_sealed', nullable: true }) textSealed: Buffer | null;
  @Column('timestamptz', { name: 'handled_at', nullable: true, transformer: instantColumn })
  handledAt: Temporal.Instant | null;
  @Column('uuid', { name: 'handled_by', nullable: true }) handledBy: string | null;
}
