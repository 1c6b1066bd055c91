import { DeliveryFailure } from './outgoing-letter.js';
import type { TextTransport } from './text-transport.js';

/** Where no gateway is set: a short message does not leave, which the ledger says. */
export class NoTextsTransport implements TextTransport {
  async send(): Promise<{ providerId: string | null }> {
    throw new DeliveryFailure('server-unreachable', true);
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}
