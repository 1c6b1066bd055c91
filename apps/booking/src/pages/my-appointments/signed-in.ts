import type { Actor } from '#libs/access';
import type { Language } from '#libs/platform';
import { pathTo, seeOther, type SeeOther, type WebRequest } from '#libs/web';

/** Whoever is not signed in is asked who they are, and comes back to where they wanted to go. */
export const askWho = (request: WebRequest, language: Language): SeeOther =>
  seeOther(pathTo(language, `/sign-in?returnTo=${encodeURIComponent(request.originalUrl)}`));

export const isSignedIn = (actor: Actor): boolean => actor.kind === 'guest' || actor.kind === 'patient';
