import type { WebRequest } from '#libs/web';
import { readSealed, writeSealed } from './sealed-cookie.js';

/** What somebody typed of themself, kept sealed for a quarter of an hour: never the code, never the reason. */
const names = ['who', 'givenName', 'familyName', 'birthDate', 'personCodeCountry', 'email', 'phone', 'sms'] as const;
export type Draft = Partial<Record<(typeof names)[number], string>>;

const seconds = 15 * 60;

export function readDraft(request: WebRequest): Draft {
  const kept = readSealed(request, 'draft');
  if (typeof kept !== 'object' || kept === null) return {};
  const draft: Draft = {};
  for (const name of names) {
    const value = (kept as Record<string, unknown>)[name];
    if (typeof value === 'string') draft[name] = value;
  }
  return draft;
}

export function keepDraft(request: WebRequest, typed: Readonly<Record<string, unknown>>): void {
  const draft: Draft = { ...readDraft(request) };
  // A box that was emptied is not sent.
  if (typeof typed['phone'] === 'string') draft.sms = '';
  for (const name of names) {
    const value = typed[name];
    if (typeof value === 'string') draft[name] = value.slice(0, 200);
  }
  writeSealed(request, 'draft', draft, seconds);
}

export const forgetDraft = (request: WebRequest): void => writeSealed(request, 'draft', undefined, 0);
