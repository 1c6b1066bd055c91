import type { HistoryLine, Place } from '#libs/appointments';
import type { LetterState, ToldOfStep } from '#libs/notifications';
import { formatDateTime, formatTime, hasMessage, type Language, translate } from '#libs/platform';
import { toldLines } from '../notices/told.view.js';

/** A step of the history in words. */
export interface HistoryModel {
  /** To the minute. */
  at: string;
  what: string;
  who: string;
  /** What changed, by which channel it came, what was overridden and why. */
  details: string[];
  /** Whether and how the patient was told; empty where a step tells nobody. */
  told: string;
  /** The letter will not reach the patient: somebody has to call. */
  needsCall: boolean;
  /** Every message about it: to whom, what became of it, after how many tries. */
  messages: string[];
  /** Who told the patient by hand, when and how (R3-18). */
  marks: string[];
}

const minutesOf = (start: Temporal.Instant, end: Temporal.Instant): number => end.since(start).total('minutes');

/** What became of the letter about a step, as a key of `desk.history.told.`; null: it tells nobody. */
function letterKey(line: HistoryLine, letter: LetterState | undefined): string | null {
  if (!line.tells) return null;
  if (!letter) return 'queued';
  if (letter.state !== 'dropped') return letter.state;
  if (letter.failure === 'address-unproven') return 'unproven';
  return letter.failure === 'no-address' || letter.failure === 'undone' ? letter.failure : 'dropped';
}

/** Whether somebody has to call: a message failed or came back, none arrived, and nobody has told the patient by hand. */
function needsCall(letter: LetterState | undefined, everything: ToldOfStep | undefined): boolean {
  const { notices = [], marks = [] } = everything ?? {};
  const isMissed = ({ state, failure }: LetterState): boolean =>
    state === 'failed' || failure === 'address-suppressed' || failure === 'bulk-rejected';
  const hasCome = notices.some((each) => each.channel !== 'portal' && each.state === 'sent' && !each.bouncedAt);
  return (
    ((letter !== undefined && isMissed(letter)) || notices.some((each) => each.bouncedAt !== null)) &&
    !hasCome &&
    !marks.some(({ how }) => how !== 'not-reached')
  );
}

const mayMove: ReadonlySet<HistoryLine['kind']> = new Set(['moved', 'move-requested', 'undone']);

/** Which of the three a move, or taking one back, changed. */
function changesOf(line: HistoryLine): { time: boolean; practitioner: boolean; length: boolean } {
  const { fromStart, fromEnd, toStart, toEnd, fromPractitioner, toPractitioner } = line;
  if (!mayMove.has(line.kind) || !fromStart || !fromEnd) return { time: false, practitioner: false, length: false };
  return {
    time: !fromStart.equals(toStart),
    practitioner: fromPractitioner !== null && fromPractitioner !== toPractitioner,
    length: minutesOf(fromStart, fromEnd) !== minutesOf(toStart, toEnd),
  };
}

function kindInWords(line: HistoryLine, zone: string, language: Language): string {
  const say = (key: string, args = {}): string => translate(language, `desk.history.what.${key}`, args);
  const { time, practitioner, length } = changesOf(line);
  if (line.kind === 'moved' && !time && practitioner) return say('handed-over');
  if (line.kind === 'moved' && !time && length) return say('resized');
  if (line.kind === 'undone' && line.undid) return say('undone-what', { what: shortly(line.undid, language) });
  return say(line.kind, {
    to: `${formatDateTime(language, line.toStart, zone, 'weekday')}–${formatTime(language, line.toEnd, zone)}`,
    practitioner: line.toPractitioner,
  });
}

/** The undone step in a word or two; only steps without a time of their own in their words can be undone. */
const shortly = (kind: NonNullable<HistoryLine['undid']>, language: Language): string =>
  translate(language, `desk.history.what.${kind}`, { to: '', practitioner: '' });

function detailsOf(line: HistoryLine, zone: string, language: Language): string[] {
  const say = (key: string, args = {}): string => translate(language, `desk.history.${key}`, args);
  const when = (at: Temporal.Instant | null): string => (at ? formatDateTime(language, at, zone, 'weekday') : '');
  const { fromStart, fromEnd, toStart, toEnd } = line;
  const changed = changesOf(line);
  const reasonKey = `clinic.reasons.${line.reasonCode}`;
  const why = [
    line.overrideWhy ? translate(language, `override.reasons.${line.overrideWhy}`) : '',
    line.reasonCode && hasMessage(language, reasonKey) ? translate(language, reasonKey) : '',
    line.reasonNote ?? '',
  ].filter(Boolean);
  return [
    line.origin ? say(`channel.${line.origin}`) : '',
    changed.time ? say('time', { from: when(fromStart), to: when(toStart) }) : '',
    changed.practitioner ? say('practitioner', { from: line.fromPractitioner ?? '', to: line.toPractitioner }) : '',
    changed.length && fromStart && fromEnd
      ? say('length', { from: minutesOf(fromStart, fromEnd), to: minutesOf(toStart, toEnd) })
      : '',
    line.fromPlace && line.toPlace
      ? say('place', {
          from: placeInWords(line.fromPlace, line.toPlace),
          to: placeInWords(line.toPlace, line.fromPlace),
        })
      : '',
    ...line.overrides.map((each) => say(`override.${each}`)),
    why.length > 0 ? say('why', { why: why.join(' – ') }) : '',
  ].filter(Boolean);
}

/** The place, or what differs of it from the other. */
function placeInWords(place: Place, other: Place): string {
  const { address, city, postalCode, room } = place;
  const isHere = address === other.address && city === other.city && postalCode === other.postalCode;
  return (isHere ? [room] : [address, city, postalCode, room]).filter(Boolean).join(', ') || '–';
}

/** Who did it: a member of staff by name and role, else patient, guest or the portal itself. */
export function whoDidIt(
  { actorKind, actorName, actorRole }: Pick<HistoryLine, 'actorKind' | 'actorName' | 'actorRole'>,
  language: Language,
): string {
  if (actorKind !== 'staff' || !actorName) return translate(language, `clinic.actors.${actorKind}`);
  const role = translate(language, actorRole ? `clinic.roles.${actorRole}` : 'clinic.actors.staff');
  return `${actorName}, ${role}`;
}

/** A step as people read it: who, when, what, why, by which channel, and whether the patient was told (F042, R3-18). */
export function historyLine(
  line: HistoryLine,
  letter: LetterState | undefined,
  zone: string,
  language: Language,
  everything?: ToldOfStep,
): HistoryModel {
  const key = letterKey(line, letter);
  const told =
    line.untoldWhy !== null
      ? translate(language, 'desk.history.told.untold', {
          why: translate(language, `moves.why-untold.${line.untoldWhy}`),
        })
      : key === null
        ? ''
        : translate(language, `desk.history.told.${key}`, {
            at: letter?.sentAt ? formatDateTime(language, letter.sentAt, zone, 'short') : '',
          });
  return {
    at: formatDateTime(language, line.at, zone, 'short'),
    what: kindInWords(line, zone, language),
    who: whoDidIt(line, language),
    details: detailsOf(line, zone, language),
    told,
    needsCall: needsCall(letter, everything),
    ...toldLines(everything, zone, language),
  };
}
