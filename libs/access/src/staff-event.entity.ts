import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

export const staffEventKinds = [
  'invited',
  'invited-again',
  'invitation-withdrawn',
  'joined',
  'changed',
  'ended',
  'second-factor-reset',
  'second-factor-renewed',
  'audit-read',
] as const;
export type StaffEventKind = (typeof staffEventKinds)[number];

/** Who gave whom which rights, or read the audit. The apps' role may add rows and read them, nothing else. */
@Entity('staff_event')
export class StaffEvent {
  @PrimaryColumn('bigint', { generated: 'identity' }) id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
  @Column('text') kind: StaffEventKind;
  /** Who did it. */
  @Column('uuid', { name: 'actor_id' }) actorId: string;
  @Column('uuid', { name: 'staff_member_id', nullable: true }) staffMemberId: string | null;
  @Column('uuid', { name: 'invitation_id', nullable: true }) invitationId: string | null;
  /** Ids, roles and days; no names. */
  @Column('jsonb', { default: {} }) details: Record<string, unknown>;
}
