import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { StaffChannel } from './rules/counts-from.js';
import type { EndedReason } from './rules/ended-reasons.js';

export const entryEventKinds = ['registered', 'answered', 'booked', 'withdrawn', 'reopened'] as const;
export type EntryEventKind = (typeof entryEventKinds)[number];

/** One step of an entry. Rows are only ever added: the apps' role may not change them. */
@Entity('waiting_list_event')
export class WaitingListEvent {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'entry_id' }) entryId: string;
  @Column('integer') version: number;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
  @Column('text') kind: EntryEventKind;
  @Column('uuid', { name: 'staff_member_id', nullable: true }) staffMemberId: string | null;
  @Column('text', { name: 'actor_name', nullable: true }) actorName: string | null;
  /** How the clinic answered. */
  @Column('text', { name: 'told_by', nullable: true }) toldBy: StaffChannel | null;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode: EndedReason | null;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId: string | null;
}
