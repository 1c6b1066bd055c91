import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';

/** How many days after its issue a country lets a visit be booked with a referral, from a day on; null is no limit. */
@Entity('referral_rule')
export class ReferralRule {
  @PrimaryColumn('text') country: 'LV' | 'EE';
  @PrimaryColumn('date', { name: 'valid_from', transformer: dayColumn }) validFrom: Temporal.PlainDate;
  @Column('smallint', { name: 'booking_days', nullable: true }) bookingDays: number | null;
}
