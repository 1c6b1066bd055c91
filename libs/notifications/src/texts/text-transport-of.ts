import { type Clock, type Database, type Environment, log } from '#libs/platform';
import { NoTextsTransport } from '../transports/no-texts.transport.js';
import type { TextTransport } from '../transports/text-transport.js';
import { HttpGateway } from './gateway/http-gateway.js';
import { OnceTransport } from './once-transport.js';

/** Whether short messages leave at all. */
export const areTextsOn = ({ smsGatewayUrl }: Pick<Environment, 'smsGatewayUrl'>): boolean =>
  smsGatewayUrl !== undefined;

/** The gateway where there is one; without one no short message leaves, which is said at start. */
export function textTransportOf(
  database: Database,
  clock: Clock,
  { smsGatewayUrl, smsGateway }: Environment,
): TextTransport {
  if (smsGatewayUrl === undefined || smsGateway === undefined) {
    log.warn({ event: 'sms.off' });
    return new NoTextsTransport();
  }
  const gateway = new HttpGateway(smsGatewayUrl, smsGateway);
  return new OnceTransport(database, clock, gateway, smsGateway.request.isRepeatable ?? false);
}
