import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** Many letters that one member of staff caused at once; they wait for a second person. */
@Entity('notice_bulk')
export class NoticeBulk {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'caused_by' }) causedBy: string;
  @Column('timestamptz', { name: 'opened_at', transformer: instantColumn }) openedAt: Temporal.Instant;
  @Column('text', { nullable: true }) decision: 'approved' | 'rejected' | null;
  /** Not the one who caused them, unless nobody else might: then they are `alone`. */
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true, transformer: instantColumn })
  decidedAt: Temporal.Instant | null;
  /** Decided by the one who caused them, with their second factor. */
  @Column('boolean', { default: false }) alone: boolean;
}
