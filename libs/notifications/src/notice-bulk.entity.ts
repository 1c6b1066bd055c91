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
  /** Never the one who caused them. */
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true, transformer: instantColumn })
  decidedAt: Temporal.Instant | null;
}
