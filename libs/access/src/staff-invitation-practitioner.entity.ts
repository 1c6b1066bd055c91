import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayColumn } from '#libs/platform';

/** A practitioner whom an invited assistant will assist, from the day of joining until this one. */
@Entity('staff_invitation_practitioner')
export class StaffInvitationPractitioner {
  @PrimaryColumn('uuid', { name: 'invitation_id' }) invitationId: string;
  @PrimaryColumn('uuid', { name: 'practitioner_id' }) practitionerId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('date', { name: 'valid_to', transformer: dayColumn }) validTo: Temporal.PlainDate;
}
