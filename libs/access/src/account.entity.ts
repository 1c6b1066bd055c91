import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { instantColumn, type Language } from '#libs/platform';

/** Someone who signs in. The e-mail address is proven before it stands here. */
@Entity('account')
export class Account {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text', { nullable: true }) email: string | null;
  @Column('timestamptz', { name: 'email_verified_at', nullable: true, transformer: instantColumn })
  emailVerifiedAt: Temporal.Instant | null;
  @Column('text') language: Language;
  @Column('timestamptz', { name: 'created_at', transformer: instantColumn }) createdAt: Temporal.Instant;
}
