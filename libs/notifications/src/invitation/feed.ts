import ical, { ICalEventClass, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { type InvitationStatus, invitationStatusOf } from '../rules/letter-kind.js';
import { entryOf, type Visit } from '../letters/visit.js';
import { busyStatus, clean, dateOf } from './invitation.js';
import type { CalendarEntry } from './calendar-links.js';

/** One visit of a calendar that a program reads again and again. All words are harmless already (S-2.13). */
export interface FeedEvent extends CalendarEntry {
  uid: string;
  sequence: number;
  status: InvitationStatus;
  /** When it last changed. */
  changed: Temporal.Instant;
  page: string;
}

/** A calendar has one component at least (RFC 5545 § 3.6), and some programs refuse one without. */
const nothingButAZone = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n');

/** How often programs are asked to look again. */
const lookAgain = { seconds: 3600 } as const;

/** A visit as a feed shows it: the same event, with the same UID and SEQUENCE, as in its letters. */
export const feedEventOf = (visit: Visit): FeedEvent => ({
  ...entryOf(visit),
  uid: visit.uid,
  sequence: visit.sequence,
  status: invitationStatusOf(visit.status),
  changed: visit.stamp,
  page: visit.page,
});

/**
 * A whole calendar (RFC 5545) without METHOD, organizer or attendee, as it is nobody's message (S-2.3). Equal events give
 * equal bytes: DTSTAMP is when the visit last changed, not when it was asked for. No alarms: how they wish to be reminded
 * is for those to say in whose calendar it stands.
 */
export function writeFeed({ name, events }: { name: string; events: readonly FeedEvent[] }): string {
  const calendar = ical({ prodId: '//Pieraksts//Pieraksts//EN', name: clean(name), ttl: lookAgain.seconds });
  for (const event of events) {
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      stamp: dateOf(event.changed),
      lastModified: dateOf(event.changed),
      start: dateOf(event.start),
      end: dateOf(event.end),
      summary: clean(event.summary),
      description: clean(event.description),
      location: clean(event.location),
      url: event.page,
      class: ICalEventClass.PRIVATE,
      status: ICalEventStatus[event.status],
      busystatus: busyStatus[event.status],
      transparency: event.status === 'CANCELLED' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    });
  }
  // The generator leaves the last line open, and a content line ends with CRLF (RFC 5545 § 3.1).
  const text = `${calendar.toString()}\r\n`;
  return events.length > 0 ? text : text.replace('END:VCALENDAR', `${nothingButAZone}END:VCALENDAR`);
}
