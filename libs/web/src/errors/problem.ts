import { environment, hasMessage, type Language, Refusal, type RefusalCode, translate } from '#libs/platform';
import { detailOf } from './detail-of.js';
import { noLimits } from '../forms/form-state.js';

/** RFC 9457, with `code` from the closed list of refusals and the path of each bad member. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: RefusalCode | 'internal';
  why?: string;
  errors?: { path: string; code: string; detail: string }[];
  retryAfter?: number;
}

const wordsOfField = (language: Language, code: string): string => {
  const key = `common.errors.${code}`;
  return hasMessage(language, key) ? translate(language, key, noLimits) : code;
};

/** A refusal as the JSON API answers it. `instance` is the request's id: it names no path, which might name a person. */
export function problemOf(refusal: Refusal, language: Language, requestId: string): Problem {
  const { errors, why, retryAfterSeconds } = refusal.details;
  return {
    type: `${environment().bookingUrl}/problems/${refusal.code}`,
    title: translate(language, `refusals.${refusal.code}.title`),
    status: refusal.status,
    detail: detailOf(refusal, language),
    instance: `urn:request:${requestId}`,
    code: refusal.code,
    ...(why !== undefined && { why }),
    ...(errors && { errors: errors.map((each) => ({ ...each, detail: wordsOfField(language, each.code) })) }),
    ...(retryAfterSeconds !== undefined && { retryAfter: retryAfterSeconds }),
  };
}

/** What is answered when something broke: nothing of the cause. */
export function internalProblem(language: Language, requestId: string): Problem {
  return {
    type: 'about:blank',
    title: translate(language, 'common.broken.title'),
    status: 500,
    detail: translate(language, 'common.broken.detail'),
    instance: `urn:request:${requestId}`,
    code: 'internal',
  };
}
