import type { AppointmentView } from '#libs/appointments';
import { environment, type Language } from '#libs/platform';
import { type CalendarEntry, calendarLinksOf, type CalendarLinks } from '../invitation/calendar-links.js';
import { writeInvitation } from '../invitation/invitation.js';
import type { InvitationMethod } from '../rules/letter-kind.js';
import { tellingWordIn } from '../rules/telling-words.js';
import { mailFromOf } from '../transports/mail-from.js';
import { appointmentPage } from './portal-pages.js';
import { nameTells, tellingTermsOf } from './telling-of-visit.js';
import { entryOf, invitationFor, type Visit } from './visit.js';

/**
 * What letters may know of an appointment: everything else stays behind here (S-2.40). There are three levels. Usually a
 * letter names the clinic, and the practitioner where the clinic lets it; a clinic that does not want to be named, or whose
 * name has a word of the service in it, is not named, nor is anybody who works there; and a letter to a patient who chose the strict level says when, and leaves
 * clinic, practitioner, place and telephone to the portal.
 * @param how.isStrict the patient's choice; unset: as the appointment has it
 * @param how.isBehindSignIn only who is signed in reads it: it names whatever there is to name
 */
export function visitOf(
  view: AppointmentView,
  stamp: Temporal.Instant,
  language: Language = view.language,
  how: { isStrict?: boolean; isBehindSignIn?: boolean } = {},
): Visit {
  const { clinic, branch, practitioner } = view;
  const { isBehindSignIn = false } = how;
  const isStrict = !isBehindSignIn && (how.isStrict ?? view.isStrict);
  const terms = isBehindSignIn ? [] : tellingTermsOf(view);
  const isNamed = isBehindSignIn || (clinic.namedInLetters && !isStrict && !nameTells(view, terms));
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
    isStrict,
    clinic: isNamed ? { name: clinic.name, registryCode: clinic.registrationNumber } : null,
    // A room that is booked by itself is often named after its examination.
    practitioner:
      isNamed && (isBehindSignIn || clinic.practitionerNamedInLetters) && practitioner.kind === 'practitioner'
        ? practitioner.name
        : null,
    place: isStrict
      ? null
      : {
          country: clinic.country,
          address: branch.address,
          city: branch.city,
          postalCode: branch.postalCode,
          // A room is often called by what is done in it.
          room: branch.room !== null && tellingWordIn(branch.room, terms) === null ? branch.room : null,
        },
    mode: view.service.mode,
    phone: isStrict ? null : branch.phone,
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

/** The appointment as it stands in the person's own calendar, where we put it. It says no more than a letter may. */
export const entryInCalendar = (view: AppointmentView, language?: Language): CalendarEntry =>
  entryOf(visitOf(view, view.createdAt, language));
