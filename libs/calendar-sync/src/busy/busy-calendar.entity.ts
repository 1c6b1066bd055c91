import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, intervalColumn } from '#libs/platform';
import type { Interval } from '#libs/time';

/** One of the calendars that count, how far it is read, and the channel by which Google says that it changed. */
@Entity('busy_calendar')
export class BusyCalendar {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'connection_id' }) connectionId: string;
  /** Google's name of it, sealed: that of a first calendar is an e-mail address. */
  @Column('bytea', { name: 'calendar_sealed' }) calendarSealed: Buffer;
  /** Where the next reading goes on; null: from the beginning. */
  @Column('text', { name: 'sync_token', nullable: true }) syncToken: string | null;
  @Column('timestamptz', { name: 'full_read_at', nullable: true, transformer: instantColumn })
  fullReadAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'covers_until', nullable: true, transformer: instantColumn })
  coversUntil: Temporal.Instant | null;
  @Column('uuid', { name: 'channel_id', nullable: true }) channelId: string | null;
  /** Of the secret that Google says with every word about it. */
  @Column('bytea', { name: 'channel_hash', nullable: true }) channelHash: Buffer | null;
  @Column('text', { name: 'channel_resource', nullable: true }) channelResource: string | null;
  @Column('timestamptz', { name: 'channel_until', nullable: true, transformer: instantColumn })
  channelUntil: Temporal.Instant | null;
  /** Not before this is a channel asked for again. */
  @Column('timestamptz', { name: 'watch_after', nullable: true, transformer: instantColumn })
  watchAfter: Temporal.Instant | null;
}

/** That somebody is busy then. With what is never known here. */
@Entity('busy_event')
export class BusyEvent {
  @PrimaryColumn('uuid', { name: 'busy_calendar_id' }) busyCalendarId: string;
  @PrimaryColumn('text', { name: 'event_id' }) eventId: string;
  @Column('tstzrange', { transformer: intervalColumn }) during: Interval;
}
