import { type Language, translate, wordsIn } from '#libs/platform';
import { askedOfEverybody, type QuestionKind, type ServiceConditions } from '#libs/profiles';

/** A question as people and programs read it; the portal's own have a word as id, a clinic's a UUID. */
export interface AskedQuestion {
  id: string;
  kind: QuestionKind | 'date';
  text: string;
  hint: string | undefined;
  required: boolean;
  options: { value: string; label: string }[];
}

/** What a service asks before a visit: the portal's own questions first, the clinic's in their order. */
export function questionsOfService(language: Language, service: ServiceConditions): AskedQuestion[] {
  const say = (key: string): string => translate(language, `services.ask.${key}`);
  const optionsOf: Record<string, string[]> = {
    sex: ['female', 'male'],
    visit: ['first', 'repeat'],
    group: [...service.targetGroups, 'none'],
  };
  const builtIn = askedOfEverybody(service).map((id) => ({
    id,
    kind: 'choice' as const,
    text: say(id),
    hint: id === 'sex' ? say('sex-hint') : undefined,
    // An Estonian person code tells the sex.
    required: id !== 'sex',
    options: (optionsOf[id] ?? []).map((value) => ({
      value,
      label:
        id === 'group' && value !== 'none' ? translate(language, `services.groups.${value}`) : say(`${id}-${value}`),
    })),
  }));
  const own = service.questions.map(({ id, kind, words, required, options }) => ({
    id,
    kind,
    text: wordsIn(language, words),
    hint: undefined,
    required,
    options:
      kind === 'yes-no'
        ? (['yes', 'no'] as const).map((value) => ({ value, label: translate(language, `common.form.${value}`) }))
        : options.map((option) => ({ value: option.id, label: wordsIn(language, option.words) })),
  }));
  return [...builtIn, ...own];
}
