import { after, type AppointmentView, type HistoryLine, isLateCancel } from '#libs/appointments';
import { formatDateTime, hasMessage, inFours, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import type { VisitModel } from '../book/book.view.js';
import { momentIn, zoneWords } from '../zone-words.js';

/** An appointment in words, for its own page, the list and the page after booking. */
export interface AppointmentModel {
  id: string;
  path: string;
  /** `past`: booked, over, and the clinic has not said how it went. */
  status: AppointmentView['status'] | 'past';
  isPending: boolean;
  isCancelled: boolean;
  isLate: boolean;
  version: number;
  visit: VisitModel & { reference: string };
  patient: string;
  phone: string;
  registration: string;
  heading: string;
  zoneWords: string;
  answerBy: string | undefined;
  oldTime: string | undefined;
  deadline: string | undefined;
  canCancel: boolean;
  canMove: boolean;
  doctorHref: string;
}

export function appointmentModel(language: Language, view: AppointmentView, now: Temporal.Instant): AppointmentModel {
  const { practitioner, branch, clinic, timeZone: zone } = view;
  const isAhead = Temporal.Instant.compare(view.start, now) > 0;
  return {
    id: view.id,
    path: pathTo(language, '/appointments/', view.id),
    status: view.status === 'booked' && Temporal.Instant.compare(view.end, now) <= 0 ? 'past' : view.status,
    isPending: view.status === 'pending',
    isCancelled: view.status === 'cancelled',
    isLate: view.lateCancel,
    version: view.version,
    visit: {
      start: view.start.toString(),
      zone,
      minutes: view.service.minutes,
      service: wordsIn(language, view.service.name),
      practitioner: [wordsIn(language, practitioner.title), practitioner.name].filter(Boolean).join(' '),
      room: branch.room ? translate(language, 'booking.clinic.room', { room: branch.room }) : undefined,
      clinic: clinic.name,
      address: `${branch.address}, ${branch.city}`,
      payer: view.payer,
      price: view.priceCents || null,
      reference: inFours(view.reference),
    },
    patient: `${view.patient.givenName} ${view.patient.familyName}`,
    phone: branch.phone,
    registration: clinic.registrationNumber,
    heading: formatDateTime(language, view.start, zone, 'full'),
    zoneWords: zoneWords(language, zone),
    answerBy: view.answerDueAt ? momentIn(language, view.answerDueAt, zone) : undefined,
    oldTime: view.former ? momentIn(language, Temporal.Instant.from(view.former.startsAt), zone) : undefined,
    deadline: deadlineOf(language, view, now),
    canCancel: isAhead && after(view.status, 'cancel') !== null,
    canMove: isAhead && after(view.status, 'move') !== null,
    doctorHref: pathTo(
      language,
      `/${practitioner.kind === 'practitioner' ? 'doctors' : 'rooms'}/${encodeURIComponent(practitioner.slug)}?payer=${view.payer}`,
    ),
  };
}

/** Until when cancelling is without consequences, or since when it is late (R3-36). */
function deadlineOf(language: Language, view: AppointmentView, now: Temporal.Instant): string | undefined {
  if (view.cancelDeadline === null || view.status !== 'booked') return undefined;
  const isLate = isLateCancel(view.start, view.lateCancelHours, now);
  return translate(language, isLate ? 'booking.cancel.late' : 'booking.cancel.inTime', {
    at: formatDateTime(language, view.cancelDeadline, view.timeZone, 'full'),
    zone: zoneWords(language, view.timeZone),
  });
}

/** One line of the history: when, what, by whom and why. */
export interface HistoryModel {
  at: string;
  text: string;
  by: string;
  why: string;
}

export function historyModel(language: Language, lines: readonly HistoryLine[], zone: string): HistoryModel[] {
  const moment = (at: Temporal.Instant | null): string =>
    at === null ? '' : formatDateTime(language, at, zone, 'long');
  return lines.map(({ at, kind, actorKind, fromStart, toStart, reasonCode }) => {
    const reason = reasonCode && hasMessage(language, `booking.reason.${reasonCode}`);
    return {
      at: formatDateTime(language, at, zone, 'medium'),
      text: translate(language, `booking.event.${kind}`, { at: moment(toStart), from: moment(fromStart) }),
      by: translate(language, `booking.event.by.${actorKind}`),
      why: reason ? translate(language, `booking.reason.${reasonCode}`) : '',
    };
  });
}
