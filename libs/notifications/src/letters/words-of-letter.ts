import type { AppointmentView } from '#libs/appointments';
import { tellingTerms, tellingWordIn } from '../rules/telling-words.js';
import { type LetterWords, noWords } from '../words/letter-words.js';
import { tellingTermsOf } from './telling-of-visit.js';
import type { Visit } from './visit.js';

/**
 * The clinic's words that the letter of a visit may say: none at the strict level, and none that name what the visit is
 * for, who receives or, where the clinic is not named, the clinic. They were checked when they were written; services,
 * people and levels change afterwards. The way is told only where there is somewhere to go.
 */
export function wordsOfLetter(words: LetterWords, view: AppointmentView, visit: Visit): LetterWords {
  if (visit.isStrict) return noWords;
  const { practitioner, patient, clinic } = view;
  const terms = [
    ...tellingTermsOf(view),
    ...tellingTerms([practitioner.familyName, patient.givenName, patient.familyName]),
    ...(visit.clinic ? [] : tellingTerms([clinic.name])),
  ];
  const said = [view.branch.address, view.branch.city, ...(visit.clinic ? [visit.clinic.name] : [])];
  const safe = (text: string): string => (tellingWordIn(text, terms, said) === null ? text : '');
  return {
    greeting: safe(words.greeting),
    signature: safe(words.signature),
    directions: visit.mode === 'in-person' ? safe(words.directions) : '',
    preparation: safe(words.preparation),
  };
}
