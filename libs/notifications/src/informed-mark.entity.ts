import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { InformedHow } from './rules/informed-how.js';

/** Staff say that they told the patient of a step, or tried to (R3-18); append-only. */
@Entity('informed_mark')
export class InformedMark {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'appointment_id' }) appointmentId: string;
  @Column('uuid', { name: 'event_id' }) eventId: string;
  @Column('text') how: InformedHow;
  @Column('uuid', { name: 'staff_member_id' }) staffMemberId: string;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
}
