import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';

/** What the state pays for in a month: of a practitioner at a clinic, for one service or (none named) for all. Whole months. */
@Entity('quota')
export class Quota {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'resource_id' }) resourceId: string;
  @Column('uuid', { name: 'service_id', nullable: true }) serviceId: string | null;
  @Column('date', { name: 'valid_from', transformer: dayColumn }) validFrom: Temporal.PlainDate;
  @Column('date', { name: 'valid_to', nullable: true, transformer: dayColumn }) validTo: Temporal.PlainDate | null;
  @Column('integer', { name: 'minutes_a_month', nullable: true }) minutesAMonth: number | null;
  @Column('smallint', { name: 'visits_a_day', nullable: true }) visitsADay: number | null;
  @Column('smallint', { name: 'visits_a_month', nullable: true }) visitsAMonth: number | null;
  @Column('integer', { name: 'cents_a_month', nullable: true }) centsAMonth: number | null;
}
