import { type Language, languages, translate, wordsIn } from '#libs/platform';
import { type Question, type QuestionKind, questionKinds } from '#libs/profiles';
import { type FormState, formOf } from '#libs/web';
import { mostOptions } from './question.form.js';

/** So many answers are asked for at once; the rest is a press away. */
const shownOptions = 3;

const staff = (language: Language, key: string): string => translate(language, `services.staff.${key}`);

/** The questions of a service as lines, with what can be done to each. */
export const questionLines = (language: Language, service: string, questions: readonly Question[]): object[] =>
  questions.map((question, n) => {
    const { stopValues, stopBelow, stopAbove } = question;
    const self = `${service}/questions/${question.id}`;
    return {
      text: wordsIn(language, question.words),
      kind: staff(language, `kinds.${question.kind}`),
      isOptional: !question.required,
      stops: stopValues.length > 0 || stopBelow !== null || stopAbove !== null,
      href: self,
      arrange: `${self}/arrange`,
      isFirst: n === 0,
      isLast: n === questions.length - 1,
    };
  });

/** A question as its form begins. */
export const formOfQuestion = (question: Question): FormState => {
  const { options, stopValues, ...rest } = question;
  return formOf({
    ...rest,
    stopOn: stopValues[0],
    options: options.map(({ id, words }) => ({ id, ...words, stops: stopValues.includes(id) })),
  });
};

export const newQuestion = (kind: QuestionKind): FormState => formOf({ kind, required: true });

/** Everything that the form of one kind shows. */
export function questionModel(language: Language, kind: QuestionKind, form: FormState): object {
  const each = languages.map((value) => ({ name: value, label: translate(language, `clinic.languages.${value}`) }));
  const options =
    kind === 'choice'
      ? Array.from({ length: mostOptions }, (_, n) => ({
          id: form.values[`options.${n}.id`] ?? '',
          idField: `options.${n}.id`,
          legend: translate(language, 'services.staff.option', { n: n + 1 }),
          fields: each.map(({ name, label }) => ({ name: `options.${n}.${name}`, label })),
          stops: `options.${n}.stops`,
        }))
      : [];
  return {
    languages: each,
    isYesNo: kind === 'yes-no',
    isChoice: kind === 'choice',
    isNumber: kind === 'number',
    mayStop: kind !== 'short-text',
    kindName: staff(language, `kinds.${kind}`),
    options: options.slice(0, shownOptions),
    moreOptions: options.slice(shownOptions),
    hasMore: options.slice(shownOptions).some(({ fields }) => fields.some(({ name }) => form.values[name])),
    stopChoices: [
      { value: '', label: '—' },
      { value: 'yes', label: staff(language, 'stop-on-yes') },
      { value: 'no', label: staff(language, 'stop-on-no') },
    ],
    labels: Object.fromEntries([
      ...each.map(({ name, label }) => [`words.${name}`, `${staff(language, 'question-title')}, ${label}`]),
      ...each.map(({ name, label }) => [`advice.${name}`, `${staff(language, 'advice')}, ${label}`]),
      ['options.0.lv', staff(language, 'options')],
      ['stopBelow', staff(language, 'stop-below')],
      ['stopAbove', staff(language, 'stop-above')],
    ]),
  };
}

/** The kinds to begin a new question with. */
export const kindLinks = (language: Language, service: string): object[] =>
  questionKinds.map((kind) => ({
    href: `${service}/questions/new?kind=${kind}`,
    label: staff(language, `kinds.${kind}`),
  }));
