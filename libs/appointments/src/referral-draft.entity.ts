import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FormKind } from './referral-form.js';

/** What a visitor has told of their referral while the time is held; it goes when the hold goes. */
@Entity('referral_draft')
export class ReferralDraft {
  @PrimaryColumn('uuid', { name: 'hold_id' }) holdId: string;
  @Column('bytea', { name: 'details_sealed' }) detailsSealed: Buffer;
  @Column('text', { name: 'form_kind', nullable: true }) formKind: FormKind | null;
  @Column('bytea', { name: 'form_sealed', nullable: true }) formSealed: Buffer | null;
}
