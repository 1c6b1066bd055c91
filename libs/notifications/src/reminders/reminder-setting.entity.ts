import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** When a clinic reminds; one without a row reminds as usual. */
@Entity('reminder_setting')
export class ReminderSetting {
  @PrimaryColumn('uuid', { name: 'clinic_id' }) clinicId: string;
  /** Offsets before the visit, as `2d`, `1d 10:00` or `2h`. */
  @Column('text', { array: true }) mail: string[];
  @Column('text', { array: true }) sms: string[];
  /** Wall time of the branch, `HH:MM:SS`. */
  @Column('time', { name: 'quiet_from' }) quietFrom: string;
  @Column('time', { name: 'quiet_to' }) quietTo: string;
  @Column('smallint', { name: 'letter_hours' }) letterHours: number;
  @Column('smallint', { name: 'queue_months', nullable: true }) queueMonths: number | null;
  @Column('timestamptz', { name: 'changed_at', transformer: instantColumn }) changedAt: Temporal.Instant;
  @Column('uuid', { name: 'changed_by' }) changedBy: string;
}
