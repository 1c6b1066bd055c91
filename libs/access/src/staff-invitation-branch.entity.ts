import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A branch that an invitation binds to. */
@Entity('staff_invitation_branch')
export class StaffInvitationBranch {
  @PrimaryColumn('uuid', { name: 'invitation_id' }) invitationId: string;
  @PrimaryColumn('uuid', { name: 'branch_id' }) branchId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
}
