import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { ActorKind } from './appointment.entity.js';
import type { OverrideKind, OverrideReason } from './rules/override.js';
import type { Status } from './rules/status.js';
import type { UntoldCode } from './rules/untold-codes.js';

export const eventKinds = [
  'requested',
  'booked',
  'confirmed',
  'rejected',
  'expired',
  'move-requested',
  'moved',
  'cancelled',
  /** The clinic cannot keep the time and has offered others. */
  'offered',
  /** The time that the clinic could not keep is kept after all. */
  'reinstated',
  'arrived',
  /** The patient was asked in. */
  'admitted',
  'fulfilled',
  'missed',
  /** Staff took the step back that `undoes` names, or the last one at the desk. */
  'undone',
  /** Where it takes place changed, and nothing else. */
  'details-changed',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Where a visit takes place, in the clinic's own words. */
export interface Place {
  address: string;
  city: string;
  postalCode: string;
  room: string | null;
}

/** One step in an appointment's life. Rows are only ever added: the apps' role may not change them. */
@Entity('appointment_event')
export class AppointmentEvent {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'appointment_id' }) appointmentId: string;
  @Column('integer') version: number;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
  @Column('text') kind: EventKind;
  @Column('text', { name: 'actor_kind' }) actorKind: ActorKind;
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId: string | null;
  @Column('text', { name: 'actor_name', nullable: true }) actorName: string | null;
  @Column('text', { name: 'from_status', nullable: true }) fromStatus: Status | null;
  @Column('text', { name: 'to_status' }) toStatus: Status;
  @Column('timestamptz', { name: 'from_starts_at', nullable: true, transformer: instantColumn })
  fromStartsAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'from_ends_at', nullable: true, transformer: instantColumn })
  fromEndsAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'to_starts_at', transformer: instantColumn }) toStartsAt: Temporal.Instant;
  @Column('timestamptz', { name: 'to_ends_at', transformer: instantColumn }) toEndsAt: Temporal.Instant;
  @Column('uuid', { name: 'from_resource_id', nullable: true }) fromResourceId: string | null;
  @Column('uuid', { name: 'to_resource_id' }) toResourceId: string;
  @Column('integer') sequence: number;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode: string | null;
  @Column('text', { name: 'reason_note', nullable: true }) reasonNote: string | null;
  @Column('boolean', { default: true }) tells: boolean;
  /** Staff may undo it for ten seconds; only its own job tells of it. */
  @Column('boolean', { default: false }) held: boolean;
  @Column('uuid', { nullable: true }) undoes: string | null;
  /** Why staff chose that the portal tells nobody. */
  @Column('text', { name: 'untold_why', nullable: true }) untoldWhy: UntoldCode | null;
  /** Against what staff booked or moved it knowingly (F089). */
  @Column('text', { array: true, default: '{}' }) overrides: OverrideKind[];
  @Column('text', { name: 'override_why', nullable: true }) overrideWhy: OverrideReason | null;
  /** Where it was and is, of a step that changes nothing else. */
  @Column('jsonb', { name: 'from_place', nullable: true }) fromPlace: Place | null;
  @Column('jsonb', { name: 'to_place', nullable: true }) toPlace: Place | null;
  /** The move of its branch that the step tells of. */
  @Column('uuid', { name: 'branch_move_id', nullable: true }) branchMoveId: string | null;
}
