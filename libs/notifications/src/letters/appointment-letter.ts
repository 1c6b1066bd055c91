import { formatDate, hasMessage, inFours, translate } from '#libs/platform';
import { invitationStatusOf } from '../rules/letter-kind.js';
import type { LetterKind } from '../rules/notice-kinds.js';
import { type LetterWords, noWords } from '../words/letter-words.js';
import { offersPage } from './portal-pages.js';
import { momentOf, placeOf, type Visit } from './visit.js';

/** One line of a letter's table. `href` makes a phone number callable. */
export interface Fact {
  label: string;
  value: string;
  href?: string;
  /** The time that no longer counts. */
  isFormer?: boolean;
}

/** Some of a clinic's own words, under a heading. */
export interface Section {
  title: string;
  lines: string[];
}

/** What the template of a letter renders, from top to bottom; the first line says what happened. */
export interface AppointmentLetter {
  subject: string;
  first: string;
  /** The clinic's greeting. */
  opening: string[];
  facts: Fact[];
  next: string[];
  sections: Section[];
  button: { label: string; href: string };
  signature: string[];
  footer: string[];
}

/** What a letter about a step needs beyond the visit. */
export interface LetterFacts {
  kind: LetterKind;
  visit: Visit;
  /** When the other visits of a series begin that was booked at once. */
  others?: readonly Temporal.Instant[];
  /** When the letter is written: decides whether a deadline still lies ahead. */
  now: Temporal.Instant;
  /** The time before this step, if the step changed it. */
  former: Temporal.Instant | null;
  /** The visit before its details changed: what differs is said, with what no longer counts. */
  before?: Visit | null;
  /** Why the clinic did it, as a code; those that the letter has words for are said. */
  reasonCode?: string | null;
  /** The times that are held for the patient to choose from, and until when. */
  offered?: readonly Temporal.Instant[];
  offeredUntil?: Temporal.Instant | null;
  /** By when the clinic answers a request. */
  answerBy: Temporal.Instant | null;
  /** Until when cancelling is not late; null where the clinic has no such rule. */
  cancelBy: Temporal.Instant | null;
  /** The page that finds another time. */
  findPage: string;
  /** What the clinic adds, as `wordsOfLetter` lets it. */
  words?: LetterWords;
}

const isNewTime: ReadonlySet<LetterKind> = new Set(['move-requested', 'request-moved', 'moved', 'moved-by-clinic']);

const hasOwnNext: ReadonlySet<LetterKind> = new Set([
  'requested',
  'rejected',
  'expired',
  'move-requested',
  'request-moved',
  'moved-by-clinic',
  'cancelled',
  'cancelled-by-clinic',
  'cancelled-by-system',
  'details-changed',
  'offered',
  'offered-nothing',
  'reinstated',
]);

/** Letters that say why, in words that tell nothing about anybody's health. */
const saysWhy: ReadonlySet<LetterKind> = new Set(['moved-by-clinic', 'cancelled-by-clinic', 'cancelled-by-system']);

/** The visit cannot take place as it stands: nothing is said of preparing for it. */
const isInQuestion: ReadonlySet<LetterKind> = new Set(['offered', 'offered-nothing']);

