import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whatever can do one thing at a time. A practitioner's resource has the practitioner's id. */
@Entity('resource')
export class Resource {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: 'practitioner' | 'room' | 'device';
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('uuid', { name: 'practitioner_id', nullable: true }) practitionerId: string | null;
  @Column('text', { nullable: true }) name: string | null;
  /** Where a room or device stands. */
  @Column('uuid', { name: 'branch_id', nullable: true }) branchId: string | null;
  /** What a room or device can be used for, as services name what they need. */
  @Column('text', { nullable: true }) capability: string | null;
  @Column('boolean', { default: true }) active: boolean;
  @Column('bigint', { default: 0 }) version: string;
}
