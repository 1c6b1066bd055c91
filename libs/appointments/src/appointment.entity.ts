import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';
import type { Payer } from '#libs/calendars';
import type { OrphanReason } from './orphan-marks.js';
import type { Status } from './rules/status.js';

export const origins = ['portal', 'desk', 'phone', 'email', 'waiting-list', 'import', 'api'] as const;
export type Origin = (typeof origins)[number];
export type ActorKind = 'patient' | 'guest' | 'staff' | 'system';

/** Where an appointment stood before a move that awaits the clinic's answer; a rejection restores it. ISO instants. */
export interface Former {
  calendarId: string;
  serviceId: string;
  resourceId: string;
  branchId: string;
  startsAt: string;
  endsAt: string;
  /** The time taken with its buffers. */
  takenFrom: string;
  takenTo: string;
  priceCents: number;
  tariffCents?: number;
  /** The length that staff gave it. */
  minutes?: number;
  /** Where staff had put it. */
  room?: string;
  /** The rooms and devices that were taken with it. */
  rooms?: string[];
  /** The session, where it was a seat. */
  sessionId?: string;
  /** Staff had booked it although its time was taken: the lane beside, and why. */
  override?: { lane: number; reason: string };
}

/** Where an appointment stood before a step of the staff's, so that the step can be undone. ISO instants. */
export interface Undo {
  /** The version that the step led to: another one has a later step, which came instead. */
  version: number;
  status: Status;
  stand: Former;
  former: Former | null;
  answerDueAt: string | null;
  orphaned: { at: string; why: OrphanReason; keptAt: string | null; keptBy: string | null } | null;
  /** The step gave the referral back. */
  hadReferral: boolean;
}

/** A person, a service and a time. */
@Entity('appointment')
export class Appointment {
  @PrimaryColumn('uuid') id: string;
  @Column('text') reference: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'branch_id' }) branchId: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('uuid', { name: 'service_id' }) serviceId: string;
  @Column('uuid', { name: 'resource_id' }) resourceId: string;
  @Column('uuid', { name: 'patient_id' }) patientId: string;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId: string | null;
  @Column('text') payer: Payer;
  @Column('text') status: Status;
  @Column('text') origin: Origin;
  @Column('timestamptz', { name: 'starts_at', transformer: instantColumn }) startsAt: Temporal.Instant;
  @Column('timestamptz', { name: 'ends_at', transformer: instantColumn }) endsAt: Temporal.Instant;
  /** The wall time that was promised, in `zone`: it stays if a country changes its clock. */
  @Column('timestamp', { name: 'promised_wall_time' }) promisedWallTime: Date;
  @Column('text') zone: string;
  @Column('integer', { name: 'price_cents' }) priceCents: number;
  @Column('text', { name: 'contact_email', nullable: true }) contactEmail: string | null;
  @Column('text', { name: 'contact_phone', nullable: true }) contactPhone: string | null;
  @Column('text') language: Language;
  @Column('bytea', { name: 'reason_sealed', nullable: true }) reasonSealed: Buffer | null;
  /** What was answered before the visit, as it was asked then. */
  @Column('bytea', { name: 'answers_sealed', nullable: true }) answersSealed: Buffer | null;
  @Column('text', { name: 'terms_version', nullable: true }) termsVersion: string | null;
  @Column('timestamptz', { name: 'answer_due_at', nullable: true, transformer: instantColumn })
  answerDueAt: Temporal.Instant | null;
  @Column('jsonb', { nullable: true }) former: Former | null;
  /** The length that staff gave it; null: its service's. */
  @Column('smallint', { nullable: true }) minutes: number | null;
  /** Where staff put this one visit; null: the rooms that it takes, else the branch's. */
  @Column('text', { nullable: true }) room: string | null;
  @Column('jsonb', { nullable: true }) undo: Undo | null;
  @Column('boolean', { name: 'late_cancel', default: false }) lateCancel: boolean;
  @Column('text', { name: 'cancel_reason', nullable: true }) cancelReason: string | null;
  @Column('uuid', { name: 'ics_uid' }) icsUid: string;
  @Column('integer', { default: 0 }) sequence: number;
  @Column('integer', { default: 1 }) version: number;
  /** Since when it has no opening; it stays as it is until staff keep it for good, move or cancel it. */
  @Column('timestamptz', { name: 'orphaned_at', nullable: true, transformer: instantColumn })
  orphanedAt: Temporal.Instant | null;
  @Column('text', { name: 'orphaned_why', nullable: true }) orphanedWhy: OrphanReason | null;
  @Column('timestamptz', { name: 'orphan_kept_at', nullable: true, transformer: instantColumn })
  orphanKeptAt: Temporal.Instant | null;
  @Column('uuid', { name: 'orphan_kept_by', nullable: true }) orphanKeptBy: string | null;
  /** Of the visits of a family that were booked at one go. */
  @Column('uuid', { name: 'together_id', nullable: true }) togetherId: string | null;
  /** Of the visits of one patient who comes again and again. */
  @Column('uuid', { name: 'series_id', nullable: true }) seriesId: string | null;
  /** Whoever is reached by the contact wishes to be reminded by SMS (R4-13). */
  @Column('boolean', { name: 'wishes_sms', default: false }) wishesSms: boolean;
  @Column('boolean', { name: 'mail_reminders', default: true }) mailReminders: boolean;
  /** Letters say only that there is something to read behind the sign-in (S-2.40). */
  @Column('boolean', { name: 'strict_letters', default: false }) strictLetters: boolean;
  /** When the patient said that they come, and to which start: a moved visit is not confirmed by it. */
  @Column('timestamptz', { name: 'patient_confirmed_at', nullable: true, transformer: instantColumn })
  patientConfirmedAt: Temporal.Instant | null;
  @Column('timestamptz', { name: 'patient_confirmed_start', nullable: true, transformer: instantColumn })
  patientConfirmedStart: Temporal.Instant | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('text', { name: 'created_by_kind' }) createdByKind: ActorKind;
  @Column('uuid', { name: 'created_by_id', nullable: true }) createdById: string | null;
}
