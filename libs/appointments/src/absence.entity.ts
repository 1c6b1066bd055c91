import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, intervalColumn } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { ActorKind } from './appointment.entity.js';

/** A practitioner is away unforeseen: their time is closed, and those inside may choose another until the deadline. */
@Entity('absence')
export class Absence {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'resource_id' }) resourceId: string;
  @Column('uuid', { name: 'closure_id' }) closureId: string;
  @Column('tstzrange', { transformer: intervalColumn }) during: Interval;
  @Column('timestamptz', { name: 'answer_by', transformer: instantColumn }) answerBy: Temporal.Instant;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  /** Since when the time is open again. */
  @Column('timestamptz', { name: 'ended_at', nullable: true, transformer: instantColumn })
  endedAt: Temporal.Instant | null;
}

export const affectedStates = [
  /** Times are being looked for. */
  'waiting',
  'offered',
  'nothing-free',
  'accepted',
  'other-time',
  'cancelled',
  'no-answer',
  /** The practitioner came back: the visit takes place. */
  'withdrawn',
] as const;
export type AffectedState = (typeof affectedStates)[number];

/** Where the patient of one visit inside an absence stands. */
@Entity('affected_visit')
export class AffectedVisit {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'absence_id' }) absenceId: string;
  @Column('uuid', { name: 'appointment_id' }) appointmentId: string;
  @Column('text') state: AffectedState;
  @Column('timestamptz', { name: 'answer_by', transformer: instantColumn }) answerBy: Temporal.Instant;
  /** The step that told the patient. */
  @Column('uuid', { name: 'event_id', nullable: true }) eventId: string | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true, transformer: instantColumn })
  answeredAt: Temporal.Instant | null;
  @Column('text', { name: 'answered_by_kind', nullable: true }) answeredByKind: ActorKind | null;
}
