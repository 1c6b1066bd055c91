import type { Words } from './languages.js';

/**
 * Every way in which the portal says no. The list is closed: pages, the JSON API and later FHIR render it from here,
 * and a test checks that each has its words in every language (templates/locales/<language>/refusals.json).
 */
export const refusals = {
  invalid: { status: 400 },
  'idempotency-key-missing': { status: 400 },
  'not-signed-in': { status: 401 },
  'wrong-credentials': { status: 401 },
  'second-factor-needed': { status: 401 },
  'not-allowed': { status: 403 },
  'cross-site': { status: 403 },
  'not-found': { status: 404 },
  'method-not-allowed': { status: 405 },
  'slot-taken': { status: 409 },
  'patient-busy': { status: 409 },
  'state-changed': { status: 409 },
  'in-progress': { status: 409 },
  'hours-have-appointments': { status: 409 },
  'referral-used': { status: 409 },
  'hold-expired': { status: 410 },
  'link-expired': { status: 410 },
  'offer-lapsed': { status: 410 },
  'too-late': { status: 410 },
  'too-large': { status: 413 },
  'unsupported-media-type': { status: 415 },
  'not-bookable': { status: 422 },
  incomplete: { status: 422 },
  'idempotency-key-reused': { status: 422 },
  'booking-stopped': { status: 422 },
  'conditions-not-met': { status: 422 },
  'limit-reached': { status: 422 },
  'other-payer': { status: 422 },
  'referral-expired': { status: 422 },
  'referral-needed': { status: 422 },
  'wrong-code': { status: 422 },
  'wrong-state': { status: 422 },
  'not-yet': { status: 422 },
  'terms-outdated': { status: 422 },
  'not-cancellable': { status: 422 },
  'too-many': { status: 429 },
  'too-many-holds': { status: 429 },
  busy: { status: 503 },
} as const satisfies Record<string, { status: number }>;

export type RefusalCode = keyof typeof refusals;

export interface FieldError {
  /** Dotted path of the field as it was sent, for example `patient.familyName`. */
  path: string;
  /** A key below `errors.` of the common catalogue, or a whole key with dots of its own. */
  code: string;
  /** What its words name. */
  args?: Record<string, string>;
}

export interface RefusalDetails {
  errors?: FieldError[];
  /** A finer reason from a closed list, for example why a time is not bookable; a key below `refusals.why.`. */
  why?: string;
  retryAfterSeconds?: number;
  /** The roles of staff who may do it, as the clinic's words name them: below `clinic.roles.`. */
  roles?: readonly string[];
  /** Words said instead of ours: a clinic's own, when an answer stops the booking, or those meant for its staff. */
  advice?: Words;
  /** Whose answer that was. */
  questionId?: string;
}

/** The clinic says no, and the visitor should read why. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly details: RefusalDetails = {},
  ) {
    super(code);
    this.name = 'Refusal';
  }

  get status(): number {
    return refusals[this.code].status;
  }
}
