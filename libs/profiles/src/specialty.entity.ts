import type { Words } from '#libs/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An official medical specialty, in all languages. */
@Entity({ name: 'specialty' })
export class Specialty {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'jsonb' }) name: Words;
  /** Everyday words that people type instead, found by search and shown nowhere. */
  @Column({ type: 'jsonb' }) synonyms: Words;
  /** In whose official list it stands. */
  @Column({ type: 'text', array: true }) countries: ('LV' | 'EE')[];
  @Column({ name: 'search_name', type: 'text', insert: false, update: false, select: false }) searchName: string;
}
