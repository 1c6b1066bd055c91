const ends = (text: string): string =>
  text.length <= 2 ? `${text.slice(0, 1)}…` : `${text.slice(0, 1)}…${text.slice(-1)}`;

/**
 * An address as a list may show it: enough for somebody who knows it to see which it was. `j…s@inbox.lv`,
 * `+371 2… ••11`.
 */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${ends(address.slice(0, at))}${address.slice(at)}`;
  const digits = address.replace(/\D/g, '');
  const country = /^37[0-2]/.test(digits) ? digits.slice(0, 3) : digits.slice(0, 2);
  const own = digits.slice(country.length);
  // Of a number that is too short nothing can be shown without showing it whole.
  if (own.length < 6) return '…';
  return `+${country} ${own.slice(0, 1)}… ••${own.slice(-2)}`;
}
