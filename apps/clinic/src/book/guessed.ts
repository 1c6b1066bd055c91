import { datesOf } from '#libs/people';
import type { Language } from '#libs/platform';

/** A name that was typed fast begins with a capital on the form; what somebody wrote with capitals stays as it is. */
const capitalised = (name: string): string =>
  name === name.toLowerCase()
    ? name.replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    : name;

/**
 * What was searched for, as the first fields of somebody new: a code or a birth date, a telephone number, else a name.
 * @param today the day at the clinic
 */
export function guessed(q: string | undefined, language: Language, today: Temporal.PlainDate): Record<string, unknown> {
  const known = { patient: { language: language === 'en' ? 'lv' : language } };
  if (!q) return known;
  const digits = q.replace(/[\s-]/g, '');
  if (/^\d{11}$/.test(digits) || datesOf(q, today).length > 0) return { ...known, 'patient.identity': q.trim() };
  if (/^\+?\d{7,15}$/.test(digits)) return { ...known, phone: q };
  const name = q.replace(/[\d+.]+/g, ' ').trim();
  const [givenName = '', ...family] = capitalised(name).split(/\s+/);
  return { ...known, 'patient.givenName': givenName, 'patient.familyName': family.join(' ') };
}
