import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** An address to which nothing is sent, because a server said that nobody is there; kept as a fingerprint only. */
@Entity('suppressed_address')
export class SuppressedAddress {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text') channel: 'mail' | 'sms';
  @Column('bytea', { name: 'address_index' }) addressIndex: Buffer;
  /** The server's code, or a word of ours. */
  @Column('text') reason: string;
  @Column('timestamptz', { transformer: instantColumn }) since: Temporal.Instant;
  @Column('timestamptz', { name: 'lifted_at', nullable: true, transformer: instantColumn })
  liftedAt: Temporal.Instant | null;
  /** Somebody proved that they read it, or staff know better. */
  @Column('text', { name: 'lifted_why', nullable: true }) liftedWhy: 'proven' | 'staff' | null;
  @Column('uuid', { name: 'lifted_by', nullable: true }) liftedBy: string | null;
}
