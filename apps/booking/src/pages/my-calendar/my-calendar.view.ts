import type { LeftCalendar, OwnCalendarState } from '#libs/calendar-sync';
import { formatDateTime, hasMessage, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';
import { momentIn } from '../zone-words.js';

/** Where the portal's people are: both countries have one time. */
const zone = 'Europe/Riga';

/** Somebody's own calendar, in words. */
export interface MyCalendarModel {
  /** Whether the way to Google begins here. */
  canConnect: boolean;
  /** It stopped, and the person mends it. */
  isStopped: boolean;
  isConnected: boolean;
  isChoosing: boolean;
  isEnding: boolean;
  canDisconnect: boolean;
  message: { kind: 'info' | 'warning' | 'error'; title?: string; text: string } | undefined;
  badge: { kind: 'success' | 'warning'; label: string } | undefined;
  facts: { icon: string; label: string; value: string }[];
  deleted: { entryId: string; at: string; href: string }[];
}

export function myCalendarModel(language: Language, state: OwnCalendarState | undefined): MyCalendarModel {
  const is = (...states: OwnCalendarState['state'][]): boolean => state !== undefined && states.includes(state.state);
  const isConnected = is('connected', 'failing');
  return {
    canConnect: state === undefined || is('disconnected', 'stopped', 'choosing'),
    isStopped: is('stopped'),
    isConnected,
    isChoosing: is('choosing'),
    isEnding: is('ending'),
    canDisconnect: is('connected', 'failing', 'stopped', 'choosing'),
    message: state && messageOf(language, state),
    badge: isConnected
      ? {
          kind: is('failing') ? 'warning' : 'success',
          label: translate(language, `google.state.${is('failing') ? 'failing' : 'connected'}`),
        }
      : undefined,
    facts: state && isConnected ? factsOf(language, state) : [],
    deleted: (state && isConnected ? state.deleted : []).map(({ entryId, appointmentId, start, zone: at }) => ({
      entryId,
      at: momentIn(language, start, at),
      href: pathTo(language, '/appointments/', appointmentId),
    })),
  };
}

/** What is still in a calendar that was left for another. */
export interface LeftModel {
  id: string;
  text: string;
  /** It says nothing new to whoever saw to it. */
  canForget: boolean;
}

export function leftModel(language: Language, { id, title, visits, isUnderWay }: LeftCalendar): LeftModel {
  const key = isUnderWay ? 'moving' : visits > 0 ? 'visits' : 'empty';
  const calendar = title ?? translate(language, 'google.heading');
  return { id, text: translate(language, `google.left.${key}`, { calendar, n: visits }), canForget: !isUnderWay };
}

const icons = {
  calendar: 'calendar',
  since: 'clock',
  visits: 'calendar-check',
  waiting: 'hourglass',
  last: 'refresh-cw',
} as const;

const moment = (language: Language, at: Temporal.Instant): string => formatDateTime(language, at, zone, 'medium');

function messageOf(language: Language, { state, failure, failedAt }: OwnCalendarState): MyCalendarModel['message'] {
  const say = (key: string, args = {}): string => translate(language, `google.${key}`, args);
  const at = failedAt ? moment(language, failedAt) : '';
  switch (state) {
    case 'failing':
      return { kind: 'warning', text: say('failing', { at }) };
    case 'stopped': {
      const key = hasMessage(language, `google.stopped.${failure}`) ? `stopped.${failure}` : 'stopped.access-ended';
      return { kind: 'error', title: say('stopped.title', { at }), text: say(key) };
    }
    case 'ending':
      return { kind: 'info', text: say('ending') };
    case 'disconnected':
      return failure === 'left-behind' ? { kind: 'warning', text: say('left-behind') } : undefined;
    default:
      return undefined;
  }
}

function factsOf(
  language: Language,
  { title, since, lastOkAt, put, waiting }: OwnCalendarState,
): MyCalendarModel['facts'] {
  const fact = (key: keyof typeof icons, value: string) => ({
    icon: icons[key],
    label: translate(language, `google.facts.${key}`),
    value,
  });
  return [
    ...(title === null ? [] : [fact('calendar', title)]),
    fact('since', moment(language, since)),
    fact('visits', translate(language, 'google.facts.n', { n: put })),
    ...(waiting > 0 ? [fact('waiting', translate(language, 'google.facts.n', { n: waiting }))] : []),
    fact('last', lastOkAt ? moment(language, lastOkAt) : translate(language, 'google.facts.never')),
  ];
}
