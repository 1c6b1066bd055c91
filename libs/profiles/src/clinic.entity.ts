import { instantColumn, type Words } from '#libs/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Where a complaint or a proposal goes: the clinic itself, the state's bodies, the local government (R3-06). */
export interface ComplaintContact {
  name: string;
  phone?: string;
  email?: string;
  address?: string;
  website?: string;
}

/** A health-care institution: its profile and what its letters may say. */
@Entity({ name: 'clinic' })
export class Clinic {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ type: 'text' }) slug: string;
  @Column({ type: 'text' }) country: 'LV' | 'EE';
  @Column({ type: 'text' }) name: string;
  @Column({ name: 'registration_number', type: 'text' }) registrationNumber: string;
  /** Street, city and postal code on one line; empty until the card is filled in. */
  @Column({ type: 'text' }) address: string;
  @Column({ type: 'text' }) phone: string;
  @Column({ type: 'text' }) email: string;
  @Column({ type: 'text', nullable: true }) website: string | null;
  @Column({ type: 'jsonb' }) about: Words;
  @Column({ name: 'complaint_contacts', type: 'jsonb' }) complaintContacts: ComplaintContact[];
  @Column({ name: 'named_in_letters', type: 'boolean' }) namedInLetters: boolean;
  @Column({ name: 'practitioner_named_in_letters', type: 'boolean' }) practitionerNamedInLetters: boolean;
  @Column({ type: 'boolean' }) published: boolean;
  @Column({ name: 'created_at', type: 'timestamptz', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column({ name: 'search_name', type: 'text', insert: false, update: false, select: false }) searchName: string;
}
