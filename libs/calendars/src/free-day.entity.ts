import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayColumn, instantColumn } from '#libs/platform';
import type { Payer } from './calendar.entity.js';

/** A local day of a calendar and service with free times: the first five and how many. Kept, never searched for. */
@Entity('free_day')
export class FreeDay {
  @PrimaryColumn('uuid', { name: 'calendar_id' }) calendarId: string;
  @PrimaryColumn('uuid', { name: 'service_id' }) serviceId: string;
  @PrimaryColumn('date', { transformer: dayColumn }) day: Temporal.PlainDate;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('text', { name: 'specialty_id' }) specialtyId: string;
  @Column('text') city: string;
  @Column('text') payer: Payer;
  @Column('timestamptz', { name: 'first_start', transformer: instantColumn }) firstStart: Temporal.Instant;
  @Column('timestamptz', { array: true }) starts: Date[];
  @Column('smallint', { name: 'free_count' }) freeCount: number;
}
