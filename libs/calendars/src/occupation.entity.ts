import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, intervalColumn } from '#libs/platform';
import type { Interval } from '#libs/time';

export type OccupationOwner = 'hold' | 'appointment' | 'former' | 'session' | 'offer';

/** A resource, in a lane, is taken during a range (promise 1). `former` is the old time of a move that awaits its answer. */
@Entity('occupation')
export class Occupation {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: string;
  @Column('uuid', { name: 'resource_id' }) resourceId: string;
  @Column('smallint', { default: 0 }) lane: number;
  @Column('tstzrange', { transformer: intervalColumn }) during: Interval;
  @Column('text', { name: 'owner_kind' }) ownerKind: OccupationOwner;
  @Column('uuid', { name: 'owner_id' }) ownerId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('timestamptz', { name: 'expires_at', nullable: true, transformer: instantColumn })
  expiresAt: Temporal.Instant | null;
  /** What the visit is, on the row of its calendar's own resource: all four or none. */
  @Column('uuid', { name: 'calendar_id', nullable: true }) calendarId: string | null;
  @Column('uuid', { name: 'service_id', nullable: true }) serviceId: string | null;
  @Column('tstzrange', { nullable: true, transformer: intervalColumn }) visit: Interval | null;
  @Column('integer', { name: 'tariff_cents', nullable: true }) tariffCents: number | null;
  @Column('text', { name: 'override_reason', nullable: true }) overrideReason: string | null;
}
