import { hasMessage, type Language, translate } from '#libs/platform';
import type { PortalNotice } from './portal-notice.js';

/** What happened, in one line: the first of the letter. */
export function firstLineOf({ kind, change }: Pick<PortalNotice, 'kind' | 'change'>, language: Language): string {
  const keys = [`mail.letters.${kind}.first`, `mail.account.${kind}.${change}.first`, `mail.account.${kind}.first`];
  return translate(language, keys.find((key) => hasMessage(language, key)) ?? 'inbox.missing');
}
