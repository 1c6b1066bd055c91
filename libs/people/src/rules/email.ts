const longest = 254;
const atoms = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The ASCII form of a host name (IDNA), or null. The URL parser knows IDNA; what else it would accept is kept out. */
function asciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return null;
  const address = URL.parse(`http://${domain}/`);
  if (!address) return null;
  const labels = address.hostname.split('.');
  const top = labels.at(-1) ?? '';
  const isName = labels.length >= 2 && labels.every((each) => label.test(each)) && !/^\d+$/.test(top);
  return isName ? address.hostname : null;
}

/**
 * One e-mail address in the form that is stored and compared, or null (standards 3.2): lower case, domain in A-labels,
 * no display name, no quoted local part, no comment, no address literal, 254 characters at most.
 */
export function normaliseEmail(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > longest) return null;
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0)).toLowerCase();
  if (local.length === 0 || local.length > 64 || !atoms.test(local)) return null;
  const domain = asciiDomain(
    trimmed
      .slice(at + 1)
      .normalize('NFC')
      .toLowerCase(),
  );
  if (domain === null) return null;
  const email = `${local}@${domain}`;
  return email.length <= longest ? email : null;
}
