import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayColumn, instantColumn } from '#libs/platform';

/** One reminder to one person, by one channel, of their visits of one local day at one clinic. */
@Entity('reminder')
export class Reminder {
  @PrimaryColumn('uuid') id: string;
  /** Stands in its link. */
  @Column('bigint', { generated: 'identity' }) number: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('text') channel: 'mail' | 'sms';
  /** The offset that it was due by, or `queue`. */
  @Column('text') rule: string;
  @Column('date', { transformer: dayColumn }) day: Temporal.PlainDate;
  @Column('timestamptz', { name: 'made_at', transformer: instantColumn }) madeAt: Temporal.Instant;
}
