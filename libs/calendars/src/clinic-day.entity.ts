import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** How a clinic keeps a day: as its weekday although it is a holiday, not at all, as another weekday, or shorter. */
export const clinicDayKinds = ['open', 'closed', 'works-as', 'shortened'] as const;
export type ClinicDayKind = (typeof clinicDayKinds)[number];

/** What a clinic, or one branch of it, does on a day otherwise than law and weekday say; the branch's own word goes first. */
@Entity('clinic_day')
export class ClinicDay {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'branch_id', nullable: true }) branchId: string | null;
  @Column('date') day: string;
  @Column('text') kind: ClinicDayKind;
  @Column('smallint', { name: 'works_as', nullable: true }) worksAs: number | null;
  @Column('smallint', { name: 'shorter_by', nullable: true }) shorterBy: number | null;
  @Column('text', { nullable: true }) note: string | null;
  @Column('uuid', { name: 'changed_by' }) changedBy: string;
  @Column('timestamptz', { name: 'changed_at', transformer: instantColumn }) changedAt: Temporal.Instant;
}
