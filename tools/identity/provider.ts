import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { interactionPolicy } from 'oidc-provider';
import { type Person, subjectOf } from './person.js';

export interface IdentitySettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Origins of the apps whose call-backs are served, whatever their path. */
  origins: readonly string[];
}

/** A real OpenID Connect provider (authorization code with PKCE) that knows people only for as long as it runs. */
export class DevelopmentIdentity {
  private readonly people = new Map<string, Person>();
  readonly provider: Provider;

  constructor(settings: IdentitySettings) {
    this.provider = new Provider(settings.issuer, {
      clients: [
        {
          client_id: settings.clientId,
          client_secret: settings.clientSecret,
          redirect_uris: settings.origins.map((origin) => `${origin}/`),
          post_logout_redirect_uris: settings.origins.map((origin) => `${origin}/`),
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      pkce: { required: () => true },
      scopes: ['openid', 'profile'],
      claims: {
        openid: ['sub'],
        profile: ['given_name', 'family_name', 'name', 'birthdate', 'personal_code', 'country'],
      },
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
      cookies: { keys: [randomBytes(32).toString('hex')] },
      jwks: { keys: [signingKey()] },
      ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 3600, Session: 3600, Grant: 3600 },
      interactions: { policy: alwaysAsk(), url: (_context, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_context, subject) => {
        const person = this.people.get(subject);
        return person && { accountId: subject, claims: () => claimsOf(subject, person) };
      },
      renderError: (context, { error, error_description: description }) => {
        context.type = 'text/plain';
        context.body = `${error}: ${description ?? 'this sign-in cannot go on'}`;
      },
      // Nobody has to agree to anything here: what the client asks for is granted.
      loadExistingGrant: async (context) => {
        const { client, session, provider, params } = context.oidc;
        if (!client || !session?.accountId) return undefined;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope(typeof params?.['scope'] === 'string' ? params['scope'] : 'openid');
        await grant.save();
        return grant;
      },
    });
    const allowed = (uri: string): boolean => URL.canParse(uri) && settings.origins.includes(new URL(uri).origin);
    this.provider.Client.prototype.redirectUriAllowed = allowed;
    this.provider.Client.prototype.postLogoutRedirectUriAllowed = allowed;
  }

  /** Remembers somebody for this run and answers their subject. */
  become(person: Person): string {
    const subject = subjectOf(person);
    this.people.set(subject, person);
    return subject;
  }
}

const claimsOf = (subject: string, person: Person) => ({
  sub: subject,
  given_name: person.givenName,
  family_name: person.familyName,
  name: `${person.givenName} ${person.familyName}`,
  birthdate: person.birthDate,
  personal_code: person.personalCode,
  country: person.country,
});

function signingKey(): { kty: string; use: string; alg: string } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256' };
}

/** Every sign-in asks who to be, also when this browser was somebody a minute ago. */
function alwaysAsk(): ReturnType<typeof interactionPolicy.base> {
  const { Check, base } = interactionPolicy;
  const policy = base();
  policy.get('login')?.checks.add(
    new Check('ask_again', 'Who to be is asked each time', (context) => {
      const { oidc } = context;
      return oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
    }),
  );
  return policy;
}
