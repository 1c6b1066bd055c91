import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, intervalColumn } from '#libs/platform';
import type { Interval } from '#libs/time';

/** A time when nothing can be booked: of one resource, one branch, or (both empty) the whole clinic. */
@Entity('closure')
export class Closure {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'branch_id', nullable: true }) branchId: string | null;
  @Column('uuid', { name: 'resource_id', nullable: true }) resourceId: string | null;
  @Column('tstzrange', { transformer: intervalColumn }) during: Interval;
  /** Staff's own words; patients never see them. */
  @Column('text', { nullable: true }) reason: string | null;
  /** What patients read on the pages of the practitioner and the clinic. */
  @Column('text', { name: 'public_reason', nullable: true }) publicReason: string | null;
  /** Common to the closures that were entered as one repeated closure. */
  @Column('uuid', { name: 'series_id', nullable: true }) seriesId: string | null;
  /** `external`: busy in the practitioner's own calendar; nobody of the clinic entered it. */
  @Column('text', { default: 'staff' }) kind: 'staff' | 'external';
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy: string | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}
