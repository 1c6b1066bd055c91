import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

/** What somebody's own calendar is connected for: to see their visits in it, or to be booked only when they are free. */
export const purposes = ['visits', 'busy'] as const;
export type Purpose = (typeof purposes)[number];

/** `own`: a calendar that we make and can see alone; `chosen`: one of the person's. */
export const calendarKinds = ['own', 'chosen'] as const;
export type CalendarKind = (typeof calendarKinds)[number];

/**
 * `choosing`: agreed to, and which calendar is not said yet; `failing`: the other side does not answer and we try on;
 * `stopped`: only the person can mend it; `ending`: what was put is being taken back; `left`: of a former one, no permission
 * reaches what was put.
 */
export type ConnectionState = 'choosing' | 'connected' | 'failing' | 'stopped' | 'ending' | 'disconnected' | 'left';

/** Somebody's own calendar at Google. One a person and purpose, besides former ones; it says nothing of who they are there. */
@Entity('calendar_connection')
export class CalendarConnection {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('text') provider: 'google';
  @Column('text') purpose: Purpose;
  @Column('text', { name: 'calendar_kind' }) calendarKind: CalendarKind;
  @Column('text') language: Language;
  @Column('text') state: ConnectionState;
  /** Why it stopped or fails; a word of ours. */
  @Column('text', { nullable: true }) failure: string | null;
  /** Counts the times it was connected: what began before the newest one no longer counts. */
  @Column('integer', { default: 1 }) generation: number;
  /** Google's name of the calendar, sealed: that of a first calendar is an e-mail address. */
  @Column('bytea', { name: 'calendar_sealed', nullable: true }) calendarSealed: Buffer | null;
  /** What the person calls it, sealed. */
  @Column('bytea', { name: 'title_sealed', nullable: true }) titleSealed: Buffer | null;
  @Column('bytea', { name: 'token_sealed', nullable: true }) tokenSealed: Buffer | null;
  @Column('text', { default: '' }) scope: string;
  @Column('timestamptz', { transformer: instantColumn }) since: Temporal.Instant;
  @Column('timestamptz', { name: 'last_ok_at', nullable: true, transformer: instantColumn })
  lastOkAt: Temporal.Instant | null;
  /** Of a calendar that was left for another: only to take back what was put there. */
  @Column('boolean', { name: 'is_former', default: false }) isFormer: boolean;
  /** Since when it fails, is stopped or ends. */
  @Column('timestamptz', { name: 'failed_at', nullable: true, transformer: instantColumn })
  failedAt: Temporal.Instant | null;
}
