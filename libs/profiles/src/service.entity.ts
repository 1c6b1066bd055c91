import type { Words } from '#libs/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a clinic lets people book. A calendar may set its own length, buffers and price for it. */
@Entity({ name: 'service' })
export class Service {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ name: 'clinic_id', type: 'uuid' }) clinicId: string;
  @Column({ name: 'specialty_id', type: 'text' }) specialtyId: string;
  @Column({ type: 'jsonb' }) name: Words;
  @Column({ type: 'smallint' }) minutes: number;
  @Column({ name: 'buffer_before', type: 'smallint' }) bufferBefore: number;
  @Column({ name: 'buffer_after', type: 'smallint' }) bufferAfter: number;
  @Column({ type: 'jsonb' }) preparation: Words;
  @Column({ type: 'text' }) mode: 'in-person' | 'phone' | 'video';
  @Column({ name: 'referral_required', type: 'boolean' }) referralRequired: boolean;
  @Column({ type: 'boolean' }) active: boolean;
  @Column({ name: 'search_name', type: 'text', insert: false, update: false, select: false }) searchName: string;
}
