import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

/** An e-mail address that someone is proving. The code is derived when it is needed and stands nowhere. */
@Entity('verification')
export class Verification {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text') email: string;
  @Column('text') language: Language;
  @Column('integer', { default: 0 }) generation: number;
  @Column('smallint', { default: 0 }) attempts: number;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('timestamptz', { name: 'expires_at', transformer: instantColumn }) expiresAt: Temporal.Instant;
  @Column('timestamptz', { name: 'used_at', nullable: true, transformer: instantColumn })
  usedAt: Temporal.Instant | null;
}
