import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** Where a branch is: what its patients are told anew when it changes. */
export interface BranchPlace {
  address: string;
  city: string;
  postalCode: string;
  room: string | null;
}

/** A branch has moved, or its room is called otherwise; whoever has a visit there is told. */
@Entity('branch_move')
export class BranchMove {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'branch_id' }) branchId: string;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
  @Column('uuid', { name: 'staff_member_id' }) staffMemberId: string;
  @Column('text', { name: 'actor_name' }) actorName: string;
  @Column('jsonb', { name: 'from_place' }) fromPlace: BranchPlace;
  @Column('jsonb', { name: 'to_place' }) toPlace: BranchPlace;
}
