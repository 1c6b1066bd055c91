import { Injectable } from '@nestjs/common';
import { allowInsecureRequests, type Configuration, discovery } from 'openid-client';
import { describeError, environment, log, type OidcProviderSettings, Refusal } from '#libs/platform';

/** Seconds that any call to a provider may take (faults.md C11). */
const timeout = 10;

/** The identity providers of OIDC_PROVIDERS, each discovered when it is first needed. */
@Injectable()
export class IdentityProviders {
  private readonly known = new Map<string, Promise<Configuration>>();

  /** What a sign-in page offers. */
  list(): { id: string; name: string }[] {
    return environment().oidcProviders.map(({ id, name }) => ({ id, name }));
  }

  /** @throws Refusal `not-found` when there is no such provider */
  settingsOf(id: string): OidcProviderSettings {
    const settings = environment().oidcProviders.find((each) => each.id === id);
    if (!settings) throw new Refusal('not-found');
    return settings;
  }

  /** Its own redirect address, which keeps one provider's answer from being taken for another's (S-2.23). */
  redirectUri(id: string): string {
    return `${environment().bookingUrl}/auth/callback/${id}`;
  }

  /** @throws Refusal `busy` when the provider cannot be reached; it is asked again the next time */
  async configurationOf(id: string): Promise<Configuration> {
    const settings = this.settingsOf(id);
    let found = this.known.get(id);
    if (!found) {
      found = discovery(new URL(settings.issuer), settings.clientId, settings.clientSecret, undefined, {
        timeout,
        // Plain http is for the development provider on this machine only.
        execute: environment().production ? [] : [allowInsecureRequests],
      });
      this.known.set(id, found);
    }
    try {
      return await found;
    } catch (thrown) {
      this.known.delete(id);
      log.warn({ event: 'identity-provider-unreachable', ...describeError(thrown) });
      throw new Refusal('busy', { retryAfterSeconds: 30 });
    }
  }
}
