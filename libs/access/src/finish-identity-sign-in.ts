import { Inject, Injectable } from '@nestjs/common';
import { authorizationCodeGrant, fetchUserInfo, type IDToken } from 'openid-client';
import {
  CLOCK,
  type Clock,
  Database,
  describeError,
  Jobs,
  type Language,
  log,
  Refusal,
  seal,
  type Tx,
  tokenHash,
} from '#libs/platform';
import { IdentityProviders } from './identity-providers.js';
import { type AssertedPerson, assertedPerson } from './rules/asserted-person.js';
import { rotateSession } from './session-rows.js';
import { tellAccount } from './tell-account.js';

export interface IdentitySignIn {
  accountId: string;
  person: AssertedPerson;
  token: string;
  expiresAt: Temporal.Instant;
  returnTo: string;
}

interface AttemptRecord {
  provider: string;
  state: string;
  nonce: string;
  code_verifier: string;
  return_to: string;
  expires_at: Date;
}

/** Takes a browser that comes back from an identity provider, and signs it in. */
@Injectable()
export class FinishIdentitySignIn {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly providers: IdentityProviders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The way back is taken once, by the browser that began it, from the provider that it was sent to. The account is
   * made at the first sign-in; its key is (issuer, subject).
   * @param query the address's query as it came, without the leading `?`
   * @param attempt the token from the browser's cookie; `former`: its session's token until now
   * @param alongside runs in the same transaction, for what other capabilities keep of the person
   * @throws Refusal `link-expired` when the way back is not this browser's, late, repeated or refused by the provider;
   *   `busy` when the provider cannot be reached
   */
  async run(input: {
    provider: string;
    query: string;
    attempt: string | undefined;
    former: string | undefined;
    language: Language;
    alongside?: (tx: Tx, accountId: string, person: AssertedPerson, now: Temporal.Instant) => Promise<void>;
  }): Promise<IdentitySignIn> {
    const attempt = await this.take(input.provider, input.attempt);
    const { person, issuer } = await this.ask(input.provider, input.query, attempt);
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const { accountId, isNew } = await keepIdentity(tx, issuer, person, input.language, now);
      if (isNew) await tellAccount(tx, this.jobs, { accountId, clinicId: null, kind: 'welcome', at: now });
      await input.alongside?.(tx, accountId, person, now);
      const session = await rotateSession(tx, input.former, { app: 'booking', accountId, level: 'eid' }, now);
      return { accountId, person, ...session, returnTo: attempt.return_to };
    });
  }

  /** Deleted before it is used: a repeated way back finds nothing. */
  private async take(provider: string, token: string | undefined): Promise<AttemptRecord> {
    this.providers.settingsOf(provider);
    if (token === undefined) throw new Refusal('link-expired');
    const [row] = await this.database.read<AttemptRecord>(
      `delete from sign_in_attempt where token_hash = $1 and provider = $2
       returning provider, state, nonce, code_verifier, return_to, expires_at`,
      [tokenHash(token), provider],
    );
    if (!row || Temporal.Instant.compare(this.clock.now(), row.expires_at.toTemporalInstant()) >= 0)
      throw new Refusal('link-expired');
    return row;
  }

  private async ask(
    provider: string,
    query: string,
    attempt: AttemptRecord,
  ): Promise<{ person: AssertedPerson; issuer: string }> {
    const configuration = await this.providers.configurationOf(provider);
    const address = new URL(this.providers.redirectUri(provider));
    address.search = query;
    let claims: Record<string, unknown>;
    let issuer: string;
    try {
      const tokens = await authorizationCodeGrant(configuration, address, {
        pkceCodeVerifier: attempt.code_verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const idToken: IDToken | undefined = tokens.claims();
      if (!idToken) throw new Error('no ID token');
      issuer = idToken.iss;
      // Providers that keep the ID token small answer with the person at the userinfo address.
      const isWhole = 'given_name' in idToken || configuration.serverMetadata().userinfo_endpoint === undefined;
      const more = isWhole ? {} : await fetchUserInfo(configuration, tokens.access_token, idToken.sub);
      claims = { ...more, ...idToken };
    } catch (thrown) {
      log.warn({ event: 'identity-sign-in-refused', ...describeError(thrown) });
      throw new Refusal('link-expired');
    }
    const person = assertedPerson(claims);
    if (!person) throw new Refusal('link-expired');
    return { person, issuer };
  }
}

async function keepIdentity(
  tx: Tx,
  issuer: string,
  person: AssertedPerson,
  language: Language,
  now: Temporal.Instant,
): Promise<{ accountId: string; isNew: boolean }> {
  const at = now.toString();
  // One at a time for a person: two first sign-ins at once would make two accounts.
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('identity:' || $1 || ' ' || $2, 0))`, [
    issuer,
    person.subject,
  ]);
  const said = [
    person.givenName,
    person.familyName,
    person.birthDate?.toString() ?? null,
    person.personCode?.country ?? null,
    person.personCode ? seal(person.personCode.code) : null,
    at,
  ];
  const [known] = await tx.query<{ account_id: string }>(
    `update identity set given_name = $3, family_name = $4, birth_date = $5, person_code_country = $6,
            person_code_sealed = $7, last_used_at = $8
      where issuer = $1 and subject = $2 returning account_id`,
    [issuer, person.subject, ...said],
  );
  if (known) return { accountId: known.account_id, isNew: false };
  const [account] = await tx.query<{ id: string }>(
    `insert into account (language, created_at) values ($1, $2) returning id`,
    [language, at],
  );
  const accountId = account?.id ?? '';
  await tx.query(
    `insert into identity (issuer, subject, given_name, family_name, birth_date, person_code_country, person_code_sealed,
                           last_used_at, created_at, account_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    [issuer, person.subject, ...said, accountId],
  );
  return { accountId, isNew: true };
}
