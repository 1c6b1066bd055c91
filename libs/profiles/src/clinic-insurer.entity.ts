import { Entity, PrimaryColumn } from 'typeorm';

/** That a clinic takes an insurer's policies. */
@Entity({ name: 'clinic_insurer' })
export class ClinicInsurer {
  @PrimaryColumn({ name: 'clinic_id', type: 'uuid' }) clinicId: string;
  @PrimaryColumn({ name: 'insurer_id', type: 'text' }) insurerId: string;
}
