import type { CalendarKind, Purpose } from '../calendar-connection.entity.js';

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;

/**
 * The least that each purpose needs, no more than one of Google's sentences wherever one is enough
 * (developers.google.com/workspace/calendar/api/auth).
 */
const least: Record<Purpose, Record<CalendarKind, readonly string[]>> = {
  visits: {
    // Only calendars that this portal made: nothing else of the person's can be seen.
    own: [scope('calendar.app.created')],
    chosen: [scope('calendar.events.owned'), scope('calendar.calendarlist.readonly')],
  },
  busy: {
    // That time is taken, never by what.
    own: [scope('calendar.events.freebusy'), scope('calendar.calendarlist.readonly')],
    chosen: [scope('calendar.events.freebusy'), scope('calendar.calendarlist.readonly')],
  },
};

export const scopesOf = (purpose: Purpose, kind: CalendarKind): readonly string[] => least[purpose][kind];

/** Whether what was granted is enough: at Google one may leave out single boxes. @param granted parted by spaces */
export function isGranted(granted: string, purpose: Purpose, kind: CalendarKind): boolean {
  const given = new Set(granted.split(' '));
  return scopesOf(purpose, kind).every((each) => given.has(each));
}
