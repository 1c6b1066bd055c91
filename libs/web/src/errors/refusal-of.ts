import { HttpException } from '@nestjs/common';
import { Refusal, type RefusalCode } from '#libs/platform';

const byStatus: Readonly<Record<number, RefusalCode>> = {
  400: 'invalid',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many',
  503: 'busy',
};

const statusOf = (thrown: object): number | undefined => {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if ('status' in thrown && typeof thrown.status === 'number') return thrown.status;
  return 'statusCode' in thrown && typeof thrown.statusCode === 'number' ? thrown.statusCode : undefined;
};

/**
 * What was thrown as a refusal: ours as it is; what the framework and its parsers threw (404, a body over the limit,
 * broken JSON) by its status. Undefined: a bug.
 */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (thrown instanceof Refusal) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  // Nest's own check of Sec-Fetch-Site and Origin has no class of its own.
  if (thrown instanceof Error && thrown.message.startsWith('Cross-origin request detected'))
    return new Refusal('cross-site');
  if (thrown instanceof URIError) return new Refusal('invalid');
  const status = statusOf(thrown);
  if (status === undefined || status < 400) return undefined;
  const code = byStatus[status] ?? (status < 500 ? 'invalid' : undefined);
  return code && new Refusal(code);
}
