import type { FieldError, Language } from '#libs/platform';
import { normaliseEmail } from './rules/email.js';
import { normaliseGivenName, normaliseName } from './rules/name.js';
import { parsePersonCode, type PersonCode, type PersonCodeCountry } from './rules/person-code.js';
import { normalisePhone } from './phone.js';

/** Who is treated, checked. With a person code, or else with a birth date (S-3.5). */
export interface PatientDetails {
  givenName: string;
  familyName: string;
  personCode?: PersonCode;
  birthDate?: Temporal.PlainDate;
  email?: string;
  phone?: string;
  language: Language;
}

/** The same as someone typed it. */
export interface TypedPatient {
  givenName: string;
  familyName: string;
  personCode?: { country: PersonCodeCountry; code: string } | undefined;
  birthDate?: Temporal.PlainDate | undefined;
  email?: string | undefined;
  phone?: string | undefined;
}

const oldest = Temporal.PlainDate.from('1900-01-01');

/**
 * Checks what was typed of a person.
 * @param today the day at the clinic; @param country whose national telephone numbers are understood
 * @returns the details, or a mistake for each wrong field (paths as in `TypedPatient`, codes below `common.errors.`)
 */
export function checkPatient(
  typed: TypedPatient,
  language: Language,
  today: Temporal.PlainDate,
  country: PersonCodeCountry = 'LV',
): { ok: true; details: PatientDetails } | { ok: false; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const take = <T>(path: string, code: string, value: T | null): T | undefined => {
    if (value === null) errors.push({ path, code });
    return value ?? undefined;
  };
  const details: PatientDetails = {
    givenName: take('givenName', 'name', normaliseGivenName(typed.givenName)) ?? '',
    familyName: take('familyName', 'name', normaliseName(typed.familyName)) ?? '',
    language,
  };
  const { personCode, birthDate, email, phone } = typed;
  let told: Temporal.PlainDate | null = null;
  if (personCode) {
    const check = parsePersonCode(personCode.country, personCode.code, 'typed', today);
    if (!check.ok) errors.push({ path: 'personCode.code', code: 'person-code' });
    else {
      details.personCode = check.personCode;
      told = check.birthDate;
    }
  }
  if (birthDate) {
    const isPossible =
      Temporal.PlainDate.compare(birthDate, today) <= 0 && Temporal.PlainDate.compare(birthDate, oldest) >= 0;
    if (!isPossible) errors.push({ path: 'birthDate', code: 'birth-date' });
    else if (told && !told.equals(birthDate)) errors.push({ path: 'birthDate', code: 'birth-date-of-code' });
    else details.birthDate = birthDate;
  } else if (told) details.birthDate = told;
  if (!personCode && !birthDate) errors.push({ path: 'birthDate', code: 'code-or-birth-date' });
  if (email !== undefined) {
    const kept = take('email', 'email', normaliseEmail(email));
    if (kept) details.email = kept;
  }
  if (phone !== undefined) {
    const kept = take('phone', 'phone', normalisePhone(phone, country));
    if (kept) details.phone = kept;
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, details };
}
