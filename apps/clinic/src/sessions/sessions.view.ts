import type { ClinicSession, SessionService } from '#libs/calendars';
import { formatPlainDate, formatTime, type Language, translate, wordsIn } from '#libs/platform';
import { localDate } from '#libs/time';
import { pathTo } from '#libs/web';

export interface SessionLine {
  href: string;
  time: string;
  service: string;
  name: string;
  branch: string;
  payer: 'state' | 'paid';
  /** `3 of 8 seats taken`. */
  text: string;
  /** Being booked at the moment. */
  held: string;
  value: number;
  max: number;
  isFull: boolean;
  isOpen: boolean;
}

export function sessionLine(session: ClinicSession, language: Language): SessionLine {
  const { booked, held, seats, branch } = session;
  const time = (at: Temporal.Instant): string => formatTime(language, at, branch.zone);
  return {
    href: pathTo(language, '/sessions/', session.id),
    time: `${time(session.start)}–${time(session.end)}`,
    service: wordsIn(language, session.service),
    name: session.name,
    branch: branch.name,
    payer: session.payer,
    text: translate(language, 'calendars.sessions.taken', { booked, seats }),
    held: held > 0 ? translate(language, 'calendars.sessions.held', { n: held }) : '',
    value: Math.min(seats, booked + held),
    max: seats,
    isFull: booked >= seats,
    isOpen: session.isOpen,
  };
}

/** Sessions by the local day of their branch. */
export function sessionDays(
  sessions: readonly ClinicSession[],
  language: Language,
): { heading: string; sessions: SessionLine[] }[] {
  const days = Map.groupBy(sessions, ({ start, branch }) => localDate(start, branch.zone).toString());
  return [...days].map(([day, rows]) => ({
    heading: formatPlainDate(language, Temporal.PlainDate.from(day), 'full'),
    sessions: rows.map((row) => sessionLine(row, language)),
  }));
}

/** A service that can be planned, as it is chosen: `Vaccination, Anna Agra, Centre, State-paid, 15 minutes`. */
export const serviceChoice = (service: SessionService, language: Language): { value: string; label: string } => ({
  value: `${service.calendarId}|${service.serviceId}`,
  label: [
    wordsIn(language, service.service),
    service.name,
    service.branch,
    translate(language, `common.payer.${service.payer}`),
    translate(language, 'common.visit.minutes', { n: service.minutes }),
  ].join(', '),
});
