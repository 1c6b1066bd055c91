import ICAL from 'ical.js';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { complaintOf, type DeliveryReport, deliveryReportOf, messageIdIn, threadOf } from '../rules/delivery-report.js';
import { isPlainAddress } from '../rules/mail-address.js';
import { plainTextOf } from '../rules/plain-text.js';
import { incomingKindOf, type IncomingKind, isAutomatic, type Partstat, partstatOf } from '../rules/incoming-kind.js';

/** What a calendar answered to an invitation. */
export interface CalendarReply {
  uid: string;
  partstat: Partstat;
  /** The SEQUENCE of the invitation that it answers. */
  sequence: number;
}

/** A letter that arrived, as far as the portal understands it. Everything in it is what somebody says, and proves nothing. */
export interface ArrivedLetter {
  kind: IncomingKind;
  messageId: string | null;
  /** The address in `From`, in lower case; null: none, or one that is not plain. */
  sender: string | null;
  /** The Message-IDs that it answers to or sends back, the nearest first. */
  thread: string[];
  report: DeliveryReport | null;
  reply: CalendarReply | null;
  /** Its text, at most 10,000 characters; never HTML. */
  text: string;
}

const longestText = 10_000;
/** No answer and no report needs more; what a letter of megabytes is made of could keep a process busy for seconds. */
const mostRead = 96 * 1024;
/** The parser keeps each line as pieces of its own: a letter of nothing but line ends would take it seconds. */
const mostLines = 4_000;
const longestPart = 12 * 1024;
const utf8 = new TextDecoder();

/** As much of a letter as is read. */
function beginningOf(raw: Uint8Array): Uint8Array {
  let end = -1;
  for (let line = 0; line < mostLines; line++) {
    end = raw.indexOf(0x0a, end + 1);
    if (end === -1 || end >= mostRead) return raw.subarray(0, mostRead);
  }
  return raw.subarray(0, end + 1);
}

const textOf = ({ content }: Attachment): string => (typeof content === 'string' ? content : utf8.decode(content));

const isReport = /^message\/(?:global-)?delivery-status$/;
const isReturned = /^(?:message\/(?:rfc822|global)|(?:text|message)\/(?:rfc822-headers|global-headers))$/;
const isCalendar = /^(?:text\/calendar|application\/ics)$/;

/**
 * Reads a letter as it came over the wire (RFC 5322). It never throws for what somebody wrote: what cannot be read is a
 * letter without a text.
 */
export async function readLetter(raw: Uint8Array): Promise<ArrivedLetter> {
  let email: Email;
  try {
    // Limits against a letter made of nothing but nesting or headers.
    const limits = { maxNestingDepth: 30, maxHeadersSize: 64 * 1024 };
    email = await PostalMime.parse(beginningOf(raw), { forceRfc822Attachments: true, ...limits });
  } catch {
    return { kind: 'auto-reply', messageId: null, sender: null, thread: [], report: null, reply: null, text: '' };
  }
  const { attachments } = email;
  const header = (name: string): string | undefined => email.headers.find(({ key }) => key === name)?.value;
  const part = (type: RegExp): string | undefined => {
    const found = attachments.find(({ mimeType }) => type.test(mimeType));
    return found && textOf(found).slice(0, longestPart);
  };
  const address = email.from?.address?.toLowerCase() ?? '';
  const report = /report-type="?feedback-report/i.test(header('content-type') ?? '')
    ? complaintOf(part(/^message\/feedback-report$/) ?? '')
    : deliveryReportOf(part(isReport) ?? '');
  const reply = report ? null : replyOf(part(isCalendar));
  const returned = report ? messageIdIn(part(isReturned) ?? '') : null;
  return {
    kind: incomingKindOf({ report, partstat: reply?.partstat ?? null, automatic: isAutomatic(header) }),
    messageId: /<[!-;=?-~]{1,250}>/.exec(header('message-id') ?? '')?.[0] ?? null,
    sender: isPlainAddress(address) ? address : null,
    thread: threadOf(returned ?? undefined, header('in-reply-to'), header('references')),
    report,
    reply,
    text: (email.text?.trim() || plainTextOf((email.html ?? '').slice(0, 10 * longestText)))
      .slice(0, longestText)
      .toWellFormed()
      .replaceAll('\u0000', ''),
  };
}

/** The answer inside an iTIP message; null: it is none, or cannot be read. */
function replyOf(text: string | undefined): CalendarReply | null {
  if (text === undefined) return null;
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as never);
    const event = calendar.getFirstSubcomponent('vevent');
    const said = event?.getFirstProperty('attendee')?.getFirstParameter('partstat');
    const partstat = partstatOf(String(calendar.getFirstPropertyValue('method') ?? ''), said ?? '');
    const uid = String(event?.getFirstPropertyValue('uid') ?? '');
    const sequence = Number(event?.getFirstPropertyValue('sequence') ?? 0);
    if (partstat === null || uid === '') return null;
    return {
      uid,
      partstat,
      sequence: Number.isSafeInteger(sequence) && sequence >= 0 ? Math.min(sequence, 2 ** 31 - 1) : 0,
    };
  } catch {
    return null;
  }
}
