import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '#libs/platform';

/** A sign-in at an identity provider on its way, known by the hash of a token in the browser's cookie (S-2.26). */
@Entity('sign_in_attempt')
export class SignInAttempt {
  @PrimaryColumn('bytea', { name: 'token_hash' }) tokenHash: Buffer;
  @Column('text') provider: string;
  @Column('text') state: string;
  @Column('text') nonce: string;
  @Column('text', { name: 'code_verifier' }) codeVerifier: string;
  @Column('text', { name: 'return_to' }) returnTo: string;
  @Column('timestamptz', { name: 'expires_at', transformer: instantColumn }) expiresAt: Temporal.Instant;
}
