import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { FormKind } from './referral-form.js';

/** The referral that an appointment stands on. Of one number, one is active: one referral, one visit. */
@Entity('referral')
export class Referral {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'appointment_id' }) appointmentId: string;
  /** By which the number is found in any clinic without being readable; null where a form was given instead. */
  @Column('bytea', { name: 'number_index', nullable: true }) numberIndex: Buffer | null;
  @Column('bytea', { name: 'details_sealed' }) detailsSealed: Buffer;
  @Column('text', { name: 'form_kind', nullable: true }) formKind: FormKind | null;
  @Column('bytea', { name: 'form_sealed', nullable: true }) formSealed: Buffer | null;
  @Column('boolean', { default: true }) active: boolean;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}
