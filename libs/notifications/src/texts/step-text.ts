import type { Visit } from '../letters/visit.js';
import type { LetterKind } from '../rules/notice-kinds.js';
import { sayIn, shortPage, wheresOf, whenOf } from './text-words.js';

/** The kinds that say the same in a short message. */
const sameWords: Partial<Record<LetterKind, LetterKind>> = { 'move-expired': 'move-rejected' };

/**
 * A step of an appointment as a short message: what happened, when, where, and where to read more. The fullest first; all
 * of them are true, and none says more than a letter may (S-2.40).
 * @param former the time before the step, if it had one
 */
export function stepText(
  kind: LetterKind,
  visit: Pick<Visit, 'language' | 'zone' | 'start' | 'clinic' | 'place' | 'mode' | 'reference'>,
  former: Temporal.Instant | null,
): readonly string[] {
  const say = sayIn(visit.language);
  return wheresOf(visit).map((where) =>
    say(`steps.${sameWords[kind] ?? kind}`, {
      when: whenOf(visit, visit.start),
      former: former ? whenOf(visit, former) : '',
      where,
      link: shortPage(visit.reference),
    }),
  );
}
