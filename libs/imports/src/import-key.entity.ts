import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which record a row became. */
@Entity('import_key')
export class ImportKey {
  @PrimaryColumn('uuid', { name: 'clinic_id' }) clinicId: string;
  @PrimaryColumn('text') kind: 'branch' | 'practitioner' | 'service' | 'calendar' | 'appointment';
  @PrimaryColumn('text') key: string;
  @Column('uuid') id: string;
  @Column('bytea', { nullable: true }) fingerprint: Buffer | null;
  @Column('bytea', { nullable: true }) contacts: Buffer | null;
}