/** A telephone number as a link. */
export const dialable = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`;

/** A letter about one step of an appointment, in the patient's language: everything but its looks. */
export function appointmentLetter(facts: LetterFacts): AppointmentLetter {
  const { kind, visit, others = [], offered = [], words = noWords } = facts;
  const say = (key: string, args = {}): string => translate(visit.language, `mail.${key}`, args);
  const status = invitationStatusOf(visit.status);
  return {
    subject: say('subject', { date: formatDate(visit.language, visit.start, visit.zone, 'long') }),
    first: others.length > 0 ? say('letters.series.first', { n: others.length + 1 }) : say(`letters.${kind}.first`),
    opening: linesOf(words.greeting),
    facts: factsOf(facts, say),
    sections: sectionsOf(facts, say),
    signature: linesOf(words.signature),
    next: [
      ...whyOf(facts, say),
      ...(others.length > 0 ? [say('letters.series.next')] : []),
      ...(hasOwnNext.has(kind) ? [say(`letters.${kind}.next`, { n: offered.length })] : []),
      ...(status === 'CONFIRMED' && !isInQuestion.has(kind)
        ? [...leftToPortal(visit, words).map((key) => say(key)), ...cancelling(facts).map((key) => say(key))]
        : []),
    ],
    button: buttonOf(facts, say),
    footer: [
      say('footer.automatic'),
      ...(visit.phone === null ? [] : [say('footer.call', { phone: visit.phone })]),
      say(visit.phone === null ? 'footer.not-yours-strict' : 'footer.not-yours'),
    ],
  };
}

/** The clinic's reason, where there are words for it. */
function whyOf({ kind, reasonCode, visit }: LetterFacts, say: Say): string[] {
  const key = `reasons.${reasonCode}`;
  return saysWhy.has(kind) && reasonCode && hasMessage(visit.language, `mail.${key}`) ? [say(key)] : [];
}

function buttonOf({ kind, visit, findPage }: LetterFacts, say: Say): AppointmentLetter['button'] {
  if (isInQuestion.has(kind)) return { label: say('button.choose'), href: offersPage(visit.page) };
  return invitationStatusOf(visit.status) === 'CANCELLED'
    ? { label: say('button.choose'), href: findPage }
    : { label: say('button.open'), href: visit.page };
}

type Say = (key: string, args?: Record<string, string>) => string;

function factsOf(
  { kind, visit, before, others = [], former, offered = [], offeredUntil, answerBy, cancelBy, now }: LetterFacts,
  say: Say,
): Fact[] {
  const fact = (key: string, value: string, more: Partial<Fact> = {}): Fact => ({
    label: say(`facts.${key}`),
    value,
    ...more,
  });
  /** What is so now, and beneath it what was so before, if that was something else. */
  const changed = (key: string, value: string | null, was: string | null | undefined): Fact[] => [
    ...(value === null ? [] : [fact(kind === 'details-changed' && was && was !== value ? `new-${key}` : key, value)]),
    ...(kind === 'details-changed' && was && was !== value ? [fact(`old-${key}`, was, { isFormer: true })] : []),
  ];
  const status = invitationStatusOf(visit.status);
  const lies = (at: Temporal.Instant): boolean => Temporal.Instant.compare(now, at) < 0;
  return [
    fact(isNewTime.has(kind) ? 'new-time' : 'when', momentOf(visit, visit.start), {
      isFormer: status === 'CANCELLED' || isInQuestion.has(kind),
    }),
    ...others.map((start) => fact('further', momentOf(visit, start))),
    ...offered.map((start) => fact('offered', momentOf(visit, start))),
    ...(offeredUntil && offered.length > 0 ? [fact('choose-by', momentOf(visit, offeredUntil))] : []),
    ...(former && isNewTime.has(kind)
      ? [
          kind === 'move-requested'
            ? fact('former', momentOf(visit, former))
            : fact('old-time', momentOf(visit, former), { isFormer: true }),
        ]
      : []),
    ...(visit.clinic
      ? [fact('clinic', `${visit.clinic.name}, ${say('registry-code', { code: visit.clinic.registryCode })}`)]
      : []),
    ...changed('practitioner', visit.practitioner, before?.practitioner),
    ...changed('where', placeOf(visit), before && placeOf(before)),
    ...changed('phone', visit.phone, before?.phone).map((line) =>
      line.isFormer ? line : { ...line, href: dialable(line.value) },
    ),
    ...(answerBy && status === 'TENTATIVE' ? [fact('answer-by', momentOf(visit, answerBy))] : []),
    ...(cancelBy && status === 'CONFIRMED' && !isInQuestion.has(kind) && lies(cancelBy)
      ? [fact('cancel-by', momentOf(visit, cancelBy))]
      : []),
    fact('reference', inFours(visit.reference)),
  ];
}

/** What a letter leaves to the portal, because it may not say it or need not. */
export function leftToPortal({ clinic, practitioner, place }: Visit, words: LetterWords): string[] {
  if (!place) return ['next.see-all'];
  if (!clinic) return ['next.see-everything'];
  if (!practitioner) return ['next.see-practitioner'];
  return words.preparation ? [] : ['next.see-preparation'];
}

/** What a clinic typed, by its lines; empty ones part nothing. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** How to prepare and how to get there, once it is certain that there is something to get to. */
function sectionsOf({ kind, visit, words = noWords }: LetterFacts, say: Say): Section[] {
  if (invitationStatusOf(visit.status) !== 'CONFIRMED' || isInQuestion.has(kind)) return [];
  const section = (key: 'preparation' | 'directions'): Section[] =>
    words[key] ? [{ title: say(`sections.${key}`), lines: linesOf(words[key]) }] : [];
  return [...section('preparation'), ...section('directions')];
}

function cancelling({ cancelBy, now }: LetterFacts): string[] {
  if (!cancelBy) return [];
  return [Temporal.Instant.compare(now, cancelBy) < 0 ? 'next.cancel-in-time' : 'next.cancel-late'];
}
