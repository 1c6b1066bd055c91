import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many letters one member of staff of a clinic may cause within an hour; a clinic without a row has the default. */
@Entity('notice_limit')
export class NoticeLimit {
  @PrimaryColumn('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('integer', { name: 'per_hour' }) perHour: number;
}
