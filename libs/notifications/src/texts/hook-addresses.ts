import { derive, type Environment, isDerived, isSameSecret } from '#libs/platform';

type Settings = Pick<Environment, 'bookingUrl' | 'smsGateway'>;

const address = ({ bookingUrl }: Settings, path: string): string => new URL(path, bookingUrl).toString();

const keyBytes = 20;

/** Known to the gateway alone, and good for the receipts of one message. */
const receiptKey = (id: string): string => derive('sms-receipt', id).subarray(0, keyBytes).toString('base64url');

/** Where the gateway says what became of a message. */
export const receiptUrl = (settings: Settings, id: string): string =>
  address(settings, `/hooks/sms/receipt/${encodeURIComponent(id)}/${receiptKey(id)}`);

/** The key in the address of people's answers where calls are not signed: the operator's, the mailbox's own, or none. */
export function answerKey({ smsGateway }: Settings): string | null {
  if (smsGateway?.hookKey !== undefined) return smsGateway.hookKey;
  return smsGateway?.preset === 'mailbox' ? derive('sms-answers').toString('base64url') : null;
}

/** Where the gateway hands on what people answer; null where only signed calls are taken. */
export function answerUrl(settings: Settings): string | null {
  const key = answerKey(settings);
  return key === null ? null : address(settings, `/hooks/sms/incoming/${key}`);
}

/** Whether a key is the one of this message's address, also of one that was handed over before the keys changed. */
export function isReceiptKey(id: string, key: string): boolean {
  const given = Buffer.from(key, 'base64url');
  return given.length === keyBytes && isDerived(given, 'sms-receipt', id);
}

export function isAnswerKey(settings: Settings, key: string): boolean {
  const expected = answerKey(settings);
  return expected !== null && isSameSecret(key, expected);
}
