import type { Organizer } from '../invitation/invitation.js';
import { isPlainAddress } from '../rules/mail-address.js';

/**
 * The sender, who is also the organizer of every invitation (S-2.12).
 * @param mailFrom `Name <address>` or an address
 * @throws Error when the address is not a plain one
 */
export function mailFromOf(mailFrom: string): Organizer {
  const [, name = '', address = ''] = /^([^<>\r\n]*)<([^<>\s]+)>$/.exec(mailFrom.trim()) ?? ['', '', mailFrom.trim()];
  if (!isPlainAddress(address)) throw new Error('MAIL_FROM: not a plain address');
  return { name: name.trim().replace(/^"(.*)"$/, '$1') || address, address };
}

export const domainOf = (address: string): string => address.slice(address.indexOf('@') + 1);
