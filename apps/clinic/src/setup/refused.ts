import { Refusal } from '#libs/platform';
import { type FormState, withRefusal } from '#libs/web';

/**
 * The form with what a verb refused beside its fields.
 * @param prefix what the verb's paths have before the form's own names: `branches.<id>.`
 * @throws what was thrown, when it belongs to no field
 */
export function refused(form: FormState, thrown: unknown, prefix = ''): FormState {
  if (!(thrown instanceof Refusal)) throw thrown;
  const errors = (thrown.details.errors ?? []).map(({ path, code }) => ({
    path: path.startsWith(prefix) ? path.slice(prefix.length) : path,
    code: thrown.code === 'incomplete' ? 'setup.errors.needed' : code,
  }));
  return withRefusal(form, new Refusal(thrown.code, { ...thrown.details, errors }));
}
