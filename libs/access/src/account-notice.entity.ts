import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** What the owner of an account is told about the account itself. */
export const accountNoticeKinds = ['welcome', 'access-changed', 'data-request', 'calendar-stopped'] as const;
export type AccountNoticeKind = (typeof accountNoticeKinds)[number];

/** What exactly changed, where one kind tells of several things. */
export const accountChanges = [
  'rights-given',
  'rights-changed',
  'rights-ended',
  'second-factor',
  'sign-in-address',
  'representation',
  'data-copy',
  'data-erasure',
  'busy-unread',
  'busy-read-again',
] as const;
export type AccountChange = (typeof accountChanges)[number];

/** One thing that the owner of an account is to be told; the worker sends it. */
@Entity('account_notice')
export class AccountNotice {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  /** Where it happened at a clinic. */
  @Column('uuid', { name: 'clinic_id', nullable: true }) clinicId: string | null;
  @Column('text') kind: AccountNoticeKind;
  @Column('text', { nullable: true }) change: AccountChange | null;
  @Column('timestamptz', { transformer: instantColumn }) at: Temporal.Instant;
}
