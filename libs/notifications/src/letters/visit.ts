import type { Status } from '#libs/appointments';
import { formatDateTime, inFours, type Language, translate } from '#libs/platform';
import type { CalendarEntry } from '../invitation/calendar-links.js';
import { type Invitation, type Organizer } from '../invitation/invitation.js';
import { type InvitationMethod, invitationStatusOf } from '../rules/letter-kind.js';
import { zonePartOf } from '../rules/zone.js';

/**
 * All that a letter, an invitation or a calendar link may know of an appointment (S-2.40). Service, specialty, reason,
 * person code and the patient's name are not here, so none of them can slip out.
 */
export interface Visit {
  reference: string;
  uid: string;
  status: Status;
  sequence: number;
  stamp: Temporal.Instant;
  start: Temporal.Instant;
  end: Temporal.Instant;
  zone: string;
  language: Language;
  /** The patient chose that messages say as little as they can. */
  isStrict: boolean;
  /** Null where the clinic's name would tell too much; then the letter says less and the portal says it. */
  clinic: { name: string; registryCode: string } | null;
  /** Null unless the clinic lets its letters name practitioners. */
  practitioner: string | null;
  /** Null at the strict level: the portal says where. */
  place: { country: string; address: string; city: string; postalCode: string; room: string | null } | null;
  mode: 'in-person' | 'phone' | 'video';
  /** Null at the strict level: a number names whose it is. */
  phone: string | null;
  /** The appointment's page, which asks who is there. */
  page: string;
}

/** A moment in the clinic's time, with weekday and the zone in words. */
export const momentOf = (visit: Pick<Visit, 'language' | 'zone'>, at: Temporal.Instant): string =>
  translate(visit.language, 'mail.time', {
    when: formatDateTime(visit.language, at, visit.zone),
    zone: translate(visit.language, `mail.zone.${visit.zone}.${zonePartOf(at, visit.zone)}`),
  });

/** Where to go, in one line, as the country writes addresses. */
export function placeOf({ language, place, mode }: Visit): string {
  if (mode !== 'in-person') return translate(language, `mail.remote.${mode}`);
  if (!place) return translate(language, 'mail.place-in-portal');
  const town = place.country === 'EE' ? [`${place.postalCode} ${place.city}`] : [place.city, place.postalCode];
  const room = place.room === null ? [] : [translate(language, 'mail.room', { room: place.room })];
  return [place.address, ...town, ...room].join(', ');
}

/** The visit in the words of a calendar. */
export function entryOf(visit: Visit): CalendarEntry {
  const { language } = visit;
  const summary = visit.clinic
    ? translate(language, 'mail.invitation.summary-at', { clinic: visit.clinic.name })
    : translate(language, 'mail.invitation.summary');
  return {
    summary: visit.status === 'pending' ? translate(language, 'mail.invitation.tentative', { summary }) : summary,
    description: [
      translate(language, 'mail.invitation.page', { page: visit.page }),
      ...(visit.phone === null ? [] : [translate(language, 'mail.invitation.phone', { phone: visit.phone })]),
      translate(language, 'mail.invitation.reference', { reference: inFours(visit.reference) }),
    ].join('\n'),
    location: placeOf(visit),
    start: visit.start,
    end: visit.end,
  };
}

/** The visit as an invitation, or as its cancellation. */
export const invitationFor = (
  visit: Visit,
  method: InvitationMethod,
  organizer: Organizer,
  attendee?: string,
): Invitation => ({
  ...entryOf(visit),
  method,
  status: invitationStatusOf(visit.status),
  uid: visit.uid,
  sequence: visit.sequence,
  stamp: visit.stamp,
  page: visit.page,
  alarm: translate(visit.language, 'mail.invitation.alarm'),
  organizer,
  ...(attendee !== undefined && { attendee }),
});
