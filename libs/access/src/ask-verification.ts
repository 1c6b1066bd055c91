import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, type Language, Refusal, type Tx } from '#libs/platform';

/** How long a code holds, and how many letters one address gets. */
const minutes = 15;
const perQuarterHour = 3;
const perDay = 10;

/** Proves an e-mail address: writes down that a code is wanted; the worker derives and sends it. */
@Injectable()
export class AskVerification {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The answer is the same whether or not the address has an account (ASVS 6.3.8).
   * @param email already normalised: one address, lower case, A-labels
   * @param before looks first whether this very request was carried out already, and gives its proof's id if so
   * @returns the proof's id, to which the code from the letter is answered
   * @throws Refusal `too-many` when the address got its letters for now
   */
  async run({
    email,
    language,
    before,
  }: {
    email: string;
    language: Language;
    before?: (tx: Tx, id: string, now: Temporal.Instant) => Promise<string | null>;
  }): Promise<{ id: string }> {
    const id = randomUUID();
    return this.database.transaction(async (tx) => {
      const earlier = await before?.(tx, id, this.clock.now());
      if (earlier) return { id: earlier };
      // One at a time for an address, or parallel askers would each see room for one more letter.
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('verification:' || $1, 0))`, [email]);
      const now = this.clock.now();
      const [asked] = await tx.query<{ lately: number; today: number }>(
        `select count(*) filter (where created_at > $2)::int as lately, count(*)::int as today
           from verification where email = $1 and created_at > $3`,
        [email, now.subtract({ minutes }).toString(), now.subtract({ hours: 24 }).toString()],
      );
      if ((asked?.lately ?? 0) >= perQuarterHour || (asked?.today ?? 0) >= perDay)
        throw new Refusal('too-many', { retryAfterSeconds: minutes * 60 });
      await tx.query(
        `insert into verification (id, email, language, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
        [id, email, language, now.toString(), now.add({ minutes }).toString()],
      );
      await this.jobs.send(tx, 'verification-asked', { verificationId: id });
      return { id };
    });
  }
}
