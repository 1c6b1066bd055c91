import { formatDate, inFours, translate } from '#libs/platform';
import { queueRule } from '../rules/reminder-times.js';
import { type LetterWords, noWords } from '../words/letter-words.js';
import {
  type AppointmentLetter,
  dialable,
  type Fact,
  leftToPortal,
  linesOf,
  type Section,
} from './appointment-letter.js';
import { momentOf, placeOf, type Visit } from './visit.js';

/** A letter that reminds of visits; it has two buttons, of which the second is the quieter one. */
export interface ReminderLetter extends AppointmentLetter {
  other: { label: string; href: string };
}

/** What a reminder needs beyond its visits. */
export interface ReminderFacts {
  /** Of one person, clinic and day, soonest first; at least one. */
  visits: readonly {
    visit: Visit;
    cancelBy: Temporal.Instant | null;
    /** What the clinic adds, as `wordsOfLetter` lets it. */
    words?: LetterWords;
  }[];
  /** The offset that it was due by; the notice a month ahead is worded differently. */
  rule: string;
  /** The page that asks whether they come. */
  answerPage: string;
  /** Where reminders are switched off. */
  choicePage: string;
  now: Temporal.Instant;
}

/** How to get there, and how to prepare: once where several visits say the same. */
function sectionsOf(visits: ReminderFacts['visits'], say: (key: string) => string): Section[] {
  return (['directions', 'preparation'] as const).flatMap((key) =>
    [...new Set(visits.map(({ words = noWords }) => words[key]))]
      .filter(Boolean)
      .map((text) => ({ title: say(`sections.${key}`), lines: linesOf(text) })),
  );
}

/** The letter that reminds somebody of their visits of one day; it may say what every letter may (S-2.40). */
export function reminderLetter({ visits, rule, answerPage, choicePage, now }: ReminderFacts): ReminderLetter {
  const [first] = visits;
  if (!first) throw new Error('a reminder of nothing');
  const { visit, words = noWords } = first;
  const { language } = visit;
  const say = (key: string, args = {}): string => translate(language, `mail.${key}`, args);
  const own = (key: string, args = {}): string => translate(language, `reminders.letter.${key}`, args);
  const n = visits.length;
  const lies = (at: Temporal.Instant | null): at is Temporal.Instant =>
    at !== null && Temporal.Instant.compare(now, at) < 0;
  const fact = (key: string, value: string, more: Partial<Fact> = {}): Fact => ({
    label: say(`facts.${key}`),
    value,
    ...more,
  });
  const ofVisit = ({ visit: each, cancelBy }: ReminderFacts['visits'][number]): Fact[] => [
    fact('when', momentOf(each, each.start)),
    ...(each.practitioner === null ? [] : [fact('practitioner', each.practitioner)]),
    fact('where', placeOf(each)),
    ...(lies(cancelBy) ? [fact('cancel-by', momentOf(each, cancelBy))] : []),
    fact('reference', inFours(each.reference)),
  ];
  return {
    subject: say('subject', { date: formatDate(language, visit.start, visit.zone, 'long') }),
    first: rule === queueRule ? own('queue', { n }) : n > 1 ? own('several', { n }) : say('letters.reminder.first'),
    opening: linesOf(words.greeting),
    facts: [
      ...visits.flatMap(ofVisit),
      ...(visit.clinic
        ? [fact('clinic', `${visit.clinic.name}, ${say('registry-code', { code: visit.clinic.registryCode })}`)]
        : []),
      ...(visit.phone === null ? [] : [fact('phone', visit.phone, { href: dialable(visit.phone) })]),
    ],
    sections: sectionsOf(visits, say),
    next: [
      own('answer', { n }),
      ...new Set(visits.flatMap((each) => leftToPortal(each.visit, each.words ?? noWords)).map((key) => say(key))),
    ],
    button: { label: own('come'), href: answerPage },
    other: { label: own('cannot'), href: `${answerPage}#cannot` },
    signature: linesOf(words.signature),
    footer: [
      say('footer.automatic'),
      ...(visit.phone === null ? [] : [say('footer.call', { phone: visit.phone })]),
      // The notice of a long queue is the law's, and cannot be switched off.
      ...(rule === queueRule ? [] : [own('off', { page: choicePage })]),
      say(visit.phone === null ? 'footer.not-yours-strict' : 'footer.not-yours'),
    ],
  };
}
