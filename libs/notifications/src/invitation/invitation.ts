import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import type { InvitationMethod, InvitationStatus } from '../rules/letter-kind.js';

/** Who invites: the From address of the letters (S-2.12). */
export interface Organizer {
  name: string;
  address: string;
}

/** One visit as a calendar shows it. All words are harmless already (S-2.13). */
export interface Invitation {
  method: InvitationMethod;
  status: InvitationStatus;
  uid: string;
  sequence: number;
  stamp: Temporal.Instant;
  start: Temporal.Instant;
  end: Temporal.Instant;
  summary: string;
  description: string;
  location: string;
  /** A page that asks who is there before it shows anything. */
  page: string;
  alarm: string;
  organizer: Organizer;
  attendee?: string;
}

export const busyStatus = {
  TENTATIVE: ICalEventBusyStatus.TENTATIVE,
  CONFIRMED: ICalEventBusyStatus.BUSY,
  CANCELLED: ICalEventBusyStatus.FREE,
} as const;

const dayInSeconds = 24 * 60 * 60;

export const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds);

/** What the generator leaves in: control characters may not stand in a content line, and half a surrogate pair is no text. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ');

/**
 * An iCalendar object with one event (RFC 5545), ready for a text/calendar part: REQUEST and CANCEL as iTIP messages to
 * one attendee, PUBLISH for a download, which names nobody (S-2.7 … S-2.9). Times are UTC, so no VTIMEZONE is needed and
 * the repeated hour of October is not ambiguous (S-2.10). Lines end with CRLF and have at most 75 octets.
 * @throws Error when a message to an attendee has none
 */
export function writeInvitation(invitation: Invitation): string {
  const { method, status } = invitation;
  const calendar = ical({ prodId: '//Pieraksts//Pieraksts//EN', method: ICalCalendarMethod[method] });
  const event = calendar.createEvent({
    id: invitation.uid,
    sequence: invitation.sequence,
    stamp: dateOf(invitation.stamp),
    start: dateOf(invitation.start),
    end: dateOf(invitation.end),
    summary: clean(invitation.summary),
    description: clean(invitation.description),
    location: clean(invitation.location),
    url: invitation.page,
    class: ICalEventClass.PRIVATE,
    status: ICalEventStatus[status],
    busystatus: busyStatus[status],
    transparency: status === 'CANCELLED' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    organizer: { name: clean(invitation.organizer.name), email: invitation.organizer.address },
  });
  if (method !== 'PUBLISH') {
    if (!invitation.attendee) throw new Error('an invitation needs the one whom it invites');
    event.createAttendee({
      email: invitation.attendee,
      role: ICalAttendeeRole.REQ,
      type: ICalAttendeeType.INDIVIDUAL,
      // The visit is theirs already: calendars need not ask, and a "no" there would cancel nothing.
      status: ICalAttendeeStatus.ACCEPTED,
      rsvp: false,
    });
  }
  if (method !== 'CANCEL' && status !== 'CANCELLED') {
    event.createAlarm({ type: ICalAlarmType.display, trigger: dayInSeconds, description: clean(invitation.alarm) });
  }
  // The generator leaves the last line open, and a content line ends with CRLF (RFC 5545 § 3.1).
  return `${calendar.toString()}\r\n`;
}

/** The media type of an invitation, whose method must be the one inside (RFC 5545 § 3.7.2). */
export const invitationType = (method: InvitationMethod): string => `text/calendar; charset=utf-8; method=${method}`;
