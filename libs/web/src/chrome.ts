import type { WebRequest } from './web-request.js';

export interface ChromeLink {
  /** Path without the language: `/my-appointments`. */
  path: string;
  /** A key of the catalogue. */
  label: string;
  icon?: string;
  /** A number beside it, for example of pending appointments. */
  count?: number;
  /** A key of the catalogue: the heading of the links that begin with this one. */
  group?: string;
}

/** What stands around every page of an app. */
export interface Chrome {
  /** Name of who is signed in; absent: nobody is. */
  actorName?: string;
  /** A second line under the name, for example the clinic. */
  actorPlace?: string;
  links: ChromeLink[];
}

/** An app's own answer, given to `WebModule.forApp({ chrome })`. */
export interface ChromeSource {
  of(request: WebRequest): Promise<Chrome>;
}

export const CHROME = Symbol('CHROME');
