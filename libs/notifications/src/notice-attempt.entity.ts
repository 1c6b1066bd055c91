import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** What can happen to a notice, from the first try to the receipt. */
export type AttemptOutcome =
  'sent' | 'tried-again' | 'failed' | 'dropped' | 'held' | 'released' | 'asked-again' | 'delivered' | 'bounced';

/** One thing that happened to a notice; append-only. Tries with the same answer are written at most once an hour. */
@Entity('notice_attempt')
export class NoticeAttempt {
  @PrimaryColumn('bigint', { generated: 'identity' }) id: string;
  @Column('uuid', { name: 'notice_id' }) noticeId: string;
  /** Which try it was. */
  @Column('integer') n: number;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
  @Column('text') outcome: AttemptOutcome;
  /** A code of the server, or a word of ours. */
  @Column('text', { nullable: true }) answer: string | null;
}
