import type { DayOfBranchAnswer } from '#libs/appointments';
import { type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import type { SessionJson } from '../browser/day-json.js';
import type { WallTimes } from './wall-times.js';

type DaySession = DayOfBranchAnswer['sessions'][number];

/** A group session in the list of a column. */
export interface DayListSession {
  href: string;
  time: string;
  service: string;
  payer: 'state' | 'paid';
  /** `3 of 8 seats taken`. */
  text: string;
}

const textOf = ({ taken, seats }: DaySession, language: Language): string =>
  translate(language, 'calendars.sessions.taken', { booked: taken, seats });

/** A group session as the lists show it. */
export const listSession = (session: DaySession, clocks: WallTimes, language: Language): DayListSession => ({
  href: pathTo(language, '/sessions/', session.id),
  time: `${clocks.time(session.start)}–${clocks.time(session.end)}`,
  service: wordsIn(language, session.serviceName),
  payer: session.payer,
  text: textOf(session, language),
});

/** A group session for the calendar script, but for its place in the grid. */
export function sessionJson(
  session: DaySession,
  clocks: WallTimes,
  language: Language,
): Omit<SessionJson, 'column' | 'at' | 'until'> {
  const { href, time, service, payer, text } = listSession(session, clocks, language);
  return {
    id: session.id,
    payer,
    href,
    service,
    seats: `${session.taken}/${session.seats}`,
    isFull: session.taken >= session.seats,
    spoken: [time, service, text, translate(language, `common.payer.${payer}`)].join(', '),
  };
}
