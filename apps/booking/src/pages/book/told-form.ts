import type { FieldError } from '#libs/platform';
import { type Answer, readTold, type ServiceConditions, type Told } from '#libs/profiles';
import { type FormState, withError } from '#libs/web';

const prefix = 'answers.';

/** What was answered on the page: a field for each question, named by it. */
export const answersOf = (values: FormState['values']): Answer[] =>
  Object.entries(values).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [{ questionId: name.slice(prefix.length), value: [value].flat()[0] ?? '' }] : [],
  );

/** What the portal may know better than the page: a code tells the sex, and mostly the day of birth. */
const maybeKnown: ReadonlySet<string> = new Set(['sex', 'birth-date']);

const withMistake = (form: FormState, questionId: string, code: string): FormState =>
  withError(form, prefix + questionId, code);

/** Reads the answers before anything else: one may stop the booking, whatever else is missing. */
export function readAnswersOf(
  form: FormState,
  service: ServiceConditions,
  today: Temporal.PlainDate,
): { told: Told; form: FormState } {
  const nothing = { birthDate: null, sex: null, visit: null };
  const told = readTold(service, answersOf(form.values), nothing, { day: today, today });
  const mistakes = told.mistakes.filter(({ questionId, code }) => code !== 'required' || !maybeKnown.has(questionId));
  return { told, form: mistakes.reduce((state, each) => withMistake(state, each.questionId, each.code), form) };
}

/** The form with what the verb found wrong with the answers, each beside its question; other mistakes are left out. */
export function withAnswerErrors(form: FormState, errors: readonly FieldError[]): FormState {
  const answers = answersOf(form.values);
  return errors.reduce((state, { path, code }) => {
    const [, place = ''] = /^answers\.([^.]+)/.exec(path) ?? [];
    const questionId = /^\d+$/.test(place) ? answers[Number(place)]?.questionId : place;
    if (!questionId) return state;
    // Somebody new tells the day of birth above.
    const isNew = questionId === 'birth-date' && (form.values['who'] ?? 'new') === 'new';
    return isNew ? withError(state, 'birthDate', code) : withMistake(state, questionId, code);
  }, form);
}
