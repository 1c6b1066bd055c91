import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dayColumn, instantColumn } from '#libs/platform';

/** What an identity provider said of someone; known by issuer and subject, never by an e-mail address (S-2.25). */
@Entity('identity')
export class Identity {
  @PrimaryColumn('text') issuer: string;
  @PrimaryColumn('text') subject: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('text', { name: 'given_name' }) givenName: string;
  @Column('text', { name: 'family_name' }) familyName: string;
  @Column('date', { name: 'birth_date', nullable: true, transformer: dayColumn }) birthDate: Temporal.PlainDate | null;
  @Column('text', { name: 'person_code_country', nullable: true }) personCodeCountry: string | null;
  @Column('bytea', { name: 'person_code_sealed', nullable: true }) personCodeSealed: Buffer | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('timestamptz', { name: 'last_used_at', transformer: instantColumn }) lastUsedAt: Temporal.Instant;
}
