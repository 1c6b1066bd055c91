import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many future visits of a specialty one patient may have at a clinic. */
@Entity('specialty_limit')
export class SpecialtyLimit {
  @PrimaryColumn('uuid', { name: 'clinic_id' }) clinicId: string;
  @PrimaryColumn('text', { name: 'specialty_id' }) specialtyId: string;
  @Column('smallint', { name: 'most_future' }) mostFuture: number;
}
