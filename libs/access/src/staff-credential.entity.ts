import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** How a staff account signs in: argon2id of the password, the sealed TOTP secret, and what was tried last. */
@Entity('staff_credential')
export class StaffCredential {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId: string;
  @Column('text', { name: 'password_hash' }) passwordHash: string;
  @Column('bytea', { name: 'totp_sealed' }) totpSealed: Buffer;
  @Column('bigint', { name: 'totp_last_step', default: 0 }) totpLastStep: string;
  @Column('smallint', { name: 'failed_attempts', default: 0 }) failedAttempts: number;
  @Column('timestamptz', { name: 'locked_until', nullable: true, transformer: instantColumn })
  lockedUntil: Temporal.Instant | null;
  @Column('timestamptz', { name: 'last_signed_in_at', nullable: true, transformer: instantColumn })
  lastSignedInAt: Temporal.Instant | null;
}
