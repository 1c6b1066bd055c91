import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a clinic keeps a person, or had an appointment with them. Written by the database itself, with each of either. */
@Entity('known_patient')
export class KnownPatient {
  @PrimaryColumn('uuid', { name: 'patient_id' }) patientId: string;
  @PrimaryColumn('uuid', { name: 'clinic_id' }) clinicId: string;
  /** The name as it is searched: folded, its words parted by one space, one before the first. */
  @Column('text') words: string;
}
