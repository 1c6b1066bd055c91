import type { StepLetter } from '../queries/letter-of-step.js';
import { letterKindOf } from '../rules/letter-kind.js';
import type { LetterKind } from '../rules/notice-kinds.js';
import { type LetterWords, noWords } from '../words/letter-words.js';
import { type AppointmentLetter, appointmentLetter } from './appointment-letter.js';
import { cancelByOf } from './cancel-by.js';
import { findPage } from './portal-pages.js';
import type { Visit } from './visit.js';
import { visitOf } from './visit-of.js';
import { wordsOfLetter } from './words-of-letter.js';

/** The letter about one step, with what its invitation needs. */
export interface LetterOfStep {
  kind: LetterKind;
  visit: Visit;
  letter: AppointmentLetter;
}

/**
 * Writes the letter about a step as the level of its patient and its clinic lets it.
 * @param stamp the DTSTAMP of its invitation
 * @param others when the other visits of a series begin that was booked at once
 * @param words what the clinic adds
 * @param isBehindSignIn only who is signed in reads it: nothing is left out
 */
export function stepLetter(
  told: StepLetter,
  {
    stamp,
    now,
    others = [],
    words = noWords,
    isBehindSignIn = false,
  }: {
    stamp: Temporal.Instant;
    now: Temporal.Instant;
    others?: readonly Temporal.Instant[];
    words?: LetterWords;
    isBehindSignIn?: boolean;
  },
): LetterOfStep {
  const { view, fromPlace } = told;
  const kind = letterKindOf(told);
  const visit = visitOf(view, stamp, view.language, { isBehindSignIn });
  const letter = appointmentLetter({
    kind,
    visit,
    others,
    now,
    former: told.fromStart,
    before:
      fromPlace &&
      visitOf({ ...view, branch: { ...view.branch, ...fromPlace } }, stamp, view.language, { isBehindSignIn }),
    reasonCode: told.reasonCode,
    offered: told.offered,
    offeredUntil: told.offeredUntil,
    answerBy: view.answerDueAt,
    cancelBy: cancelByOf(view),
    findPage: findPage(view.language),
    words: wordsOfLetter(words, view, visit),
  });
  return { kind, visit, letter };
}
