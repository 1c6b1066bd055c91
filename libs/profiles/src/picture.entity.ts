import { instantColumn } from '#libs/platform';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The picture of a clinic or a practitioner: only files that we encoded ourselves, 260×286 and twice that. */
@Entity({ name: 'picture' })
export class Picture {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ name: 'clinic_id', type: 'uuid' }) clinicId: string;
  /** Null: the clinic's own. */
  @Column({ name: 'practitioner_id', type: 'uuid', nullable: true }) practitionerId: string | null;
  /** Of the files; another picture has another address. */
  @Column({ type: 'text' }) hash: string;
  @Column({ name: 'small_webp', type: 'bytea', select: false }) smallWebp: Buffer;
  @Column({ name: 'small_jpeg', type: 'bytea', select: false }) smallJpeg: Buffer;
  @Column({ name: 'large_webp', type: 'bytea', select: false }) largeWebp: Buffer;
  @Column({ name: 'large_jpeg', type: 'bytea', select: false }) largeJpeg: Buffer;
  @Column({ name: 'created_at', type: 'timestamptz', transformer: instantColumn }) createdAt: Temporal.Instant;
}
