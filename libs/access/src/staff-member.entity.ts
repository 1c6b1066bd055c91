import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';
import type { StaffRole } from './rules/permissions.js';

/** An account's role at a clinic, from one day and perhaps until another, both included. */
@Entity('staff_member')
export class StaffMember {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('text') role: StaffRole;
  @Column('uuid', { name: 'practitioner_id', nullable: true }) practitionerId: string | null;
  @Column('text', { name: 'display_name' }) displayName: string;
  @Column('date', { name: 'active_from', transformer: dayColumn }) activeFrom: Temporal.PlainDate;
  @Column('date', { name: 'active_to', nullable: true, transformer: dayColumn }) activeTo: Temporal.PlainDate | null;
  /** Whether they may do things only in the branches of staff_branch. */
  @Column('boolean', { name: 'bound_to_branches', default: false }) boundToBranches: boolean;
  @Column('integer', { default: 1 }) version: number;
}
