import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A practitioner's specialties, the first one leading. */
@Entity({ name: 'practitioner_specialty' })
export class PractitionerSpecialty {
  @PrimaryColumn({ name: 'practitioner_id', type: 'uuid' }) practitionerId: string;
  @PrimaryColumn({ name: 'specialty_id', type: 'text' }) specialtyId: string;
  @Column({ type: 'smallint' }) position: number;
}
