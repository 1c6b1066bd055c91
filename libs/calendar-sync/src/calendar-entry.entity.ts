import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/**
 * `wanted`: never put yet; `put`: stands there; `removed`: taken out by us; `deleted`: taken out by the person, who is
 * still booked; `failed`: the other side will never take it.
 */
export type EntryState = 'wanted' | 'put' | 'removed' | 'deleted' | 'failed';

/** A visit in somebody's own calendar: how it is called there, and what is still to be done. */
@Entity('calendar_entry')
export class CalendarEntry {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'connection_id' }) connectionId: string;
  @Column('uuid', { name: 'appointment_id' }) appointmentId: string;
  /** Ours, given before it is put, so that putting it again finds it; random, so that it says nothing. */
  @Column('text', { name: 'event_id' }) eventId: string;
  @Column('text') state: EntryState;
  /** The version that we left there: what the person changed since shows in another one. */
  @Column('text', { nullable: true }) etag: string | null;
  /** iCalendar's, as it stands there. */
  @Column('integer', { default: 0 }) sequence: number;
  /** Of what was put, so that a step that changes nothing in a calendar asks nothing of Google. */
  @Column('bytea', { nullable: true }) fingerprint: Buffer | null;
  /** When the visit begins that was put. */
  @Column('timestamptz', { name: 'put_starts_at', nullable: true, transformer: instantColumn })
  putStartsAt: Temporal.Instant | null;
  /** The appointment's version that was last looked at. */
  @Column('integer', { name: 'seen_version', default: 0 }) seenVersion: number;
  @Column('timestamptz', { name: 'put_at', nullable: true, transformer: instantColumn }) putAt: Temporal.Instant | null;
  /** Rises with every wish; who finishes sees whether another came meanwhile. */
  @Column('integer', { default: 1 }) wish: number;
  /** Not before this is there something to do; null: nothing. */
  @Column('timestamptz', { name: 'due_at', nullable: true, transformer: instantColumn }) dueAt: Temporal.Instant | null;
  /** Somebody is at it until then. */
  @Column('timestamptz', { name: 'claimed_until', nullable: true, transformer: instantColumn })
  claimedUntil: Temporal.Instant | null;
  /** In vain, since it last went well. */
  @Column('smallint', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) failure: string | null;
}
