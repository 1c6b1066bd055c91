/**
 * A mail server's answer as codes only (RFC 5321 § 4.2, RFC 3463): its text quotes addresses and is never kept.
 * `550 5.1.1`, `451`, or null where there is no code.
 */
export function answerCodeOf(response: string | undefined): string | null {
  const [, code, enhanced] = /^([2-5]\d\d)(?:[ -]+([245]\.\d{1,3}\.\d{1,3}))?\b/.exec(response ?? '') ?? [];
  return code ? [code, enhanced].filter(Boolean).join(' ') : null;
}

/**
 * Whether a permanent answer to a recipient says that nobody is there: bad mailbox or domain (x.1.y), or a mailbox that is
 * switched off (x.2.1); an answer without an enhanced code says no more than its number. A full mailbox (x.2.2) and a
 * policy that refuses us (x.7.y) say nothing about the address.
 */
export function saysAddressIsDead(answer: string | null): boolean {
  const enhanced = /\b[25]\.(\d{1,3})\.(\d{1,3})$/.exec(answer ?? '');
  if (!enhanced) return true;
  const [, subject, detail] = enhanced;
  return subject === '1' || (subject === '2' && detail === '1');
}
