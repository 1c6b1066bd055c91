import type { Words } from '#libs/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { QuestionKind } from './rules/questions.js';

/** What a clinic asks before a visit of one service. */
@Entity({ name: 'service_question' })
export class ServiceQuestion {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ name: 'clinic_id', type: 'uuid' }) clinicId: string;
  @Column({ name: 'service_id', type: 'uuid' }) serviceId: string;
  @Column({ type: 'smallint' }) position: number;
  @Column({ type: 'text' }) kind: QuestionKind;
  @Column({ type: 'jsonb' }) words: Words;
  @Column({ type: 'boolean' }) required: boolean;
  @Column({ type: 'jsonb' }) options: { id: string; words: Words }[];
  @Column({ name: 'stop_values', type: 'text', array: true }) stopValues: string[];
  @Column({ name: 'stop_below', type: 'numeric', nullable: true }) stopBelow: string | null;
  @Column({ name: 'stop_above', type: 'numeric', nullable: true }) stopAbove: string | null;
  @Column({ type: 'jsonb' }) advice: Words;
}
