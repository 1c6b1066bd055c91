import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Payer } from '#libs/calendars';
import { dayColumn, instantColumn } from '#libs/platform';
import type { Channel } from './rules/counts-from.js';
import type { EndedReason } from './rules/ended-reasons.js';

export const entryStates = ['waiting', 'booked', 'withdrawn'] as const;
export type EntryState = (typeof entryStates)[number];

/** A registered wish for a service, from the first contact until a visit is booked or it is withdrawn. */
@Entity('waiting_list_entry')
export class WaitingListEntry {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'branch_id' }) branchId: string;
  @Column('uuid', { name: 'patient_id', nullable: true }) patientId: string | null;
  /** Whoever is not known yet, or how to reach them for this wish: a sealed `ToldPerson`. */
  @Column('bytea', { name: 'person_sealed', nullable: true }) personSealed: Buffer | null;
  @Column('uuid', { name: 'service_id' }) serviceId: string;
  @Column('text') payer: Payer;
  /** Null: whoever gives the service. */
  @Column('uuid', { name: 'practitioner_id', nullable: true }) practitionerId: string | null;
  @Column('bytea', { name: 'wish_sealed', nullable: true }) wishSealed: Buffer | null;
  @Column('text') channel: Channel;
  /** When the person turned to the clinic: the e-mail came in, the call was taken. */
  @Column('timestamptz', { name: 'received_at', transformer: instantColumn }) receivedAt: Temporal.Instant;
  @Column('date', { name: 'counts_from', transformer: dayColumn }) countsFrom: Temporal.PlainDate;
  @Column('date', { name: 'answer_due_on', nullable: true, transformer: dayColumn })
  answerDueOn: Temporal.PlainDate | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true, transformer: instantColumn })
  answeredAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'registered_at', transformer: instantColumn }) registeredAt: Temporal.Instant;
  @Column('uuid', { name: 'registered_by', nullable: true }) registeredBy: string | null;
  @Column('text') state: EntryState;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId: string | null;
  @Column('text', { name: 'ended_reason', nullable: true }) endedReason: EndedReason | null;
  @Column('integer', { default: 1 }) version: number;
}
