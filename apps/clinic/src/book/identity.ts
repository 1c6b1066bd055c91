import { datesOf, parsePersonCode, type PersonCodeCountry } from '#libs/people';

/** What the one field of a new patient says: a code of a country, a day, or neither. */
export type Identity =
  | { personCode: { country: PersonCodeCountry; code: string } }
  | { birthDate: Temporal.PlainDate }
  | { mistake: 'caller.new.identity-needed' | 'caller.new.identity-wrong' };

/** Latvia prints the dash. */
const dashed = /^\s*\d{6}\s*-\s*\d{5}\s*$/;

/**
 * Reads a person code or a birth date. A code without a dash is of the country whose rules it fits, the clinic's own before
 * the other; one that fits neither is handed on as the clinic's, so that its own check says what is wrong.
 * @param home the clinic's country; @param today the day there
 */
export function identityOf(text: string | undefined, home: PersonCodeCountry, today: Temporal.PlainDate): Identity {
  const typed = text?.trim() ?? '';
  if (typed === '') return { mistake: 'caller.new.identity-needed' };
  const code = typed.replace(/[\s-]/g, '');
  if (!/^\d{11}$/.test(code)) {
    const [birthDate] = datesOf(typed, today);
    return birthDate ? { birthDate } : { mistake: 'caller.new.identity-wrong' };
  }
  if (dashed.test(typed)) return { personCode: { country: 'LV', code } };
  const countries: PersonCodeCountry[] = home === 'LV' ? ['LV', 'EE'] : ['EE', 'LV'];
  const checked = countries.map((country) => ({ country, check: parsePersonCode(country, code, 'typed', today) }));
  const sure = checked.find(({ check }) => check.ok && !check.isDoubtful) ?? checked.find(({ check }) => check.ok);
  return { personCode: { country: sure?.country ?? home, code } };
}
