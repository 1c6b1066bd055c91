import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** A visit that a reminder tells of, at the start that it had then. */
@Entity('reminder_visit')
export class ReminderVisit {
  @PrimaryColumn('uuid', { name: 'reminder_id' }) reminderId: string;
  @PrimaryColumn('uuid', { name: 'appointment_id' }) appointmentId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('timestamptz', { name: 'starts_at', transformer: instantColumn }) startsAt: Temporal.Instant;
  @Column('text') channel: 'mail' | 'sms';
  @Column('text') rule: string;
}
