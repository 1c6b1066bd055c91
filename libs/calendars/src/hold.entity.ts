import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** What a hold is about; its time is taken by occupation rows of the same id. Both are deleted when it ends. */
@Entity('hold')
export class HoldRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('uuid', { name: 'service_id' }) serviceId: string;
  @Column('timestamptz', { name: 'starts_at', transformer: instantColumn }) startsAt: Temporal.Instant;
  @Column('timestamptz', { name: 'ends_at', transformer: instantColumn }) endsAt: Temporal.Instant;
  @Column('bytea', { name: 'token_hash' }) tokenHash: Buffer;
  /** How many visits it keeps, one after another. */
  @Column('smallint', { default: 1 }) people: number;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId: string | null;
  @Column('bytea', { name: 'address_index', nullable: true }) addressIndex: Buffer | null;
  @Column('uuid', { name: 'staff_member_id', nullable: true }) staffMemberId: string | null;
  @Column('timestamptz', { name: 'held_at', transformer: instantColumn }) heldAt: Temporal.Instant;
  @Column('timestamptz', { name: 'expires_at', transformer: instantColumn }) expiresAt: Temporal.Instant;
}
