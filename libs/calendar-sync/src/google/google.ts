import type { auth, calendar_v3 } from '@googleapis/calendar';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock, type Language } from '#libs/platform';
import { afterFailure, type Breaker, closedBreaker, mayCall } from '../rules/breaker.js';
import { failureOf, GoogleFailure } from './google-failure.js';
import { googleSettings } from './google-settings.js';
import { hurriedAgent } from './hurried-agent.js';

type Client = InstanceType<typeof auth.OAuth2>;

/** Google's client takes 14 MB and is loaded by what first speaks with Google; most processes never do. */
const library = (): Promise<typeof import('@googleapis/calendar')> => import('@googleapis/calendar');

/** Whose calendar is asked: `generation` rises with each new permission. */
export interface Caller {
  id: string;
  generation: number;
  /** The refresh token, opened. */
  token: string;
}

/** What Google gave for a code. */
export interface Granted {
  /** Null: Google gives one only with the first permission, unless it is asked to. */
  refreshToken: string | null;
  /** Parted by spaces. */
  scope: string;
}

/**
 * Google, through its own client: no call takes longer than ten seconds, none is repeated by itself but for an access
 * token that ran out, and while nobody answers nobody waits. Never call it inside a transaction.
 */
@Injectable()
export class Google {
  /** A call may take this long, whatever happens on the way (faults.md C11). */
  callMs = 10_000;
  private breaker: Breaker = closedBreaker;
  private readonly clients = new LRUCache<string, Client>({ max: 500 });

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Where the person agrees: code flow with PKCE, a permission that outlasts their visit, and nothing granted before. */
  async consentAddress(wish: {
    redirectUri: string;
    state: string;
    challenge: string;
    scopes: readonly string[];
    language: Language;
  }): Promise<string> {
    const client = await this.client(wish.redirectUri);
    return client.generateAuthUrl({
      access_type: 'offline',
      prompt: 'consent',
      include_granted_scopes: false,
      scope: [...wish.scopes],
      state: wish.state,
      code_challenge: wish.challenge,
      code_challenge_method: 'S256' as never,
      hl: wish.language,
    });
  }

  /** @throws GoogleFailure */
  async exchange({
    redirectUri,
    code,
    verifier,
  }: {
    redirectUri: string;
    code: string;
    verifier: string;
  }): Promise<Granted> {
    const client = await this.client(redirectUri);
    const { tokens } = await this.guard(() => client.getToken({ code, codeVerifier: verifier }));
    return { refreshToken: tokens.refresh_token ?? null, scope: tokens.scope ?? '' };
  }

  /** Gives a permission back; that it is already gone is no failure. @throws GoogleFailure */
  async revoke(token: string): Promise<void> {
    try {
      const client = await this.client();
      await this.guard(() => client.revokeToken(token));
    } catch (thrown) {
      const { fault } = failureOf(thrown);
      if (fault === 'unreachable' || fault === 'quota') throw thrown;
    }
  }

  /**
   * Asks a calendar. An access token that Google no longer takes is renewed, once.
   * @throws GoogleFailure
   */
  async ask<Data>(
    caller: Caller,
    work: (api: calendar_v3.Calendar) => Promise<{ data: Data }>,
    isSecond = false,
  ): Promise<Data> {
    const { calendar } = await library();
    const client = await this.clientOf(caller);
    try {
      const { data } = await this.guard(() => work(calendar({ version: 'v3', auth: client, rootUrl: rootUrl() })));
      return data;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.fault !== 'expired' || isSecond) throw failure;
      await this.guard(() => client.refreshAccessToken());
      return this.ask(caller, work, true);
    }
  }

  /** Forgets what it keeps of a permission that ended. */
  forget({ id, generation }: Pick<Caller, 'id' | 'generation'>): void {
    this.clients.delete(`${id} ${generation}`);
  }

  private async guard<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!mayCall(this.breaker, this.clock.now())) throw new GoogleFailure('unreachable');
    try {
      const result = await work();
      this.breaker = closedBreaker;
      return result;
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.breaker = failure.fault === 'unreachable' ? afterFailure(this.breaker, this.clock.now()) : closedBreaker;
      throw failure;
    }
  }

  private async clientOf({ id, generation, token }: Caller): Promise<Client> {
    const key = `${id} ${generation}`;
    const known = this.clients.get(key);
    if (known) return known;
    const client = await this.client();
    client.setCredentials({ refresh_token: token });
    this.clients.set(key, client);
    return client;
  }

  private async client(redirectUri?: string): Promise<Client> {
    const settings = googleSettings();
    if (!settings) throw new GoogleFailure('not-set-up');
    const { auth } = await library();
    const client = new auth.OAuth2({
      clientId: settings.clientId,
      clientSecret: settings.clientSecret,
      ...(redirectUri !== undefined && { redirectUri }),
      endpoints: {
        oauth2AuthBaseUrl: settings.consentUrl,
        oauth2TokenUrl: settings.tokenUrl,
        oauth2RevokeUrl: settings.revokeUrl,
      },
    });
    // The client repeats what failed by itself, three times; with ours that would be too long and too much.
    client.transporter.interceptors.request.add({
      resolved: (options) =>
        Promise.resolve(
          Object.assign(options, {
            retry: false,
            retryConfig: { retry: 0, noResponseRetries: 0 },
            agent: hurriedAgent,
            signal: AbortSignal.timeout(this.callMs),
          }),
        ),
    });
    return client;
  }
}

const rootUrl = (): string => {
  const settings = googleSettings();
  if (!settings) throw new GoogleFailure('not-set-up');
  return settings.rootUrl;
};
