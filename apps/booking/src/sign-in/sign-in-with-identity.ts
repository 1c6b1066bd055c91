import { Injectable } from '@nestjs/common';
import { type AssertedPerson, FinishIdentitySignIn, type IdentitySignIn } from '#libs/access';
import { keepPatient } from '#libs/people';
import { type Language, Refusal, type Tx } from '#libs/platform';

/** Signs a person in through their identity provider and keeps them as the first patient of their own account. */
@Injectable()
export class SignInWithIdentity {
  constructor(private readonly finish: FinishIdentitySignIn) {}

  /** Refusals: as FinishIdentitySignIn. */
  run(input: {
    provider: string;
    query: string;
    attempt: string | undefined;
    former: string | undefined;
    language: Language;
  }): Promise<IdentitySignIn> {
    const { language } = input;
    return this.finish.run({
      ...input,
      alongside: async (tx, accountId, person, now) => keepMyself(tx, accountId, person, language, now),
    });
  }
}

/** Someone without a code of ours and without a birth date is nobody that we could tell from others; they stay a guest. */
async function keepMyself(
  tx: Tx,
  accountId: string,
  person: AssertedPerson,
  language: Language,
  now: Temporal.Instant,
): Promise<void> {
  const { givenName, familyName, personCode, birthDate } = person;
  if (!personCode && !birthDate) return;
  const details = {
    givenName,
    familyName,
    language,
    ...(personCode && { personCode }),
    ...(birthDate && { birthDate }),
  };
  try {
    await keepPatient(tx, { accountId }, details, now);
  } catch (thrown) {
    // Both names have changed since: the code is proven, so the record is theirs, and nobody is kept out for a name.
    if (!(thrown instanceof Refusal)) throw thrown;
  }
}
