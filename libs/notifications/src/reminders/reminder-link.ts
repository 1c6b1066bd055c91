import { derive, environment, isDerived, type Language } from '#libs/platform';

/** What the link of a reminder is good for: saying, without signing in, whether one comes to the visits that it tells of. */
const purpose = 'reminder-answer';

/** Twelve bytes, 96 bits: enough against guessing (faults.md G6), and short enough for an SMS. */
const bytes = 12;

/** The last part of the link: `1k-` and sixteen letters. Neither a row nor a job holds it (architecture, decision 5). */
export const reminderKey = ({ id, number }: { id: string; number: string }): string =>
  `${BigInt(number).toString(36)}-${derive(purpose, id).subarray(0, bytes).toString('base64url')}`;

/** The number in a key, to look the reminder up by; null for anything that no key can be. */
export function numberInKey(key: string): string | null {
  const [, number] = /^([0-9a-z]{1,11})-[A-Za-z0-9_-]{16}$/.exec(key) ?? [];
  if (number === undefined) return null;
  return [...number].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString();
}

/** Whether a key is this reminder's own. */
export const isReminderKey = (id: string, key: string): boolean =>
  isDerived(Buffer.from(key.slice(key.indexOf('-') + 1), 'base64url'), purpose, id);

/** The page with the two buttons: it changes nothing until one of them is pressed (promise 11). */
export const answerPage = (language: Language, key: string): string =>
  new URL(`/${language}/come/${key}`, environment().bookingUrl).toString();
