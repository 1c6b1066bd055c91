import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { Kind } from './rules/kinds.js';

export const importStates = ['receiving', 'checking', 'checked', 'bringing-in', 'done', 'failed', 'discarded'] as const;
export type ImportState = (typeof importStates)[number];

/** What became of the rows of a kind. `kept`: the row differs in what an import may not change. */
export interface Outcomes {
  added: number;
  changed: number;
  same: number;
  kept: number;
  /** Left out on purpose: cancelled visits and the like. */
  ignored: number;
  /** Appointments outside published hours, which now stand on the work list. */
  outside?: number;
}
export type Counts = Partial<Record<Kind, Outcomes>>;

/** One try of a clinic to bring files in: received, checked (which changes nothing), then brought in as a whole. */
@Entity('import_run')
export class ImportRun {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'staff_member_id' }) staffMemberId: string;
  @Column('text') state: ImportState;
  @Column('smallint', { default: 0 }) attempts: number;
  @Column('integer', { name: 'rows_done', default: 0 }) rowsDone: number;
  @Column('integer', { name: 'rows_total', default: 0 }) rowsTotal: number;
  @Column('jsonb', { default: {} }) counts: Counts;
  @Column('integer', { default: 0 }) mistakes: number;
  @Column('integer', { default: 0 }) notes: number;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('timestamptz', { name: 'finished_at', nullable: true, transformer: instantColumn })
  finishedAt: Temporal.Instant | null;
}
