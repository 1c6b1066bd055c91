import { timingSafeEqual } from 'node:crypto';
import { derive, type Environment } from '#libs/platform';

type Settings = Pick<Environment, 'bookingUrl' | 'smsGateway'>;

const address = ({ bookingUrl }: Settings, path: string): string => new URL(path, bookingUrl).toString();

/** Known to the gateway alone, and good for the receipts of one message. */
const receiptKey = (id: string): string => derive('sms-receipt', id).toString('base64url').slice(0, 27);

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

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

export const isReceiptKey = (id: string, key: string): boolean => isSame(key, receiptKey(id));

export function isAnswerKey(settings: Settings, key: string): boolean {
  const expected = answerKey(settings);
  return expected !== null && isSame(key, expected);
}
