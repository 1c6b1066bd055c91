import { type Language, formatDateTime, formatPlainDate, translate, wordsIn } from '#libs/platform';
import type { EntryStep, WaitingEntry, WaitingEntryCard } from '#libs/waiting-list';
import { localDate } from '#libs/time';
import { pathTo } from '#libs/web';
import { lengthOf } from '../pending/pending.view.js';

const icons = { desk: 'users', phone: 'phone', email: 'mail', portal: 'globe' } as const;

export interface EntryModel {
  id: string;
  href: string;
  bookHref: string;
  name: string;
  phone: string | null;
  phoneHref: string;
  email: string | null;
  service: string;
  payer: 'state' | 'paid';
  who: string;
  branch: string;
  channel: string;
  channelIcon: string;
  age: string;
  received: string;
  mark: string;
  due: string;
  isOverdue: boolean;
  isDueToday: boolean;
  registered: string;
  isWaiting: boolean;
  ended: string;
  appointmentHref: string;
}

/** One entry of the list. */
export function entryModel(entry: WaitingEntry, now: Temporal.Instant, language: Language): EntryModel {
  const { zone } = entry.branch;
  const isWaiting = entry.state === 'waiting';
  const today = localDate(now, zone);
  const due = isWaiting && entry.answeredAt === null ? entry.answerDueOn : null;
  const overdue = due === null ? -1 : Temporal.PlainDate.compare(today, due);
  const dueDay = due && formatPlainDate(language, due, 'weekday');
  const self = pathTo(language, '/waiting/', entry.id);
  const minutes = Math.max(0, now.since(entry.receivedAt).total('minutes'));
  return {
    id: entry.id,
    href: self,
    bookHref: `${pathTo(language, '/book')}?waiting=${entry.id}`,
    name: `${entry.person.givenName} ${entry.person.familyName}`,
    phone: entry.person.phone,
    phoneHref: `tel:${entry.person.phone ?? ''}`,
    email: entry.person.email,
    service: wordsIn(language, entry.service.name),
    payer: entry.payer,
    who: entry.practitioner?.name ?? translate(language, 'waiting.anybody'),
    branch: entry.branch.name,
    channel: translate(language, `waiting.channels.${entry.channel}`),
    channelIcon: icons[entry.channel],
    age: translate(language, 'waiting.age', { length: lengthOf(language, minutes) }),
    received: formatDateTime(language, entry.receivedAt, zone, 'weekday'),
    mark: entry.isMarked
      ? translate(language, 'waiting.counts-from', { day: formatPlainDate(language, entry.countsFrom, 'full') })
      : '',
    due: dueDay ? translate(language, overdue > 0 ? 'waiting.overdue' : 'waiting.answer-by', { day: dueDay }) : '',
    isOverdue: overdue > 0,
    isDueToday: overdue === 0,
    registered: registeredWords(entry, language),
    isWaiting,
    ended: endedWords(entry, language),
    appointmentHref: entry.appointmentId ? pathTo(language, '/appointments/', entry.appointmentId) : '',
  };
}

const registeredWords = (entry: WaitingEntry, language: Language): string =>
  translate(language, 'waiting.registered-by', {
    name: entry.registeredBy ?? translate(language, 'waiting.channels.portal'),
    at: formatDateTime(language, entry.registeredAt, entry.branch.zone, 'weekday'),
  });

const endedWords = ({ state, endedReason }: WaitingEntry, language: Language): string =>
  state === 'withdrawn' && endedReason !== null
    ? translate(language, 'waiting.withdrawn', { reason: translate(language, `waiting.reasons.${endedReason}`) })
    : state === 'booked'
      ? translate(language, 'waiting.booked')
      : '';

/** Who took the last step, and when. */
function lastWords({ history, branch: { zone } }: WaitingEntryCard, language: Language): string {
  const last = history.at(-1);
  if (!last) return '';
  const { who, at } = stepModel(last, zone, language);
  return `${who}, ${at}`;
}

/** A step of an entry in plain words: who, when, what and why. */
function stepModel(step: EntryStep, zone: string, language: Language): { at: string; text: string; who: string } {
  const why =
    step.reasonCode !== null
      ? translate(language, `waiting.reasons.${step.reasonCode}`)
      : step.toldBy !== null
        ? translate(language, `waiting.told-by.${step.toldBy}`)
        : null;
  const what = translate(language, `waiting.history.${step.kind}`);
  return {
    at: formatDateTime(language, step.at, zone, 'weekday'),
    text: why === null ? what : `${what}: ${why}`,
    who: step.actorName ?? translate(language, 'waiting.channels.portal'),
  };
}

export interface EntryCardModel extends EntryModel {
  version: number;
  counts: string;
  wish: string | null;
  isWishHidden: boolean;
  isKnown: boolean;
  mayAnswer: boolean;
  answered: string;
  history: { at: string; text: string; who: string }[];
}

/** An entry opened by itself. */
export function entryCardModel(card: WaitingEntryCard, now: Temporal.Instant, language: Language): EntryCardModel {
  const { zone } = card.branch;
  const model = entryModel(card, now, language);
  return {
    ...model,
    // Whoever comes second reads who was first.
    ended: model.ended && [model.ended, lastWords(card, language)].filter(Boolean).join(' · '),
    version: card.version,
    counts: formatPlainDate(language, card.countsFrom, 'full'),
    wish: card.wish,
    isWishHidden: card.hasWish && card.wish === null,
    isKnown: card.patientId !== null,
    mayAnswer: card.state === 'waiting' && card.answerDueOn !== null && card.answeredAt === null,
    answered: card.answeredAt ? formatDateTime(language, card.answeredAt, zone, 'weekday') : '',
    history: card.history.map((step) => stepModel(step, zone, language)),
  };
}
