import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { intervalColumn } from '#libs/platform';
import type { Interval } from '#libs/time';

/** A part of a calendar's openings in which only these services can be booked. */
@Entity('opening_limit')
export class OpeningLimit {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('tstzrange', { transformer: intervalColumn }) during: Interval;
  @Column('uuid', { name: 'service_ids', array: true }) serviceIds: string[];
}
