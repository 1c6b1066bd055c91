import { parseDate } from '#libs/time';
import {
  type ForWhom,
  isForThem,
  type NotForThem,
  sexes,
  type Sex,
  type Traits,
  type VisitKind,
  visitKinds,
} from './for-whom.js';
import { type Answer, type Question, readAnswers } from './questions.js';
import type { TargetGroup } from './target-groups.js';

/** Questions that the portal itself asks where a service is not for everybody; answered beside the service's own. */
export const builtInQuestions = ['birth-date', 'sex', 'visit', 'group'] as const;
export type BuiltInQuestion = (typeof builtInQuestions)[number];

const isBuiltIn = (id: string): id is BuiltInQuestion => builtInQuestions.some((each) => each === id);

/** The built-in questions of a service, in their order; the birth date is asked only where it is not known. */
export const askedOfEverybody = (service: ForWhom): BuiltInQuestion[] => [
  ...(service.sex === null ? [] : (['sex'] as const)),
  ...(service.visitKind === null ? [] : (['visit'] as const)),
  ...(service.targetGroups.length === 0 ? [] : (['group'] as const)),
];

/** What somebody said of themself beside the clinic's own questions. */
export interface SaidOfThemself {
  birthDate: Temporal.PlainDate | null;
  sex: Sex | null;
  visit: VisitKind | null;
  group: TargetGroup | 'none' | null;
}

export interface Told {
  answers: { question: Question; value: string }[];
  said: SaidOfThemself;
  /** Dotted paths as the API has them: `answers.0.value`; what was not answered at all is `answers.<questionId>`. */
  mistakes: { path: string; questionId: string; code: string }[];
  stoppedBy: { question: Question; path: string } | null;
  /** Why the service is not for them, as far as it is known. */
  why: NotForThem | null;
}

const oldest = Temporal.PlainDate.from('1900-01-01');

function readBuiltIn(
  service: ForWhom,
  id: BuiltInQuestion,
  value: string,
  today: Temporal.PlainDate,
): Partial<SaidOfThemself> | 'unknown' | 'choice' | 'date' {
  switch (id) {
    case 'birth-date': {
      if (service.ageFrom === null && service.ageTo === null) return 'unknown';
      const day = parseDate(value);
      const { compare } = Temporal.PlainDate;
      return day !== null && compare(day, today) <= 0 && compare(day, oldest) >= 0 ? { birthDate: day } : 'date';
    }
    case 'sex': {
      const sex = sexes.find((each) => each === value);
      return service.sex === null ? 'unknown' : sex ? { sex } : 'choice';
    }
    case 'visit': {
      const visit = visitKinds.find((each) => each === value);
      return service.visitKind === null ? 'unknown' : visit ? { visit } : 'choice';
    }
    case 'group': {
      const group = service.targetGroups.find((each) => each === value) ?? (value === 'none' ? 'none' : undefined);
      return service.targetGroups.length === 0 ? 'unknown' : group ? { group } : 'choice';
    }
  }
}

/**
 * Reads what somebody answered before a visit, and whether the service is for them.
 * @param known what the portal knows of them, which counts more than what was said
 * @param day of the visit, and today, both in the branch's zone
 */
export function readTold(
  service: ForWhom & { questions: readonly Question[] },
  given: readonly Answer[],
  known: Pick<Traits, 'birthDate' | 'sex' | 'visit'>,
  { day, today }: { day: Temporal.PlainDate; today: Temporal.PlainDate },
): Told {
  const said: SaidOfThemself = { birthDate: null, sex: null, visit: null, group: null };
  const mistakes: Told['mistakes'] = [];
  const own: (Answer & { place: number })[] = [];
  const seen = new Set<string>();
  for (const [place, { questionId, value }] of given.entries()) {
    if (!isBuiltIn(questionId)) {
      own.push({ questionId, value, place });
      continue;
    }
    const read = seen.has(questionId) ? 'unknown' : readBuiltIn(service, questionId, value.trim(), today);
    seen.add(questionId);
    if (read === 'unknown') mistakes.push({ path: `answers.${place}.questionId`, questionId, code: read });
    else if (typeof read === 'object') Object.assign(said, read);
    else if (value.trim() !== '') mistakes.push({ path: `answers.${place}.value`, questionId, code: read });
  }
  const read = readAnswers(service.questions, own);
  for (const { at, questionId, code } of read.mistakes) {
    const place = at === null ? undefined : own[at]?.place;
    const path =
      place === undefined ? `answers.${questionId}` : `answers.${place}.${code === 'unknown' ? 'questionId' : 'value'}`;
    mistakes.push({ path, questionId, code });
  }
  const traits: Traits = {
    birthDate: known.birthDate ?? said.birthDate,
    sex: known.sex ?? said.sex,
    visit: known.visit ?? said.visit,
    group: said.group,
  };
  const { missing, why } = isForThem(service, traits, day);
  for (const id of missing)
    if (!mistakes.some(({ questionId }) => questionId === id))
      mistakes.push({ path: `answers.${id}`, questionId: id, code: 'required' });
  const stopping = read.stoppedBy;
  const place = given.findIndex(({ questionId }) => questionId === stopping?.id);
  return {
    answers: read.answers,
    said,
    mistakes,
    stoppedBy: stopping && { question: stopping, path: `answers.${place}.value` },
    why,
  };
}
