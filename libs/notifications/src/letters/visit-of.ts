import type { AppointmentView } from '#libs/appointments';
import { environment, type Language } from '#libs/platform';
import { calendarLinksOf, type CalendarLinks } from '../invitation/calendar-links.js';
import { writeInvitation } from '../invitation/invitation.js';
import type { InvitationMethod } from '../rules/letter-kind.js';
import { mailFromOf } from '../transports/mail-from.js';
import { appointmentPage } from './portal-pages.js';
import { entryOf, invitationFor, type Visit } from './visit.js';

/** What letters may know of an appointment: everything else stays behind here (S-2.40). */
export function visitOf(view: AppointmentView, stamp: Temporal.Instant, language: Language = view.language): Visit {
  const { clinic, branch, practitioner } = view;
  return {
    reference: view.reference,
    uid: view.icsUid,
    status: view.status,
    sequence: view.sequence,
    stamp,
    start: view.start,
    end: view.end,
    zone: view.timeZone,
    language,
    clinic: clinic.namedInLetters ? { name: clinic.name, registryCode: clinic.registrationNumber } : null,
    // A room that is booked by itself is often named after its examination.
    practitioner:
      clinic.namedInLetters && clinic.practitionerNamedInLetters && practitioner.kind === 'practitioner'
        ? practitioner.name
        : null,
    place: {
      country: clinic.country,
      address: branch.address,
      city: branch.city,
      postalCode: branch.postalCode,
      room: branch.room,
    },
    mode: view.service.mode,
    phone: branch.phone,
    page: appointmentPage(language, view.id),
  };
}

/**
 * The appointment as an iCalendar file: PUBLISH for a download, which names nobody; REQUEST and CANCEL as in the letters,
 * to the contact address. It says no more than a letter may.
 * @param now the file's DTSTAMP
 * @throws Error for REQUEST or CANCEL of an appointment without an e-mail address
 */
export const invitationOf = (
  view: AppointmentView,
  method: InvitationMethod,
  { now, language }: { now: Temporal.Instant; language?: Language },
): string =>
  writeInvitation(
    invitationFor(
      visitOf(view, now, language),
      method,
      mailFromOf(environment().mailFrom),
      view.contactEmail ?? undefined,
    ),
  );

/** Addresses that add the appointment to the visitor's own Google or Outlook calendar. They say no more than a letter may. */
export const calendarLinks = (view: AppointmentView, language?: Language): CalendarLinks =>
  calendarLinksOf(entryOf(visitOf(view, view.createdAt, language)));
