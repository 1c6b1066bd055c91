import type { Visit } from '../letters/visit.js';
import type { LetterKind } from '../rules/notice-kinds.js';
import { sayIn, shortPage, shortWhenOf, wheresOf, whenOf } from './text-words.js';

/** The kinds that say the same in a short message. */
const sameWords: Partial<Record<LetterKind, LetterKind>> = { 'move-expired': 'move-rejected' };

/**
 * A step of an appointment as a short message: what happened, when, where, and where to read more. The fullest first; all
 * of them are true, and none says more than a letter may (S-2.40).
 * @param former the time before the step, if it had one
 * @param choice the times that the step offers, where the message can be answered with the number of one
 */
export function stepText(
  kind: LetterKind,
  visit: Pick<Visit, 'language' | 'zone' | 'start' | 'clinic' | 'place' | 'mode' | 'reference'>,
  former: Temporal.Instant | null,
  choice: readonly Temporal.Instant[] = [],
): readonly string[] {
  const say = sayIn(visit.language);
  if (kind === 'offered' && choice.length > 0) return offerText(visit, choice);
  return wheresOf(visit).map((where) =>
    say(`steps.${sameWords[kind] ?? kind}`, {
      when: whenOf(visit, visit.start),
      former: former ? whenOf(visit, former) : '',
      where,
      link: shortPage(visit.reference),
    }),
  );
}

/** That the clinic offers these times, each with the number that takes it; one alone is taken with a yes. */
function offerText(
  visit: Pick<Visit, 'language' | 'zone' | 'start' | 'clinic' | 'place' | 'mode' | 'reference'>,
  choice: readonly Temporal.Instant[],
): readonly string[] {
  const say = sayIn(visit.language);
  const isOne = choice.length === 1;
  const times = choice.map((at, n) => `${isOne ? '' : `${n + 1}) `}${shortWhenOf(visit, at)}`).join(', ');
  return wheresOf(visit).map((where) =>
    say(`steps.${isOne ? 'offered-one' : 'offered-choice'}`, {
      when: shortWhenOf(visit, visit.start),
      where,
      times,
      link: shortPage(visit.reference),
    }),
  );
}
