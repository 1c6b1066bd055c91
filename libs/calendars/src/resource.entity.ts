import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whatever can do one thing at a time. A practitioner's resource has the practitioner's id. */
@Entity('resource')
export class Resource {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: 'practitioner' | 'room' | 'device';
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'practitioner_id', nullable: true }) practitionerId: string | null;
  @Column('text', { nullable: true }) name: string | null;
  @Column('bigint', { default: 0 }) version: string;
}
