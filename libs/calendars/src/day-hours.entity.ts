import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';

/** A range of a single day's hours, or (no times) that there are none. Unpublished rows are the draft. */
@Entity('day_hours')
export class DayHoursRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('date', { transformer: dayColumn }) day: Temporal.PlainDate;
  /** 'HH:MM:SS' as PostgreSQL gives it. */
  @Column('time', { nullable: true }) starts: string | null;
  /** May be '24:00:00'. */
  @Column('time', { nullable: true }) ends: string | null;
  /** Null: all of the calendar's services. */
  @Column('uuid', { name: 'service_ids', array: true, nullable: true }) serviceIds: string[] | null;
  @Column('boolean') published: boolean;
}
