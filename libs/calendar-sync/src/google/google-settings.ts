import { environment } from '#libs/platform';

export interface GoogleSettings {
  clientId: string;
  clientSecret: string;
  consentUrl: string;
  tokenUrl: string;
  revokeUrl: string;
  rootUrl: string;
}

/** Where Google is and who we are there; undefined where the operator has no client of theirs. */
export function googleSettings(): GoogleSettings | undefined {
  const { googleClientId, googleClientSecret, googleApiRoot } = environment();
  if (googleClientId === undefined || googleClientSecret === undefined) return undefined;
  const client = { clientId: googleClientId, clientSecret: googleClientSecret };
  if (googleApiRoot === undefined) {
    return {
      ...client,
      consentUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
      rootUrl: 'https://www.googleapis.com/',
    };
  }
  const at = (path: string): string => new URL(path, googleApiRoot).href;
  return {
    ...client,
    consentUrl: at('/o/oauth2/v2/auth'),
    tokenUrl: at('/token'),
    revokeUrl: at('/revoke'),
    rootUrl: at('/'),
  };
}

/** Whether people can connect their calendars at all. */
export const isGoogleSetUp = (): boolean => googleSettings() !== undefined;
