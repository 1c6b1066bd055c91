import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

export type OfferState = 'held' | 'accepted' | 'freed';

/** A time that is held for one patient until a deadline; its rows in the ledger have it as their owner. */
@Entity('offer')
export class Offer {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('uuid', { name: 'affected_visit_id' }) affectedVisitId: string;
  @Column('uuid', { name: 'appointment_id' }) appointmentId: string;
  @Column('uuid', { name: 'calendar_id' }) calendarId: string;
  @Column('uuid', { name: 'service_id' }) serviceId: string;
  @Column('timestamptz', { name: 'starts_at', transformer: instantColumn }) startsAt: Temporal.Instant;
  @Column('timestamptz', { name: 'ends_at', transformer: instantColumn }) endsAt: Temporal.Instant;
  @Column('timestamptz', { name: 'expires_at', transformer: instantColumn }) expiresAt: Temporal.Instant;
  @Column('text') state: OfferState;
}
