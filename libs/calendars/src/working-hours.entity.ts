import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';
import type { WeekParity } from '#libs/time';

/** A weekly range of wall-clock time in the branch's zone. Unpublished rows are the draft. */
@Entity('working_hours')
export class WorkingHours {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('smallint') weekday: number;
  /** 'HH:MM:SS' as PostgreSQL gives it. */
  @Column('time') starts: string;
  /** May be '24:00:00'. */
  @Column('time') ends: string;
  @Column('date', { name: 'valid_from', transformer: dayColumn }) validFrom: Temporal.PlainDate;
  @Column('date', { name: 'valid_to', nullable: true, transformer: dayColumn }) validTo: Temporal.PlainDate | null;
  @Column('smallint', { name: 'every_nth_week', default: 1 }) everyNthWeek: number;
  @Column('date', { name: 'week_anchor', transformer: dayColumn }) weekAnchor: Temporal.PlainDate;
  /** By the ISO week's number; null: all weeks that `everyNthWeek` counts. */
  @Column('text', { name: 'week_parity', nullable: true }) weekParity: WeekParity | null;
  /** Null: all of the calendar's services. */
  @Column('uuid', { name: 'service_ids', array: true, nullable: true }) serviceIds: string[] | null;
  @Column('boolean') published: boolean;
}
