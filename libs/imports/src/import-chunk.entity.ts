import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A piece of a file, sealed. */
@Entity('import_chunk')
export class ImportChunk {
  @PrimaryColumn('uuid', { name: 'file_id' }) fileId: string;
  @PrimaryColumn('integer') position: number;
  @Column('bytea') sealed: Buffer;
}
