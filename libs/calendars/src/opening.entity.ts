import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { intervalColumn } from '#libs/platform';
import type { Interval } from '#libs/time';

/** Published working time as instants; adjoining openings of one calendar are one row. */
@Entity('opening')
export class Opening {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('tstzrange', { transformer: intervalColumn }) during: Interval;
}
