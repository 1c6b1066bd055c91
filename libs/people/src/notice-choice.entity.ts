import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** How an account wishes to be told of all its visits. */
@Entity('notice_choice')
export class NoticeChoiceRow {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId: string;
  @Column('boolean', { default: false }) sms: boolean;
  @Column('boolean', { name: 'mail_reminders', default: true }) mailReminders: boolean;
  @Column('boolean', { default: false }) strict: boolean;
  @Column('timestamptz', { name: 'changed_at', transformer: instantColumn }) changedAt: Temporal.Instant;
}
