import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { StaffRole } from './rules/permissions.js';

/** One look at a patient by staff. The apps' role may add rows and read them, nothing else. */
@Entity('access_log')
export class AccessLogEntry {
  @PrimaryColumn('bigint', { generated: 'identity' }) id: string;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'staff_member_id' }) staffMemberId: string;
  @Column('text') role: StaffRole;
  @Column('uuid', { name: 'patient_id' }) patientId: string;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId: string | null;
  @Column('text') action: string;
  @Column('text') purpose: string;
  /** They tried, and were not let in. */
  @Column('boolean', { default: false }) refused: boolean;
}
