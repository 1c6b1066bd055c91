import { dayColumn, type Words } from '#libs/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** That a practitioner works in a clinic, and from when until when. */
@Entity({ name: 'practitioner_role' })
export class PractitionerRole {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ name: 'clinic_id', type: 'uuid' }) clinicId: string;
  @Column({ name: 'practitioner_id', type: 'uuid' }) practitionerId: string;
  @Column({ name: 'active_from', type: 'date', transformer: dayColumn }) activeFrom: Temporal.PlainDate;
  @Column({ name: 'active_to', type: 'date', nullable: true, transformer: dayColumn })
  activeTo: Temporal.PlainDate | null;
  /** What limits the times here, in words that patients read: "Thursdays only children". */
  @Column({ type: 'jsonb' }) restrictions: Words;
}
