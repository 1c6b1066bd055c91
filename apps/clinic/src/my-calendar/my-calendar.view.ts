import type { BusyState, OwnCalendarState } from '#libs/calendar-sync';
import { formatDateTime, hasMessage, type Language, translate } from '#libs/platform';

/** Where the portal's clinics are: both countries have one time. */
const zone = 'Europe/Riga';

interface Message {
  kind: 'info' | 'warning' | 'error';
  title?: string;
  text: string;
}

interface Badge {
  kind: 'success' | 'warning' | 'danger';
  icon: string;
  label: string;
}

/** A practitioner's own calendars as they see them here. */
export interface OwnCalendarsModel {
  canConnect: boolean;
  isStopped: boolean;
  isChoosing: boolean;
  isConnected: boolean;
  canDisconnect: boolean;
  message: Message | undefined;
  badge: Badge | undefined;
  facts: { label: string; value: string }[];
}

/** One practitioner in the clinic's list. */
export interface DoctorLine {
  name: string;
  badge: Badge;
  /** What it means for the clinic. */
  text: string;
}

const moment = (language: Language, at: Temporal.Instant): string => formatDateTime(language, at, zone, 'medium');

function badgeOf(language: Language, busy: BusyState): Badge {
  const say = (key: string): string => translate(language, `busy.badge.${key}`);
  if (busy.isPaused) return { kind: 'danger', icon: 'circle-alert', label: say('paused') };
  if (busy.unreadSince) return { kind: 'warning', icon: 'triangle-alert', label: say('unread') };
  if (!busy.readAt) return { kind: 'warning', icon: 'hourglass', label: say('reading') };
  return { kind: 'success', icon: 'calendar-check', label: say('read') };
}

/** @param busy undefined: no calendar of theirs counts yet */
export function ownCalendarsModel(
  language: Language,
  connection: OwnCalendarState | undefined,
  busy: BusyState | undefined,
): OwnCalendarsModel {
  const is = (...states: OwnCalendarState['state'][]): boolean =>
    connection !== undefined && states.includes(connection.state);
  const isConnected = is('connected', 'failing', 'stopped') && busy !== undefined;
  return {
    canConnect: connection === undefined || is('disconnected', 'stopped') || (is('choosing') && busy !== undefined),
    isStopped: is('stopped'),
    isChoosing: is('choosing'),
    isConnected,
    canDisconnect: is('connected', 'failing', 'stopped', 'choosing'),
    message: connection && messageOf(language, connection, busy),
    badge: busy && isConnected ? badgeOf(language, busy) : undefined,
    facts: busy && isConnected ? factsOf(language, busy) : [],
  };
}

function messageOf(
  language: Language,
  { state, failure }: OwnCalendarState,
  busy: BusyState | undefined,
): Message | undefined {
  const say = (key: string, args = {}): string => translate(language, `busy.${key}`, args);
  if (state === 'ending') return { kind: 'info', text: say('ending') };
  if (!busy?.unreadSince || state === 'disconnected') return undefined;
  const at = moment(language, busy.readAt ?? busy.unreadSince);
  const title = say('unread.title', { at });
  const follows = say(`unread.${busy.isPaused ? 'paused' : busy.whenUnread}`);
  if (state === 'choosing') return { kind: 'warning', title, text: follows };
  const why = hasMessage(language, `busy.unread.why.${failure}`)
    ? say(`unread.why.${failure}`)
    : say('unread.why.other');
  return { kind: busy.isPaused || state === 'stopped' ? 'error' : 'warning', title, text: `${why} ${follows}` };
}

function factsOf(language: Language, busy: BusyState): OwnCalendarsModel['facts'] {
  const fact = (key: string, value: string) => ({ label: translate(language, `busy.facts.${key}`), value });
  const say = (key: string, args = {}): string => translate(language, `busy.facts.${key}`, args);
  return [
    fact('calendars', String(busy.calendars)),
    fact('read', busy.readAt ? moment(language, busy.readAt) : say('never')),
    fact('closed', say('n', { n: busy.closed })),
    fact('when-unread', translate(language, `busy.when-unread.${busy.whenUnread}.short`)),
  ];
}

export const doctorLine = (language: Language, busy: BusyState): DoctorLine => {
  const say = (key: string, args = {}): string => translate(language, `busy.doctors.${key}`, args);
  const since = busy.readAt ?? busy.unreadSince;
  const lasting = busy.isPaused ? 'paused' : 'unread';
  return {
    name: busy.practitioner,
    badge: badgeOf(language, busy),
    text:
      busy.unreadSince && since
        ? say(lasting, { at: moment(language, since) })
        : say('closed', { n: busy.closed, at: busy.readAt ? moment(language, busy.readAt) : '' }),
  };
};
