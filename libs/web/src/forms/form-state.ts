import { Refusal } from '#libs/platform';

/** For messages about limits where the limits are not known. */
export const noLimits = { limit: 'none', min: 'none', max: 'none' } as const;

/** A mistake in one field: `common.errors.<code>` with these arguments, or a whole key with dots of its own. */
export interface FormError {
  code: string;
  args?: Record<string, string | number>;
}

export type FormValue = string | readonly string[];

/** What a form shows: what was typed, by the field's name, and what is wrong with it. */
export interface FormState {
  values: Readonly<Record<string, FormValue>>;
  errors: Readonly<Record<string, FormError>>;
  /** The same mistakes in the order of the form, for the summary at its top. */
  mistakes: readonly { field: string; error: FormError }[];
}

/** A form nobody has filled yet. */
export const emptyForm = (): FormState => ({ values: {}, errors: {}, mistakes: [] });

type Shown =
  string | number | boolean | bigint | readonly (string | number)[] | Temporal.PlainDate | Temporal.PlainTime;

const shown = (value: Shown | null | undefined): FormValue | undefined => {
  if (value === undefined || value === null || value === false) return undefined;
  if (value === true) return 'on';
  if (Array.isArray(value)) return value.map(String);
  return String(value);
};

/** A form filled beforehand with what is known. Nested members are named by their path, as the fields are. */
export function formOf(values: Readonly<Record<string, unknown>>): FormState {
  const flat: Record<string, FormValue> = {};
  const walk = (prefix: string, members: Readonly<Record<string, unknown>>): void => {
    for (const [name, value] of Object.entries(members)) {
      const isGroup = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
      const isRows = Array.isArray(value) && value.some((row) => typeof row === 'object');
      if (isGroup || isRows) walk(`${prefix}${name}.`, { ...value });
      else {
        const text = shown(value as Shown);
        if (text !== undefined) flat[prefix + name] = text;
      }
    }
  };
  walk('', values);
  return { values: flat, errors: {}, mistakes: [] };
}

/** The form with one more mistake; the first one of a field stays. */
export function withError(form: FormState, field: string, code: string, args?: FormError['args']): FormState {
  if (form.errors[field] !== undefined) return form;
  const error: FormError = { code, ...(args && { args }) };
  return { ...form, errors: { ...form.errors, [field]: error }, mistakes: [...form.mistakes, { field, error }] };
}

/**
 * The form with what a verb refused: `errors[]` beside their fields, or `byCode` naming the field that a code belongs
 * to. @throws the given error when it is anything else, so that it is answered as what it is
 */
export function withRefusal(form: FormState, thrown: unknown, byCode: Partial<Record<string, string>> = {}): FormState {
  if (!(thrown instanceof Refusal)) throw thrown;
  const field = byCode[thrown.code];
  if (field !== undefined) return withError(form, field, `refusals.${thrown.code}.detail`);
  const errors = thrown.details.errors ?? [];
  if (errors.length === 0) throw thrown;
  return errors.reduce((state, error) => withError(state, error.path, error.code, error.args), form);
}
