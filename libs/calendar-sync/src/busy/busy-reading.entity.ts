import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** What becomes of free times while a calendar cannot be read: none is offered, or what was known last goes on counting. */
export const whenUnread = ['close', 'keep'] as const;
export type WhenUnread = (typeof whenUnread)[number];

/** The reading of one practitioner's own calendars through one connection. */
@Entity('busy_reading')
export class BusyReading {
  @PrimaryColumn('uuid', { name: 'connection_id' }) connectionId: string;
  @Column('uuid', { name: 'practitioner_id' }) practitionerId: string;
  @Column('text', { name: 'when_unread', default: 'close' }) whenUnread: WhenUnread;
  @Column('timestamptz', { name: 'next_read_at', transformer: instantColumn }) nextReadAt: Temporal.Instant;
  /** When all was read the last time. */
  @Column('timestamptz', { name: 'read_at', nullable: true, transformer: instantColumn })
  readAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'unread_since', nullable: true, transformer: instantColumn })
  unreadSince: Temporal.Instant | null;
  /** When the owner was told of it. */
  @Column('timestamptz', { name: 'told_at', nullable: true, transformer: instantColumn })
  toldAt: Temporal.Instant | null;
  @Column('boolean', { name: 'is_paused', default: false }) isPaused: boolean;
  /** When closures were last made what was read. */
  @Column('timestamptz', { name: 'kept_at', nullable: true, transformer: instantColumn })
  keptAt: Temporal.Instant | null;
  /** When Google last said that something changed and no reading has begun since. */
  @Column('timestamptz', { name: 'asked_at', nullable: true, transformer: instantColumn })
  askedAt: Temporal.Instant | null;
  @Column('smallint', { default: 0 }) attempts: number;
}
