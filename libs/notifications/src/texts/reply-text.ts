import type { Language } from '#libs/platform';
import type { IncomingOutcome } from './incoming-text.entity.js';
import type { RemindedByText } from './reminded-visits.js';
import { appointmentsPage, sayIn, shortPage, whenOf } from './text-words.js';

/** What somebody is told who answered to a short message: what happened, and where to go on. */
export function replyText(
  outcome: IncomingOutcome | 'which-time',
  language: Language,
  visit: RemindedByText | undefined,
): string {
  const link = visit && outcome !== 'several-visits' ? shortPage(visit.reference) : appointmentsPage(language);
  const when = visit ? whenOf({ language, zone: visit.timeZone }, visit.start) : '';
  return sayIn(language)(`replies.${outcome}`, { when, link });
}
