import { createHmac } from 'node:crypto';
import { isSameSecret, type SmsGatewaySettings } from '#libs/platform';

/** A call of the gateway, as it came. */
export interface GatewayCall {
  /** The whole address that was called, as the gateway knows it. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  rawBody: Buffer;
  /** Fields of the body or, of a GET, of the address. */
  fields: unknown;
}

function expectedOf(kind: 'hmac-sha256' | 'twilio', secret: string, { url, rawBody, fields }: GatewayCall): string {
  if (kind === 'hmac-sha256') return createHmac('sha256', secret).update(rawBody).digest('hex');
  const pairs = Object.entries((fields ?? {}) as Record<string, unknown>)
    .filter((pair): pair is [string, string] => typeof pair[1] === 'string')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha1', secret)
    .update(url + pairs.map(([name, value]) => name + value).join(''))
    .digest('base64');
}

/** Whether a call carries the gateway's signature, compared in constant time. True where the gateway does not sign. */
export function isSigned({ signing }: Pick<SmsGatewaySettings, 'signing'>, secret: string, call: GatewayCall): boolean {
  if (!signing) return true;
  const given = call.headers[signing.header];
  if (typeof given !== 'string' || secret === '') return false;
  const sent = signing.kind === 'hmac-sha256' ? given.toLowerCase() : given;
  return isSameSecret(sent, expectedOf(signing.kind, secret, call));
}
