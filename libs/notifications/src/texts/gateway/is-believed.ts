import type { Environment } from '#libs/platform';
import { isAnswerKey, isReceiptKey } from '../hook-addresses.js';
import { type GatewayCall, isSigned } from './is-signed.js';

/** The key at the end of the address that was called, if it had one, and what it is for. */
type CalledWith =
  | { what: 'receipt'; id?: string | undefined; key?: string | undefined }
  | { what: 'incoming'; key?: string | undefined };

type Settings = Pick<Environment, 'bookingUrl' | 'smsGateway' | 'smsGatewayUrl'>;

/**
 * Whether a call comes from the gateway: a key in its address has to be right, a gateway that signs has to have signed, and
 * one of the two there has to be.
 */
export function isBelieved(settings: Settings, call: GatewayCall, called: CalledWith): boolean {
  const { smsGateway, smsGatewayUrl } = settings;
  if (!smsGateway || smsGatewayUrl === undefined) return false;
  if (called.key === undefined && !smsGateway.signing) return false;
  if (called.key !== undefined && !isKeyed(settings, called)) return false;
  const { receiptSecret, incomingSecret } = smsGateway;
  const password = decodeURIComponent(new URL(smsGatewayUrl).password);
  const secret = (called.what === 'incoming' ? incomingSecret : undefined) ?? receiptSecret ?? password;
  return isSigned(smsGateway, secret, call);
}

const isKeyed = (settings: Settings, called: CalledWith): boolean =>
  called.what === 'receipt' ? isReceiptKey(called.id ?? '', called.key ?? '') : isAnswerKey(settings, called.key ?? '');
