import { Inject, Injectable } from '@nestjs/common';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { CLOCK, type Clock, Database, type Language, newToken, tokenHash } from '#libs/platform';
import { IdentityProviders } from './identity-providers.js';
import { returnTo } from './rules/return-to.js';

/** Minutes within which the browser must be back. */
const minutes = 30;

/** Sends a browser to an identity provider: code flow with PKCE, state and nonce (S-2.23). */
@Injectable()
export class BeginIdentitySignIn {
  constructor(
    private readonly database: Database,
    private readonly providers: IdentityProviders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param wanted where to go afterwards: a path of this site, anything else leads home
   * @returns where to send the browser, and the token for its cookie, by which the way back is known as its own
   * @throws Refusal `not-found` for an unknown provider, `busy` when it cannot be reached
   */
  async run(input: {
    provider: string;
    language: Language;
    wanted?: string | undefined;
  }): Promise<{ url: string; token: string; expiresAt: Temporal.Instant }> {
    const settings = this.providers.settingsOf(input.provider);
    const configuration = await this.providers.configurationOf(input.provider);
    const codeVerifier = randomPKCECodeVerifier();
    const [state, nonce, token] = [randomState(), randomNonce(), newToken()];
    const expiresAt = this.clock.now().add({ minutes });
    await this.database.read(
      `insert into sign_in_attempt (token_hash, provider, state, nonce, code_verifier, return_to, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        tokenHash(token),
        input.provider,
        state,
        nonce,
        codeVerifier,
        returnTo(input.wanted, `/${input.language}`),
        expiresAt.toString(),
      ],
    );
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.providers.redirectUri(input.provider),
      scope: settings.scope ?? 'openid profile',
      response_type: 'code',
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ui_locales: input.language,
    });
    return { url: url.href, token, expiresAt };
  }
}
