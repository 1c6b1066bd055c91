import type { Answer } from '#libs/notifications';
import { formatDateTime, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';

/** What came back about a visit, in words. */
export interface AnswerModel {
  id: string;
  /** "The calendar of a…s@inbox.lv says: declined". */
  what: string;
  icon: string;
  isDeclined: boolean;
  /** What to think of it before acting: from elsewhere, or about how the visit was. */
  doubts: string[];
  at: string;
  seen: string;
  hasText: boolean;
  self: string;
  visit: {
    href: string;
    patient: string;
    phone: string | null;
    phoneLink: string;
    when: string;
    practitioner: string | null;
    status: string;
  };
}

const icons: Record<string, string> = {
  accepted: 'circle-check',
  declined: 'calendar-x',
  tentative: 'hourglass',
  counter: 'calendar-clock',
  letter: 'mail',
};

export function answerModel(answer: Answer, language: Language): AnswerModel {
  const say = (key: string, args = {}): string => translate(language, `answers.${key}`, args);
  const { visit, handled } = answer;
  const kind = answer.partstat ?? 'letter';
  return {
    id: answer.id,
    what: say(`what.${kind}`, { sender: answer.sender ?? '?' }),
    icon: icons[kind] ?? 'mail',
    isDeclined: kind === 'declined' || kind === 'counter',
    doubts: [...(answer.fromContact ? [] : [say('other-address')]), ...(answer.isOutdated ? [say('outdated')] : [])],
    at: say('at', { at: formatDateTime(language, answer.receivedAt, visit.timeZone, 'short') }),
    seen: handled
      ? say('by', { name: handled.by, at: formatDateTime(language, handled.at, visit.timeZone, 'short') })
      : '',
    hasText: answer.hasText,
    self: pathTo(language, '/notices/answers/', answer.id),
    visit: {
      href: pathTo(language, '/appointments/', visit.id),
      patient: visit.patient,
      phone: visit.phone,
      phoneLink: `tel:${visit.phone ?? ''}`,
      when: formatDateTime(language, visit.start, visit.timeZone, 'weekday'),
      practitioner: visit.practitioner,
      status: visit.status,
    },
  };
}
