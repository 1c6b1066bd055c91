import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';

/** A practitioner whom an assistant assists, both days included. */
@Entity('staff_practitioner')
export class StaffPractitioner {
  @PrimaryColumn('uuid', { name: 'staff_member_id' }) staffMemberId: string;
  @PrimaryColumn('uuid', { name: 'practitioner_id' }) practitionerId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('date', { name: 'valid_from', transformer: dayColumn }) validFrom: Temporal.PlainDate;
  @Column('date', { name: 'valid_to', transformer: dayColumn }) validTo: Temporal.PlainDate;
}
