import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A private health insurer. */
@Entity({ name: 'insurer' })
export class Insurer {
  @PrimaryColumn({ type: 'text' }) id: string;
  @Column({ type: 'text' }) country: 'LV' | 'EE';
  @Column({ type: 'text' }) name: string;
}
