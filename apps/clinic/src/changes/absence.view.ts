import type { AbsenceFacts, AffectedPatient, AffectedState } from '#libs/appointments';
import type { LetterState } from '#libs/notifications';
import { formatDateTime, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import { closedWords } from './closed-words.js';

interface View {
  language: Language;
  now: Temporal.Instant;
}

/** Whom staff still have to deal with. */
const onWorkList: ReadonlySet<AffectedState> = new Set(['nothing-free', 'no-answer']);
const isDone: ReadonlySet<AffectedState> = new Set(['accepted', 'other-time', 'cancelled', 'withdrawn']);

/** What became of the letter that told the patient, as a key of `changes.ill.letter.`. */
function letterKey({ view, eventId }: AffectedPatient, letter: LetterState | undefined): string {
  if (view.contactEmail === null) return 'no-address';
  if (eventId === null) return 'none';
  if (!letter) return 'queued';
  if (letter.state !== 'dropped') return letter.state;
  if (letter.failure === 'address-suppressed' || letter.failure === 'bulk-rejected') return 'failed';
  return letter.failure === 'no-address' ? 'no-address' : 'unproven';
}

/** Letters that will not reach the patient: somebody has to call. */
const needsCall: ReadonlySet<string> = new Set(['no-address', 'unproven', 'failed']);

function patientModel(patient: AffectedPatient, letter: LetterState | undefined, self: string, view: View): object {
  const { language, now } = view;
  const { id, timeZone: zone, start, contactPhone } = patient.view;
  const say = (key: string, args = {}): string => translate(language, `changes.ill.${key}`, args);
  const moment = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'weekday');
  const own = pathTo(language, '/appointments/', id);
  const back = new URLSearchParams({ returnTo: self }).toString();
  const letterState = letterKey(patient, letter);
  const open = patient.state === 'offered';
  return {
    href: `${own}?${back}`,
    move: isDone.has(patient.state) ? '' : `${own}/move?${back}`,
    cancel: isDone.has(patient.state) ? '' : `${own}/cancel?${back}`,
    patient: `${patient.view.patient.givenName} ${patient.view.patient.familyName}`,
    phone: contactPhone ?? '',
    phoneLink: `tel:${contactPhone ?? ''}`,
    was: moment(patient.wasAt),
    service: wordsIn(language, patient.view.service.name),
    payer: patient.view.payer,
    state: patient.state,
    stateWords: say(`state.${patient.state}`),
    isDone: isDone.has(patient.state),
    isLate: onWorkList.has(patient.state),
    newTime:
      patient.state === 'accepted' || patient.state === 'other-time' ? say('new-time', { when: moment(start) }) : '',
    letter: say(`letter.${letterState}`),
    needsCall: !isDone.has(patient.state) && needsCall.has(letterState),
    offers: patient.offers
      .filter((offer) => open && offer.state === 'held' && Temporal.Instant.compare(offer.start, now) > 0)
      .map((offer) => ({
        id: offer.id,
        label: say('accept', { when: formatDateTime(language, offer.start, offer.zone, 'weekday') }),
        where: say('where', { practitioner: offer.practitioner, branch: offer.branch }),
      })),
  };
}

/** The page of an absence. */
export function absenceModel(
  absence: AbsenceFacts,
  patients: readonly AffectedPatient[],
  letters: ReadonlyMap<string, LetterState>,
  view: View,
): object {
  const { language, now } = view;
  const { id, practitioner, zone, answerBy, endedAt } = absence;
  const self = pathTo(language, '/ill/', id);
  const say = (key: string, args = {}): string => translate(language, `changes.ill.${key}`, args);
  const moment = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'weekday');
  const count = (...states: AffectedState[]): number => patients.filter(({ state }) => states.includes(state)).length;
  const isOver = Temporal.Instant.compare(answerBy, now) <= 0;
  return {
    self,
    title: say('page.title', { name: practitioner }),
    closed: closedWords(absence, language),
    answerBy: isOver ? say('page.over') : say('page.answer-by', { at: moment(answerBy) }),
    ended: endedAt ? say('page.ended', { at: moment(endedAt) }) : '',
    waiting: count('waiting'),
    summary: [
      { n: count('offered', 'waiting'), label: say('summary.offered') },
      { n: count('accepted'), label: say('summary.accepted') },
      { n: count('other-time', 'cancelled', 'withdrawn'), label: say('summary.other') },
      { n: count('nothing-free', 'no-answer'), label: say('summary.open') },
    ],
    patients: patients.map((patient) =>
      patientModel(patient, patient.eventId ? letters.get(patient.eventId) : undefined, self, view),
    ),
    hasWork: patients.some(({ state }) => onWorkList.has(state)),
  };
}
