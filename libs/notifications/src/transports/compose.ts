import type { SendMailOptions } from 'nodemailer';
import type { Organizer } from '../invitation/invitation.js';
import { isPlainAddress } from '../rules/mail-address.js';
import { DeliveryFailure, type OutgoingLetter } from './outgoing-letter.js';

const messageIdForm = /^<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>$/;

/**
 * What is handed to nodemailer. The recipient stands in the envelope and in `To` and nowhere else; neither has a display
 * name, and the subject is one line. Nothing that a person typed reaches a header (faults.md E10, H2).
 * @throws DeliveryFailure `address-invalid` when the recipient is anything but one plain address
 */
export function compose(letter: OutgoingLetter, from: Organizer): SendMailOptions {
  if (!isPlainAddress(letter.to)) throw new DeliveryFailure('address-invalid', true);
  const { references = [] } = letter;
  if (![letter.messageId, ...references].every((id) => messageIdForm.test(id))) throw new Error('not a Message-ID');
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  if (/[\u0000-\u001f\u007f]/.test(letter.subject)) throw new Error('a subject is one line');
  return {
    envelope: { from: from.address, to: [letter.to] },
    from: { name: from.name, address: from.address },
    to: { name: '', address: letter.to },
    subject: letter.subject,
    messageId: letter.messageId,
    // RFC 5322 § 3.6.4: the letter before, and all that led to it.
    ...(references.length > 0 && { inReplyTo: references.at(-1) ?? '', references: [...references] }),
    text: letter.text,
    html: letter.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
    attachments: (letter.furtherInvitations ?? []).map((content, n) => ({
      filename: `invite-${n + 2}.ics`,
      content: Buffer.from(content, 'utf8'),
      // One message has one text/calendar with a method (S-2.11): programs act on one event, and which would be theirs to guess.
      contentType: 'application/ics; charset=utf-8',
      contentTransferEncoding: 'base64' as const,
    })),
    ...(letter.invitation && {
      icalEvent: {
        method: letter.invitation.method,
        filename: 'invite.ics',
        content: Buffer.from(letter.invitation.content, 'utf8'),
        // Base64 keeps every line of the calendar as it is, CRLF and folding included (S-2.11).
        contentTransferEncoding: 'base64',
      },
    }),
  };
}
