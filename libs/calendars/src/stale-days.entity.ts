import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';

/** Local days of a resource whose free days may be out of date, because a room or device that it shares was taken or freed. */
@Entity('stale_days')
export class StaleDays {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id: string;
  @Column('uuid', { name: 'resource_id' }) resourceId: string;
  @Column('date', { name: 'first_day', transformer: dayColumn }) firstDay: Temporal.PlainDate;
  @Column('date', { name: 'last_day', transformer: dayColumn }) lastDay: Temporal.PlainDate;
}
