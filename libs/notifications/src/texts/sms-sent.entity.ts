import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** `leaving`: begun; `lost`: it may have been taken, nobody said so. */
export type SmsSentState = 'leaving' | 'taken' | 'refused' | 'lost';

/** One short message as the gateway knows it, and what it cost. */
@Entity('sms_sent')
export class SmsSent {
  /** Of the notice, or of the answer that it answers. */
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'notice_id', nullable: true }) noticeId: string | null;
  @Column('uuid', { name: 'incoming_text_id', nullable: true }) incomingTextId: string | null;
  @Column('smallint') segments: number;
  @Column('text') state: SmsSentState;
  @Column('text', { name: 'provider_id', nullable: true }) providerId: string | null;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
}
