import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The nearest round-the-clock provider, shown wherever nothing is free (R3-05, promise 12). */
export interface EmergencyProvider {
  name: string;
  address: string;
  phone: string;
}

/** When a specialty receives, as the clinic's statutory board says it: wall-clock times by ISO weekday (R3-04). */
export interface ReceptionTime {
  specialty: string;
  weekday: number;
  from: string;
  to: string;
}

/** A place of a clinic with an address and a time zone. */
@Entity({ name: 'branch' })
export class Branch {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ name: 'clinic_id', type: 'uuid' }) clinicId: string;
  @Column({ type: 'text' }) slug: string;
  @Column({ type: 'text' }) name: string;
  @Column({ type: 'text' }) city: string;
  @Column({ type: 'text' }) address: string;
  @Column({ name: 'postal_code', type: 'text' }) postalCode: string;
  @Column({ type: 'text', nullable: true }) room: string | null;
  @Column({ type: 'text' }) zone: string;
  @Column({ type: 'text' }) phone: string;
  @Column({ type: 'text', nullable: true }) email: string | null;
  @Column({ type: 'double precision', nullable: true }) latitude: number | null;
  @Column({ type: 'double precision', nullable: true }) longitude: number | null;
  @Column({ type: 'jsonb' }) emergency: EmergencyProvider;
  @Column({ type: 'jsonb' }) reception: ReceptionTime[];
}
