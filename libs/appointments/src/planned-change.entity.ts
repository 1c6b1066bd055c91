import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { BegunChange, StoredChange } from '#libs/calendars';
import { instantColumn } from '#libs/platform';
import type { StoredDecisions } from './rules/decisions.js';

export type PlanState = 'planned' | 'under-way' | 'done';

/** A resource's part of a change, in the order in which the parts are carried out, and what became of those inside. */
export interface PlanPart {
  resourceId: string;
  isDone: boolean;
  kept: number;
  moved: number;
  cancelled: number;
}

/** A change that was looked at and may be carried out. Ids only: nothing about patients stands here. */
@Entity('planned_change')
export class PlannedChange {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('jsonb') change: StoredChange;
  @Column('text') state: PlanState;
  /** What was decided for each appointment inside; null until it is confirmed. */
  @Column('jsonb', { nullable: true }) decisions: StoredDecisions | null;
  /** What the change came to be; null until it has begun. */
  @Column('jsonb', { nullable: true }) begun: BegunChange | null;
  @Column('jsonb') parts: PlanPart[];
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}
