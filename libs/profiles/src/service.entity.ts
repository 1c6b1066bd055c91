import { instantColumn, type Words } from '#libs/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { AgeUnit, Sex, VisitKind } from './rules/for-whom.js';
import type { TargetGroup } from './rules/target-groups.js';

/** What a clinic lets people book. A calendar may set its own length, buffers and price for it. */
@Entity({ name: 'service' })
export class Service {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ name: 'clinic_id', type: 'uuid' }) clinicId: string;
  @Column({ name: 'specialty_id', type: 'text' }) specialtyId: string;
  @Column({ type: 'jsonb' }) name: Words;
  @Column({ type: 'smallint' }) minutes: number;
  @Column({ name: 'buffer_before', type: 'smallint' }) bufferBefore: number;
  @Column({ name: 'buffer_after', type: 'smallint' }) bufferAfter: number;
  @Column({ type: 'jsonb' }) preparation: Words;
  @Column({ type: 'text' }) mode: 'in-person' | 'phone' | 'video';
  @Column({ name: 'referral_required', type: 'boolean' }) referralRequired: boolean;
  /** With `referralRequired`: only where the state pays, or always. */
  @Column({ name: 'referral_scope', type: 'text', default: 'state' }) referralScope: 'state' | 'all';
  @Column({ name: 'referral_offered', type: 'boolean', default: false }) referralOffered: boolean;
  @Column({ name: 'age_from', type: 'smallint', nullable: true }) ageFrom: number | null;
  @Column({ name: 'age_from_unit', type: 'text', default: 'years' }) ageFromUnit: AgeUnit;
  @Column({ name: 'age_to', type: 'smallint', nullable: true }) ageTo: number | null;
  @Column({ name: 'age_to_unit', type: 'text', default: 'years' }) ageToUnit: AgeUnit;
  @Column({ type: 'text', nullable: true }) sex: Sex | null;
  @Column({ name: 'visit_kind', type: 'text', nullable: true }) visitKind: VisitKind | null;
  @Column({ name: 'target_groups', type: 'text', array: true, default: [] }) targetGroups: TargetGroup[];
  /** Instead of the calendar's own. */
  @Column({ type: 'text', nullable: true }) confirmation: 'automatic' | 'manual' | null;
  @Column({ type: 'boolean' }) active: boolean;
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true, transformer: instantColumn })
  endedAt: Temporal.Instant | null;
  @Column({ name: 'search_name', type: 'text', insert: false, update: false, select: false }) searchName: string;
}
