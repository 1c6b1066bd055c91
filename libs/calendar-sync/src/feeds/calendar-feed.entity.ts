import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

/** An address that calendar programs read: a person's visits, or those of a practitioner at one clinic. */
@Entity('calendar_feed')
export class CalendarFeed {
  @PrimaryGeneratedColumn('uuid') id: string;
  /** The person whose visits it shows; null: a member of staff's. */
  @Column('uuid', { name: 'account_id', nullable: true }) accountId: string | null;
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'staff_member_id', nullable: true }) staffMemberId: string | null;
  @Column('text') language: Language;
  /** The secret in its address is derived from the id and this. */
  @Column('integer', { default: 1 }) generation: number;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('timestamptz', { name: 'revoked_at', nullable: true, transformer: instantColumn })
  revokedAt: Temporal.Instant | null;
  /** To the hour, so that somebody sees whether a program still reads it. */
  @Column('timestamptz', { name: 'last_read_at', nullable: true, transformer: instantColumn })
  lastReadAt: Temporal.Instant | null;
}
