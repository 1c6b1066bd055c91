import type { DeliveryReport } from './delivery-report.js';

/** What arrived: a calendar's answer, a report about a letter of ours, a machine's answer, or a person's words. */
export type IncomingKind = 'calendar-reply' | 'bounce' | 'auto-reply' | 'letter';

/** What a calendar answered: yes, no, perhaps, or another time, please (RFC 5546 § 3.2.3, § 3.2.7). */
export const partstats = ['accepted', 'declined', 'tentative', 'counter'] as const;
export type Partstat = (typeof partstats)[number];

/** A letter's headers by their names in lower case. */
export type HeaderOf = (name: string) => string | undefined;

/**
 * Whether a machine wrote it, so that nobody waits to be heard: RFC 3834 § 5, and what was used before it. A letter from
 * nobody (an empty envelope sender) is a machine's too.
 */
export function isAutomatic(header: HeaderOf): boolean {
  const submitted = header('auto-submitted')?.trim().toLowerCase() ?? 'no';
  return (
    submitted.split(/[;\s]/)[0] !== 'no' ||
    ['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => header(name) !== undefined) ||
    /^(?:auto_reply|bulk|junk|list)$/i.test(header('precedence')?.trim() ?? '') ||
    header('return-path')?.trim() === '<>' ||
    /(?:^|<|\s)(?:mailer-daemon|postmaster)@/i.test(header('from') ?? '')
  );
}

/** A report is one although a machine sent it, and so is a calendar's answer: Exchange marks both as automatic. */
export function incomingKindOf({
  report,
  partstat,
  automatic,
}: {
  report: DeliveryReport | null;
  partstat: Partstat | null;
  automatic: boolean;
}): IncomingKind {
  if (report) return 'bounce';
  if (partstat) return 'calendar-reply';
  return automatic ? 'auto-reply' : 'letter';
}

/** What a REPLY's PARTSTAT means; null: nothing that anybody decided, as NEEDS-ACTION or DELEGATED. */
export function partstatOf(method: string, partstat: string): Partstat | null {
  if (method.toUpperCase() === 'COUNTER') return 'counter';
  if (method.toUpperCase() !== 'REPLY') return null;
  const word = partstat.toLowerCase();
  return word === 'accepted' || word === 'declined' || word === 'tentative' ? word : null;
}
