import { isIPv6 } from 'node:net';

const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: gap }, () => '0'), ...right];
};

/**
 * The part of an address that one household or server has: IPv4 whole, IPv6 its first 64 bits, because a visitor may
 * choose the rest at will. IPv4 inside IPv6 counts as IPv4.
 */
export function addressPart(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  return groupsOf(plain.toLowerCase())
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** What is counted: the rule's name and who is meant. The table keeps a keyed hash of it, never the address (promise 9). */
export const rateKey = (rule: string, who: string): string => `${rule}|${who}`;
