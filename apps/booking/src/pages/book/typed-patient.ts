import { checkPatient, normaliseEmail, normalisePhone, type PatientDetails } from '#libs/people';
import type { FieldError, Language } from '#libs/platform';
import { parseDate } from '#libs/time';
import { type FormState, withError } from '#libs/web';
import type { DetailsForm } from './details.form.js';
import { withSmsChecked } from './wish-for-sms.js';

/** What the form says once it was understood. */
export interface TypedDetails {
  patient: { id: string } | PatientDetails;
  email: string | null;
  phone: string;
}

interface Setting {
  language: Language;
  today: Temporal.PlainDate;
  country: 'LV' | 'EE';
  /** The proven address of the account; without one the form's own is taken. */
  provenEmail: string | null;
}

/** Which field of the form a mistake of the person's details belongs to. */
const fieldOf: Readonly<Record<string, string>> = {
  'personCode.code': 'personCode',
  'patient.personCode.code': 'personCode',
  'patient.birthDate': 'birthDate',
};

const codeOf: Readonly<Record<string, string>> = {
  'code-or-birth-date': 'booking.details.errors.identity',
  'person-code': 'booking.details.errors.personCode',
  'person-code-of-other': 'booking.details.errors.personCodeOfOther',
  'birth-date': 'booking.details.errors.birthDate',
  'birth-date-of-code': 'booking.details.errors.birthDateOfCode',
  name: 'booking.details.errors.name',
  phone: 'booking.details.errors.phone',
  email: 'booking.details.errors.email',
};

/** The form with what a person's details got wrong, each beside its field. */
export const withPatientErrors = (form: FormState, errors: readonly FieldError[]): FormState =>
  errors.reduce((state, { path, code }) => withError(state, fieldOf[path] ?? path, codeOf[code] ?? code), form);

/** All mistakes at once: somebody new needs a code or a birth date, whatever else is missing. */
export function withIdentityAsked(form: FormState): FormState {
  const { who = 'new', personCode, birthDate } = form.values;
  return who !== 'new' || personCode || birthDate
    ? form
    : withError(form, 'birthDate', 'booking.details.errors.identity');
}

/** @returns what was meant, or the form with a mistake beside each wrong field */
export function typedDetails(
  typed: DetailsForm,
  form: FormState,
  { language, today, country, provenEmail }: Setting,
): { ok: true; details: TypedDetails } | { ok: false; form: FormState } {
  const email = provenEmail ?? (typed.email ? normaliseEmail(typed.email) : null);
  const phone = normalisePhone(typed.phone, country);
  let state = withSmsChecked(form, { sms: typed.sms, phone: typed.phone }, country);
  if (email === null) state = withError(state, 'email', typed.email ? 'email' : 'required');
  if (phone === null) state = withError(state, 'phone', 'booking.details.errors.phone');
  if (typed.who !== undefined && typed.who !== 'new') {
    if (state.mistakes.length > 0 || phone === null) return { ok: false, form: state };
    return { ok: true, details: { patient: { id: typed.who }, email, phone } };
  }
  const birthDate = typed.birthDate === undefined ? undefined : parseDate(typed.birthDate);
  if (birthDate === null) state = withError(state, 'birthDate', 'date');
  const checked = checkPatient(
    {
      givenName: typed.givenName ?? '',
      familyName: typed.familyName ?? '',
      ...(typed.personCode && { personCode: { country: typed.personCodeCountry ?? country, code: typed.personCode } }),
      ...(birthDate && { birthDate }),
    },
    language,
    today,
    country,
  );
  if (!checked.ok) state = withPatientErrors(state, checked.errors);
  if (!checked.ok || phone === null || state.mistakes.length > 0) return { ok: false, form: state };
  const patient: PatientDetails = { ...checked.details, phone, ...(email && { email }) };
  return { ok: true, details: { patient, email, phone } };
}
