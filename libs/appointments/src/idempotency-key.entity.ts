import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** A request that was carried out, under the key that its sender chose. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @PrimaryColumn('text') actor: string;
  @PrimaryColumn('text') endpoint: string;
  @PrimaryColumn('text') key: string;
  @Column('bytea') fingerprint: Buffer;
  @Column('uuid', { name: 'result_id', nullable: true }) resultId: string | null;
  @Column('smallint', { nullable: true }) status: number | null;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}
