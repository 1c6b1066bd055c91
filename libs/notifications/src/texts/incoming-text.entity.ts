import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { IncomingMeaning } from '../rules/incoming-words.js';

export const incomingOutcomes = [
  'confirmed',
  'cancelled',
  'call-asked',
  'stopped',
  'started',
  'not-understood',
  'several-visits',
  'no-visit',
  'refused',
] as const;
/** What became of an answer; the last four did nothing. */
export type IncomingOutcome = (typeof incomingOutcomes)[number];

/** What somebody answered to a short message. */
@Entity('incoming_text')
export class IncomingText {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text', { name: 'provider_id' }) providerId: string;
  /** The fingerprint that notices to the same number have. */
  @Column('bytea', { name: 'phone_index' }) phoneIndex: Buffer;
  @Column('bytea', { name: 'phone_sealed' }) phoneSealed: Buffer;
  /** Our number, as the gateway wrote it. */
  @Column('text', { name: 'sent_to', nullable: true }) sentTo: string | null;
  @Column('bytea', { name: 'text_sealed' }) textSealed: Buffer;
  @Column('text') meaning: IncomingMeaning;
  @Column('timestamptz', { name: 'received_at', transformer: instantColumn }) receivedAt: Temporal.Instant;
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'appointment_id', nullable: true }) appointmentId: string | null;
  /** Null until the worker has read it. */
  @Column('text', { nullable: true }) outcome: IncomingOutcome | null;
  @Column('timestamptz', { name: 'handled_at', nullable: true, transformer: instantColumn })
  handledAt: Temporal.Instant | null;
  @Column('uuid', { name: 'handled_by', nullable: true }) handledBy: string | null;
}
