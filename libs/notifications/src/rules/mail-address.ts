const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/i;

/**
 * Whether a text is exactly one plain address: no display name, quoted local part, comment, list or control character,
 * and a domain name in A-labels. Checked again right before sending, whatever was checked before: quoted local parts
 * have been delivered to a wrong domain (I-20), and a line break would be another header (faults.md E10).
 */
export function isPlainAddress(text: string): boolean {
  if (text.length > 254) return false;
  const at = text.indexOf('@');
  return at > 0 && at <= 64 && local.test(text.slice(0, at)) && domain.test(text.slice(at + 1));
}
