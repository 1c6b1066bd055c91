import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

/** What a clinic adds to its letters in one language, for all branches or for one. Plain text, never a template. */
@Entity('letter_words')
export class LetterWordsRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  /** Null: for every branch that has none of its own. */
  @Column('uuid', { name: 'branch_id', nullable: true }) branchId: string | null;
  @Column('text') language: Language;
  @Column('text', { default: '' }) greeting: string;
  @Column('text', { default: '' }) signature: string;
  @Column('text', { default: '' }) directions: string;
  @Column('timestamptz', { name: 'changed_at', transformer: instantColumn }) changedAt: Temporal.Instant;
  @Column('uuid', { name: 'changed_by' }) changedBy: string;
}

/** How to prepare for a visit with one service, in words that tell nobody which. */
@Entity('service_letter_words')
export class ServiceLetterWords {
  @PrimaryColumn('uuid', { name: 'service_id' }) serviceId: string;
  @PrimaryColumn('text') language: Language;
  @Column('uuid', { name: 'clinic_id' }) clinicId: string;
  @Column('text') preparation: string;
  @Column('timestamptz', { name: 'changed_at', transformer: instantColumn }) changedAt: Temporal.Instant;
  @Column('uuid', { name: 'changed_by' }) changedBy: string;
}
