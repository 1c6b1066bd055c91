import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FormError } from './form-state.js';

/** Constraint of class-validator → code of `common.errors.*`. What is not here is `invalid`. */
const codes: Readonly<Record<string, string>> = {
  isDefined: 'required',
  isNotEmpty: 'required',
  whitelistValidation: 'unknown',
  isEmail: 'email',
  isPhoneNumber: 'phone',
  isUUID: 'choice',
  isIn: 'choice',
  isEnum: 'choice',
  isBoolean: 'choice',
  equals: 'agree',
  maxLength: 'too-long',
  minLength: 'too-short',
  isLength: 'length',
  min: 'min',
  max: 'max',
  isInt: 'whole-number',
  isNumber: 'number',
  isNumberString: 'number',
  isPositive: 'number',
  matches: 'format',
  isISO8601: 'date',
  isDateString: 'date',
  isRFC3339: 'instant',
  arrayMaxSize: 'too-many',
  arrayMinSize: 'too-few',
  arrayNotEmpty: 'required',
};

/** A decorator's own `message: 'person-code'` is a code; class-validator's default messages have spaces. */
const ownCode = /^[a-z][a-z0-9.-]{1,80}$/;

const limitsOf = (type: object, property: string, constraint: string): Record<string, number> => {
  const metadata = getMetadataStorage()
    .getTargetValidationMetadatas(type.constructor, '', true, false)
    .find((each) => each.propertyName === property && each.name === constraint);
  const limits = ((metadata?.constraints ?? []) as unknown[]).filter(
    (each): each is number => typeof each === 'number',
  );
  const [first, second] = limits;
  if (constraint === 'isLength') return { min: first ?? 0, max: second ?? 0 };
  return first === undefined ? {} : { limit: first };
};

/** The most telling mistake of one field. */
const mistakeOf = (error: ValidationError): FormError => {
  const constraints = Object.entries(error.constraints ?? {});
  const isAbsent = error.value === undefined || error.value === null;
  // Of several broken rules the one nearest to the field's declaration stands last in class-validator's record.
  const [name = '', message = ''] = constraints.at(-1) ?? [];
  if (name !== 'whitelistValidation' && isAbsent) return { code: 'required' };
  const args = error.target ? limitsOf(error.target, error.property, name) : {};
  const code = ownCode.test(message) ? message : (codes[name] ?? 'invalid');
  return Object.keys(args).length > 0 ? { code, args } : { code };
};

export interface FieldMistake {
  path: string;
  error: FormError;
}

/** Mistakes of nested objects and lists by dotted path, in the order in which the fields were declared. */
export function mistakesOf(errors: readonly ValidationError[], prefix = ''): FieldMistake[] {
  return errors.flatMap((error) => {
    const path = prefix + error.property;
    const own = error.constraints ? [{ path, error: mistakeOf(error) }] : [];
    return [...own, ...mistakesOf(error.children ?? [], `${path}.`)];
  });
}
