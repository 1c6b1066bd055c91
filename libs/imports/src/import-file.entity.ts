import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One file of an import, by the name that it had on the sender's machine. */
@Entity('import_file')
export class ImportFile {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'import_id' }) importId: string;
  @Column('smallint') position: number;
  @Column('text') name: string;
  @Column('bigint', { default: 0 }) bytes: string;
}
