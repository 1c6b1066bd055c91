import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Country } from '#libs/holidays';
import { dayColumn, instantColumn } from '#libs/platform';
import type { ClinicDayKind } from './rules/clinic-days.js';

/**
 * What a clinic does on a day otherwise than law and weekday say: in all its branches of a country, or in one branch, whose
 * own word goes first.
 */
@Entity('clinic_day')
export class ClinicDay {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('text') country: Country;
  @Column('uuid', { name: 'branch_id', nullable: true }) branchId: string | null;
  @Column('date', { transformer: dayColumn }) day: Temporal.PlainDate;
  @Column('text') kind: ClinicDayKind;
  @Column('smallint', { name: 'works_as', nullable: true }) worksAs: number | null;
  @Column('smallint', { name: 'shorter_by', nullable: true }) shorterBy: number | null;
  @Column('text', { nullable: true }) note: string | null;
  @Column('uuid', { name: 'changed_by' }) changedBy: string;
  @Column('timestamptz', { name: 'changed_at', transformer: instantColumn }) changedAt: Temporal.Instant;
}
