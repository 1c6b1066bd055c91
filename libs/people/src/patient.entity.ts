import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { dayColumn, instantColumn, type Language } from '#libs/platform';
import type { PersonCodeCountry } from './rules/person-code.js';

/** A person who is treated, as one account or one clinic keeps them. Contacts are never identity. */
@Entity('patient')
export class Patient {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId: string | null;
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('text', { name: 'given_name' }) givenName: string;
  @Column('text', { name: 'family_name' }) familyName: string;
  @Column('date', { name: 'birth_date', nullable: true, transformer: dayColumn }) birthDate: Temporal.PlainDate | null;
  @Column('text', { name: 'person_code_country', nullable: true }) personCodeCountry: PersonCodeCountry | null;
  @Column('bytea', { name: 'person_code_sealed', nullable: true }) personCodeSealed: Buffer | null;
  @Column('bytea', { name: 'person_code_index', nullable: true }) personCodeIndex: Buffer | null;
  @Column('text', { nullable: true }) email: string | null;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text') language: Language;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}
