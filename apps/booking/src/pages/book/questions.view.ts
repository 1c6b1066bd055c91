import type { PatientLine } from '#libs/people';
import { type Language, translate } from '#libs/platform';
import type { ServiceConditions } from '#libs/profiles';
import { agesInWords } from '../ages-in-words.js';
import { type AskedQuestion, questionsOfService } from '../../questions-of-service.js';

/** A question as a field of the form. */
export interface QuestionField {
  name: string;
  label: string;
  hint: string | undefined;
  required: boolean;
  kind: 'radio' | 'text';
  type: string;
  inputmode: string | undefined;
  options: { value: string; label: string }[];
}

/** What is asked before the visit, and for whom it is. */
export interface QuestionsModel {
  ages: string | undefined;
  fields: QuestionField[];
  /** The fields' labels by name, for the summary of mistakes. */
  labels: Record<string, string>;
}

function fieldOf(language: Language, { id, kind, text, hint, required, options }: AskedQuestion): QuestionField {
  const isChosen = kind === 'choice' || kind === 'yes-no';
  return {
    name: `answers.${id}`,
    label: text,
    hint: kind === 'number' ? translate(language, 'services.ask.number-hint') : hint,
    // Whoever has no Estonian code must say it; the hint tells who need not.
    required: required || id === 'sex',
    kind: isChosen ? 'radio' : 'text',
    type: kind === 'date' ? 'date' : 'text',
    inputmode: kind === 'number' ? 'decimal' : undefined,
    options,
  };
}

/** The questions of a service; the day of birth only where somebody of the account has none. */
export function questionsModel(
  language: Language,
  service: ServiceConditions,
  people: readonly PatientLine[],
): QuestionsModel {
  const ages = agesInWords(language, service);
  const asksBirth = ages !== undefined && people.some(({ birthDate }) => birthDate === null);
  const birth: AskedQuestion[] = asksBirth
    ? [
        {
          id: 'birth-date',
          kind: 'date',
          text: translate(language, 'services.ask.birth-date'),
          hint: translate(language, 'services.ask.birth-date-hint'),
          required: false,
          options: [],
        },
      ]
    : [];
  const fields = [...birth, ...questionsOfService(language, service)].map((each) => fieldOf(language, each));
  return {
    ages: ages && translate(language, 'services.ask.for-ages', { ages }),
    fields,
    labels: Object.fromEntries(fields.map(({ name, label }) => [name, label])),
  };
}
