import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

/** A screen in a waiting room: numbers of those who wait and who are asked in, never names. */
@Entity('waiting_screen')
export class WaitingScreen {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'branch_id' }) branchId: string;
  @Column('text') name: string;
  /** In which its words stand, the first one biggest. */
  @Column('text', { array: true }) languages: Language[];
  /** Whose patients it shows; null: everybody's of the branch. */
  @Column('uuid', { name: 'resource_ids', array: true, nullable: true }) resourceIds: string[] | null;
  /** A soft tone when somebody is asked in. */
  @Column('boolean', { default: false }) sound: boolean;
  /** How long a number stays after it was asked in. */
  @Column('smallint', { name: 'called_minutes', default: 10 }) calledMinutes: number;
  /** The key in its address is derived from the id and this; only its hash is kept, to be found by. */
  @Column('integer', { default: 1 }) generation: number;
  @Column('bytea', { name: 'key_hash' }) keyHash: Buffer;
  @Column('timestamptz', { name: 'revoked_at', nullable: true, transformer: instantColumn })
  revokedAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}
