import { Entity, PrimaryColumn } from 'typeorm';

/** A visit for the service takes one active room or device of this capability at the calendar's branch. */
@Entity('service_need')
export class ServiceNeed {
  @PrimaryColumn('uuid', { name: 'clinic_id' }) clinicId: string;
  @PrimaryColumn('uuid', { name: 'service_id' }) serviceId: string;
  @PrimaryColumn('text') capability: string;
}
