import { faultOf, type GoogleFault } from '../rules/google-fault.js';

/** Google said no, or nothing. It holds no word of Google's own, which could name somebody. */
export class GoogleFailure extends Error {
  constructor(
    readonly fault: GoogleFault,
    readonly retryAfterSeconds = 0,
  ) {
    super(fault);
    this.name = 'GoogleFailure';
  }
}

interface Answer {
  status?: number;
  data?: unknown;
  headers?: { get?(name: string): string | null };
}

const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What the client of Google threw, as a failure. */
export function failureOf(thrown: unknown): GoogleFailure {
  if (thrown instanceof GoogleFailure) return thrown;
  const answer = members(thrown)['response'] as Answer | undefined;
  if (answer?.status === undefined) return new GoogleFailure('unreachable');
  const { error } = members(answer.data);
  const said = members(error);
  const reasons = [...listOf(said['errors']), ...listOf(said['details'])]
    .map((each) => members(each)['reason'])
    .filter((reason) => typeof reason === 'string');
  const fault = faultOf({
    status: answer.status,
    reasons,
    ...(typeof error === 'string' && { oauthError: error }),
  });
  return new GoogleFailure(fault, secondsOf(answer.headers?.get?.('retry-after')));
}

const secondsOf = (header: string | null | undefined): number => (/^\d{1,6}$/.test(header ?? '') ? Number(header) : 0);
