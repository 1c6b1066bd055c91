import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { requestOf, type Request as RepeatableRequest } from '#libs/appointments';
import { blindIndex, Refusal } from '#libs/platform';
import { addressPart, type WebRequest } from '#libs/web';
import { canonical } from './rules/canonical.js';
import { parseIdempotencyKey } from './rules/idempotency-key.js';

const httpOf = (context: ExecutionContext): WebRequest => context.switchToHttp().getRequest<WebRequest>();

/** The visitor's address as it is kept: a keyed fingerprint of the part that one household has. */
export const addressIndex = (request: WebRequest): Buffer => blindIndex('hold-address', addressPart(request.ip ?? ''));

async function repeatable(request: WebRequest): Promise<RepeatableRequest> {
  const header = request.headers['idempotency-key'];
  if (typeof header !== 'string' || header.trim() === '') throw new Refusal('idempotency-key-missing');
  const key = parseIdempotencyKey(header);
  if (key === null) throw new Refusal('invalid', { errors: [{ path: 'Idempotency-Key', code: 'format' }] });
  const pattern = (request.route as { path?: unknown } | undefined)?.path;
  const endpoint = `${request.method} ${typeof pattern === 'string' ? pattern : request.path}`;
  const asked = canonical({ params: { ...request.params }, body: request.body as unknown });
  const anonymous = addressIndex(request).toString('base64url');
  return requestOf(await request.actor(), endpoint, key, asked, anonymous);
}

/**
 * The request's name for promise 4: who asked, which endpoint, which key, and the fingerprint of what was asked.
 * Refusals: `idempotency-key-missing`, `invalid` at `Idempotency-Key`.
 */
export const Once = createParamDecorator((_: unknown, context: ExecutionContext) => repeatable(httpOf(context)));

/** What shows that a hold is the caller's: the token of the answer, or the browser's session. */
export const ProofOf = createParamDecorator(async (_: unknown, context: ExecutionContext) => {
  const request = httpOf(context);
  const token = request.headers['x-hold-token'];
  const session = await request.session();
  return {
    ...(typeof token === 'string' && token.length <= 100 && { token }),
    sessionId: session?.id ?? null,
  };
});

/** Describes the header of a call that may be repeated. */
export const Repeatable = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: '1 to 128 characters, quoted or bare, chosen anew for each request; kept for 24 hours',
    schema: { type: 'string', maxLength: 130 },
  });

/** Describes the header that proves a hold without a cookie. */
export const WithHoldToken = (): MethodDecorator =>
  ApiHeader({
    name: 'X-Hold-Token',
    required: false,
    description: '`holdToken` of the hold; not needed with the session’s cookie',
  });
