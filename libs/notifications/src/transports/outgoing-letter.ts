import type { Language } from '#libs/platform';

/** A finished letter to exactly one address. */
export interface OutgoingLetter {
  to: string;
  language: Language;
  subject: string;
  text: string;
  html: string;
  /** The same for every try, so that a letter that arrives twice is seen to be one. */
  messageId: string;
  /** The Message-IDs of the letters that this one follows, oldest first: mail programs show them as one conversation. */
  references?: readonly string[];
  invitation?: { method: 'REQUEST' | 'CANCEL'; content: string };
  /** Of the other visits of a series, each a file of its own: an invitation is about one event (RFC 5546 § 3.2.2). */
  furtherInvitations?: readonly string[];
}

/** Why a letter did not leave; a word of ours, because a server's answer quotes addresses. */
export type FailureReason =
  | 'address-invalid'
  | 'address-refused'
  | 'letter-refused'
  | 'server-unreachable'
  | 'server-refused'
  // Nothing that the other side did: an error in the portal, or settings of it that the other side refuses.
  | 'our-fault'
  // Of short messages only: it may have been taken, so it is never handed over again; or only some numbers are reached.
  | 'answer-lost'
  | 'not-allowed-here';

/** A letter did not leave. `isFinal`: trying again would not change it. */
export class DeliveryFailure extends Error {
  constructor(
    readonly reason: FailureReason,
    readonly isFinal: boolean,
    /** The server's answer as codes, never its text. */
    readonly answer: string | null = null,
    /** What was thrown, for the log. */
    cause?: unknown,
  ) {
    super(reason, { cause });
    this.name = 'DeliveryFailure';
  }
}

/** How letters leave: over SMTP, or into a folder. */
export interface LetterTransport {
  /**
   * Hands the letter over; when it resolves, the server has taken it.
   * @returns the server's answer as codes, where there is one
   * @throws DeliveryFailure
   */
  send(letter: OutgoingLetter): Promise<string | null>;
  close(): Promise<void>;
}

/** The injection token of the transport. */
export const LETTER_TRANSPORT = Symbol('LETTER_TRANSPORT');
