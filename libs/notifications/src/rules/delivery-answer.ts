/**
 * A mail server's answer as codes only (RFC 5321 § 4.2, RFC 3463): its text quotes addresses and is never kept.
 * `550 5.1.1`, `451`, or null where there is no code.
 */
export function answerCodeOf(response: string | undefined): string | null {
  const [, code, enhanced] = /^([2-5]\d\d)(?:[ -]+([245]\.\d{1,3}\.\d{1,3}))?\b/.exec(response ?? '') ?? [];
  return code ? [code, enhanced].filter(Boolean).join(' ') : null;
}

const enhanced = /\b([245])\.(\d{1,3})\.(\d{1,3})$/;

/** Whether an answer to a recipient is about us: our own address is refused (5.1.7, 5.1.8). */
export const blamesSender = (answer: string | null): boolean => /\b5\.1\.[78]$/.test(answer ?? '');

/**
 * Whether a final answer about a recipient says that nobody is there: bad mailbox or domain (5.1.y), or a mailbox that is
 * switched off (5.2.1); an answer without an enhanced code says no more than its number. A full mailbox (5.2.2), a policy
 * that refuses us (5.7.y), our own address (5.1.7, 5.1.8) and a server that nobody could reach for days (4.x.y) say nothing
 * about theirs.
 */
export function saysAddressIsDead(answer: string | null): boolean {
  const [, kind, subject, detail] = enhanced.exec(answer ?? '') ?? [];
  if (kind === undefined) return true;
  return kind === '5' && !blamesSender(answer) && (subject === '1' || (subject === '2' && detail === '1'));
}
