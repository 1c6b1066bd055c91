import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** A group visit or a slice of a vaccination line: one time of its resource, with seats. */
@Entity('group_session')
export class GroupSession {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('uuid', { name: 'service_id' }) serviceId: string;
  @Column('timestamptz', { name: 'starts_at', transformer: instantColumn }) startsAt: Temporal.Instant;
  @Column('timestamptz', { name: 'ends_at', transformer: instantColumn }) endsAt: Temporal.Instant;
  @Column('smallint') seats: number;
}

/** A seat that is taken. `seats` is the session's number of them, so that no seat lies beyond it. */
@Entity('seat')
export class Seat {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId: string;
  @PrimaryColumn('smallint') seat: number;
  @Column('smallint') seats: number;
  @Column('text', { name: 'owner_kind' }) ownerKind: 'hold' | 'appointment' | 'former' | 'offer';
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('integer', { name: 'tariff_cents' }) tariffCents: number;
  @Column('timestamptz', { name: 'expires_at', nullable: true, transformer: instantColumn })
  expiresAt: Temporal.Instant | null;
}
