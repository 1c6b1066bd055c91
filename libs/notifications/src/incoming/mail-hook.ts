import { createHmac, timingSafeEqual } from 'node:crypto';
import { hookSecrets } from '#libs/platform';

/** A signature is good for so long before and after it was made, in seconds: what is caught on the way is soon of no use. */
const goodForSeconds = 300;

/** The secrets that the hook for incoming mail believes, the newest first. */
export const mailHookSecrets = (): string[] => hookSecrets('incoming-mail');

const signatureOf = (secret: string, timestamp: string, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();

/**
 * Whether whoever handed on a letter knows a secret of the hook: `signature` is `sha256=` and the HMAC-SHA256 in hex of the
 * timestamp (Unix seconds), a full stop and the body as it was sent.
 */
export function isSignedLetter(
  { timestamp, signature, body }: { timestamp: unknown; signature: unknown; body: Uint8Array },
  now: Temporal.Instant,
): boolean {
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Number(timestamp) - now.epochMilliseconds / 1000) > goodForSeconds) return false;
  const [, hex] = typeof signature === 'string' ? (/^sha256=([0-9a-f]{64})$/.exec(signature) ?? []) : [];
  if (hex === undefined) return false;
  const given = Buffer.from(hex, 'hex');
  return mailHookSecrets().some((secret) => timingSafeEqual(given, signatureOf(secret, timestamp, body)));
}
