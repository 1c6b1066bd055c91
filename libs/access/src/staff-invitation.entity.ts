import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';
import type { StaffRole } from './rules/permissions.js';

/**
 * A letter that lets somebody begin at a clinic (`join`), or begin anew with another password and second factor
 * (`renew`). The key of its link is derived when it is rendered or compared and stands nowhere.
 */
@Entity('staff_invitation')
export class StaffInvitation {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('text') purpose: 'join' | 'renew';
  @Column('uuid', { name: 'staff_member_id', nullable: true }) staffMemberId: string | null;
  @Column('text') email: string;
  @Column('text', { name: 'display_name' }) displayName: string;
  @Column('text') language: Language;
  @Column('text') role: StaffRole;
  @Column('uuid', { name: 'practitioner_id', nullable: true }) practitionerId: string | null;
  @Column('boolean', { name: 'bound_to_branches', default: false }) boundToBranches: boolean;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'expires_at', transformer: instantColumn }) expiresAt: Temporal.Instant;
  @Column('timestamptz', { name: 'accepted_at', nullable: true, transformer: instantColumn })
  acceptedAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true, transformer: instantColumn })
  withdrawnAt: Temporal.Instant | null;
}
