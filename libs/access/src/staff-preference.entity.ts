import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a member of staff likes to see a screen. */
@Entity('staff_preference')
export class StaffPreference {
  @PrimaryColumn('uuid', { name: 'staff_member_id' }) staffMemberId: string;
  @PrimaryColumn('text') key: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('jsonb') value: unknown;
}
