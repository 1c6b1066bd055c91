import { instantColumn, type Words } from '#libs/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A doctor, nurse or assistant; may work in several clinics. */
@Entity({ name: 'practitioner' })
export class Practitioner {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ type: 'text' }) slug: string;
  @Column({ type: 'jsonb' }) title: Words;
  @Column({ name: 'given_name', type: 'text' }) givenName: string;
  @Column({ name: 'family_name', type: 'text' }) familyName: string;
  /** ISO 639-1 codes; the portal's own languages and others. */
  @Column({ type: 'text', array: true }) languages: string[];
  @Column({ type: 'jsonb' }) about: Words;
  @Column({ type: 'boolean' }) published: boolean;
  @Column({ name: 'created_at', type: 'timestamptz', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column({ name: 'search_name', type: 'text', insert: false, update: false, select: false }) searchName: string;
}
