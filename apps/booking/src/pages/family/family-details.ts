import { type PatientDetails } from '#libs/people';
import { type FieldError, type Language } from '#libs/platform';
import { emptyForm, type FormState, withError } from '#libs/web';
import { DetailsForm } from '../book/details.form.js';
import { typedDetails, withIdentityAsked, withPatientErrors } from '../book/typed-patient.js';
import type { PeopleForm } from './family.form.js';

/** Everybody of the form, once it was understood. */
export interface TypedFamily {
  people: ({ id: string } | PatientDetails)[];
  email: string | null;
  phone: string;
}

interface Setting {
  language: Language;
  today: Temporal.PlainDate;
  country: 'LV' | 'EE';
  provenEmail: string | null;
}

/** What all have in common; said once, whoever it is wrong for. */
const shared: ReadonlySet<string> = new Set(['phone', 'email', 'sms']);

const prefixOf = (row: number): string => `people.${row}.`;

/** The fields of one row under their plain names. */
function rowOf(form: FormState, row: number): FormState {
  const values: Record<string, FormState['values'][string]> = {};
  for (const [name, value] of Object.entries(form.values)) {
    if (name.startsWith(prefixOf(row))) values[name.slice(prefixOf(row).length)] = value;
  }
  return { ...emptyForm(), values };
}

const withRowErrors = (form: FormState, row: number, own: FormState): FormState =>
  own.mistakes.reduce((state, { field, error }) => {
    const name = shared.has(field) ? field : prefixOf(row) + field;
    return name in state.errors ? state : withError(state, name, error.code, error.args);
  }, form);

/** All mistakes at once: everybody new needs a code or a birth date, whatever else is missing. */
export const withIdentitiesAsked = (form: FormState, people: number): FormState =>
  Array.from({ length: people }, (_, row) => row).reduce(
    (state, row) => withRowErrors(state, row, withIdentityAsked(rowOf(form, row))),
    form,
  );

/** @returns who was meant, or the form with a mistake beside each wrong field */
export function typedFamily(
  typed: PeopleForm,
  form: FormState,
  setting: Setting,
): { ok: true; family: TypedFamily } | { ok: false; form: FormState } {
  let state = form;
  const people: TypedFamily['people'] = [];
  let reached: { email: string | null; phone: string } | undefined;
  for (const [row, person] of typed.people.entries()) {
    const details = Object.assign(new DetailsForm(), {
      ...person,
      phone: typed.phone,
      email: typed.email,
      sms: typed.sms,
    });
    const read = typedDetails(details, rowOf(form, row), setting);
    if (!read.ok) state = withRowErrors(state, row, read.form);
    else {
      reached = { email: read.details.email, phone: read.details.phone };
      people.push(read.details.patient);
    }
  }
  if (reached === undefined || state.mistakes.length > 0) return { ok: false, form: state };
  return { ok: true, family: { people, ...reached } };
}

/** The form with what a verb found wrong in its rows. */
export function withFamilyErrors(form: FormState, errors: readonly FieldError[]): FormState {
  return errors.reduce((state, { path, code }) => {
    const [, row, field] = /^people\.(\d)\.?(.*)$/.exec(path) ?? [];
    if (row === undefined) return withPatientErrors(state, [{ path, code }]);
    if (!field) return withError(state, `${prefixOf(Number(row))}who`, ownWords[code] ?? `refusals.${code}.detail`);
    return withRowErrors(state, Number(row), withPatientErrors(emptyForm(), [{ path: field, code }]));
  }, form);
}

const ownWords: Readonly<Record<string, string>> = {
  'same-person': 'together.family.errors.samePerson',
  'patient-busy': 'together.family.errors.busy',
};
