import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';
import type { SessionApp, SessionLevel } from './rules/session-times.js';

/** A session as it is stored: the token itself stands only with its bearer. */
@Entity('session')
export class SessionRow {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash: Buffer;
  @Column('text') app: SessionApp;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId: string | null;
  @Column('text') level: SessionLevel;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
  @Column('timestamptz', { name: 'last_seen_at', transformer: instantColumn }) lastSeenAt: Temporal.Instant;
  @Column('timestamptz', { name: 'expires_at', transformer: instantColumn }) expiresAt: Temporal.Instant;
}
