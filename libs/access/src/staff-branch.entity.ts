import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A branch of somebody who is bound to branches. */
@Entity('staff_branch')
export class StaffBranch {
  @PrimaryColumn('uuid', { name: 'staff_member_id' }) staffMemberId: string;
  @PrimaryColumn('uuid', { name: 'branch_id' }) branchId: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
}
