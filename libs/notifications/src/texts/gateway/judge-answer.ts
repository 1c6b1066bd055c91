import type { SmsGatewaySettings } from '#libs/platform';
import { DeliveryFailure } from '../../transports/outgoing-letter.js';
import { memberAt } from './member-at.js';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const firstGroup = (pattern: string | undefined, text: string): string | undefined =>
  pattern === undefined ? undefined : new RegExp(pattern).exec(text)?.[1];

/** A code as the ledger may keep it: never a sentence, which could quote a number. */
const codeOf = (status: number, refusal: string | undefined): string =>
  refusal !== undefined && /^[\w.-]{1,20}$/.test(refusal) ? `HTTP ${status} ${refusal}` : `HTTP ${status}`;

/**
 * The gateway's own name for the message it has taken. Taken means: 2xx, a name where the settings say, and no refusal;
 * 200 with an error inside is a refusal (faults.md C5).
 * @throws DeliveryFailure final where the message itself was refused; to be tried again where the gateway was busy or broken,
 *   and as our fault where it did not know us; `answer-lost` where a machine in between did not hear the gateway
 */
export function judgeAnswer(
  { status, body }: { status: number; body: string },
  { answer: { format, id, refusal } }: Pick<SmsGatewaySettings, 'answer'>,
): string {
  const tree = format === 'json' ? parsed(body) : undefined;
  const at = (where: string | undefined): string | undefined => {
    if (where === undefined) return undefined;
    return format === 'json' ? memberAt(tree, where) : firstGroup(where, body);
  };
  const refused = at(refusal);
  const code = codeOf(status, refused);
  if (status === 502 || status === 504) throw new DeliveryFailure('answer-lost', true, code);
  if (status === 408 || status === 429 || status >= 500) throw new DeliveryFailure('server-refused', false, code);
  // Our name, our money or our address is wrong: that is mended by the operator, and the message waits until it is.
  if (status === 401 || status === 402 || status === 403 || (status >= 300 && status < 400) || status === 404) {
    throw new DeliveryFailure('our-fault', false, code);
  }
  const name = at(id);
  if (status >= 400 || refused !== undefined || name === undefined || name.length > 200) {
    throw new DeliveryFailure('letter-refused', true, code);
  }
  return name;
}
