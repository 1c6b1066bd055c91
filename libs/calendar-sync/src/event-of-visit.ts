import type { calendar_v3 } from '@googleapis/calendar';
import { createHash } from 'node:crypto';
import type { AppointmentView } from '#libs/appointments';
import { entryInCalendar } from '#libs/notifications';
import type { Language } from '#libs/platform';

/** What we write of a visit into somebody's calendar, and nothing else: the rest of the event is theirs. */
export type OurFields = Pick<
  calendar_v3.Schema$Event,
  'summary' | 'description' | 'location' | 'start' | 'end' | 'status' | 'visibility'
>;

const wishes: ReadonlySet<string> = new Set(['pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'noshow']);

/** Whether the visit stands in a calendar at all; one that is over stays where it was. */
export const isInCalendar = ({ status }: Pick<AppointmentView, 'status'>): boolean => wishes.has(status);

/** The visit in Google's words, with no more than a letter may say (S-2.40): no service, no reason, nobody's name. */
export function eventOfVisit(view: AppointmentView, language: Language): OurFields {
  const { summary, description, location, start, end } = entryInCalendar(view, language);
  const time = (at: Temporal.Instant) => ({
    dateTime: at.toString({ smallestUnit: 'second' }),
    timeZone: view.timeZone,
  });
  return {
    summary,
    description,
    location,
    start: time(start),
    end: time(end),
    status: view.status === 'pending' ? 'tentative' : 'confirmed',
    visibility: 'private',
  };
}

export const fingerprintOf = (fields: OurFields): Buffer =>
  createHash('sha256').update(JSON.stringify(fields)).digest();
