import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MistakeCode } from './rules/mistake.js';

/** What stands against a line of a file, or is only told of it. */
@Entity('import_mistake')
export class ImportMistake {
  @PrimaryColumn('uuid', { name: 'import_id' }) importId: string;
  @PrimaryColumn('integer') position: number;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('smallint', { name: 'file_position' }) filePosition: number;
  /** Of a table: the line; of a Bundle: the entry, counted from 0 as FHIRPath does. */
  @Column('integer') line: number;
  /** The column, or the FHIR path. */
  @Column('text') place: string;
  @Column('text') code: MistakeCode;
  @Column('jsonb', { default: {} }) args: Record<string, string | number>;
  @Column('boolean', { name: 'is_note' }) isNote: boolean;
}
