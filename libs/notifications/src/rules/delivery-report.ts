/** What a report says of a letter: it came back, waits, or arrived (RFC 3464), or somebody called it junk (RFC 5965). */
export interface DeliveryReport {
  action: 'failed' | 'delayed' | 'arrived' | 'complained';
  /** The status code, such as `5.1.1`; null: none was given. */
  status: string | null;
}

const actions: Readonly<Record<string, DeliveryReport['action']>> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'arrived',
  relayed: 'arrived',
  expanded: 'arrived',
};

/** The fields of a block of `Name: value` lines, folded ones too; names in lower case. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/**
 * Reads a `message/delivery-status` part: a block about the letter, then one for each recipient. Ours have one recipient,
 * so the first block with an action is the one.
 * @returns null when it names no action that is known (RFC 3464 § 2.3.3)
 */
export function deliveryReportOf(text: string): DeliveryReport | null {
  for (const block of text.split(/\r?\n[ \t]*\r?\n/)) {
    const fields = fieldsOf(block);
    const action = actions[(fields.get('action') ?? '').toLowerCase().split(/[\s(;]/)[0] ?? ''];
    if (action)
      return { action, status: /(?:^|\s)([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? null };
  }
  return null;
}

/** Reads a `message/feedback-report` part: only what says that a person did not want the letter. */
export function complaintOf(text: string): DeliveryReport | null {
  const kind = fieldsOf(text).get('feedback-type')?.toLowerCase() ?? '';
  return kind === 'abuse' || kind === 'fraud' ? { action: 'complained', status: null } : null;
}

/** The Message-ID that a returned letter, or its headers alone, names. */
export function messageIdIn(returned: string): string | null {
  const [head = ''] = returned.replace(/^(?:\r?\n)+/, '').split(/\r?\n\r?\n/);
  return /<[!-;=?-~]{1,250}>/.exec(fieldsOf(head).get('message-id') ?? '')?.[0] ?? null;
}

/** All Message-IDs of `In-Reply-To` and `References`, each once, the nearest first; at most twenty. */
export const threadOf = (...headers: readonly (string | undefined)[]): string[] =>
  [...new Set(headers.flatMap((header) => (header ?? '').match(/<[!-;=?-~]{1,250}>/g)?.toReversed() ?? []))].slice(
    0,
    20,
  );
