import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, type Language } from '#libs/platform';
import { verificationCode } from '../verification-code.js';

/** What the letter with the code needs. */
export interface VerificationLetter {
  email: string;
  language: Language;
  code: string;
  expiresAt: Temporal.Instant;
}

/** The letter of a proof that still waits for its code. */
@Injectable()
export class VerificationToSend {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns null when it was used or has ended, so that a late letter is not sent */
  async run(id: string): Promise<VerificationLetter | null> {
    const [row] = await this.database.read<{ email: string; language: Language; generation: number; expires_at: Date }>(
      `select email, language, generation, expires_at from verification
        where id = $1 and used_at is null and expires_at > $2`,
      [id, this.clock.now().toString()],
    );
    if (!row) return null;
    const { email, language } = row;
    return {
      email,
      language,
      code: verificationCode(id, row.generation),
      expiresAt: row.expires_at.toTemporalInstant(),
    };
  }
}
