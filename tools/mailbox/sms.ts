import { randomUUID } from 'node:crypto';
import type { LetterStore } from './letter-store.js';
import type { Letter } from './read-letter.js';

/** A message to a phone, as SMS_GATEWAY's preset `mailbox` hands it over. */
export interface KeptSms {
  text: string;
  /** Where an answer of the phone goes to. */
  answerUrl?: string;
}

const webAddress = (value: unknown): string | undefined =>
  typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value) ? value : undefined;

const post = async (address: string, body: object): Promise<boolean> => {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
    return answer.ok;
  } catch {
    return false;
  }
};

/**
 * Keeps a message and says that the phone has it.
 * @returns its id, or what is wrong with it
 */
export async function keepSms(letters: LetterStore, body: string): Promise<{ id: string } | { title: string }> {
  let message: Record<string, unknown>;
  try {
    message = JSON.parse(body) as Record<string, unknown>;
  } catch {
    return { title: 'Not JSON' };
  }
  const { to, from, text } = message;
  if (typeof to !== 'string' || typeof text !== 'string') return { title: 'to and text are needed' };
  const answerUrl = webAddress(message['answerUrl']);
  const kept: KeptSms = { text, ...(answerUrl !== undefined && { answerUrl }) };
  const subject = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const sender = typeof from === 'string' ? from : 'Pieraksts';
  const id = await letters.add({ to, from: sender, subject, kind: 'sms' }, Buffer.from(JSON.stringify(kept)));
  const receiptUrl = webAddress(message['receiptUrl']);
  if (receiptUrl !== undefined) void post(receiptUrl, { id, status: 'delivered' });
  return { id };
}

/** Answers as the phone's owner would. @returns whether the portal took it */
export async function answerSms(letter: Letter, text: string): Promise<boolean> {
  if (letter.answerUrl === undefined || text.trim() === '') return false;
  return post(letter.answerUrl, { id: randomUUID(), from: letter.to, to: letter.from, text: text.slice(0, 1600) });
}
