import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';
import type { CalendarKind, Purpose } from './calendar-connection.entity.js';

/** Somebody on their way to Google to agree and back, known by the hash of a word that only their browser has (S-2.23). */
@Entity('calendar_consent')
export class CalendarConsent {
  @PrimaryColumn('bytea', { name: 'state_hash' }) stateHash: Buffer;
  @Column('uuid', { name: 'session_id' }) sessionId: string;
  @Column('uuid', { name: 'account_id' }) accountId: string;
  @Column('text') purpose: Purpose;
  @Column('text', { name: 'calendar_kind' }) calendarKind: CalendarKind;
  @Column('text') language: Language;
  @Column('timestamptz', { name: 'expires_at', transformer: instantColumn }) expiresAt: Temporal.Instant;
}
