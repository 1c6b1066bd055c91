import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** What a clinic says of its short messages; one without a row has the usual settings. */
@Entity('sms_setting')
export class SmsSetting {
  @PrimaryColumn('uuid', { name: 'clinic_id' }) clinicId: string;
  /** Null: the gateway's own. */
  @Column('text', { nullable: true }) sender: string | null;
  /** Segments a month. */
  @Column('integer', { name: 'monthly_cap' }) monthlyCap: number;
  @Column('boolean', { name: 'plain_letters' }) plainLetters: boolean;
  @Column('timestamptz', { name: 'changed_at', transformer: instantColumn }) changedAt: Temporal.Instant;
  @Column('uuid', { name: 'changed_by' }) changedBy: string;
}
