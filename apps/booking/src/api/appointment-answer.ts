import type { AppointmentView } from '#libs/appointments';
import { calendarLinks } from '#libs/notifications';
import { environment, type Language, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import type { AppointmentAnswer } from './answers.js';
import { euros } from './money.js';

/** An appointment as its own people read it. */
export function appointmentAnswer(view: AppointmentView, language: Language): AppointmentAnswer {
  const { clinic, branch, practitioner, service } = view;
  const site = environment().bookingUrl ?? '';
  const self = `${site}/api/v1/appointments/${view.id}`;
  return {
    id: view.id,
    reference: view.reference,
    status: view.status,
    start: view.start.toString(),
    end: view.end.toString(),
    timeZone: view.timeZone,
    clinic: { id: clinic.id, slug: clinic.slug, name: clinic.name, phone: clinic.phone },
    branch: {
      id: branch.id,
      name: branch.name,
      city: branch.city,
      address: branch.address,
      room: branch.room,
      phone: branch.phone,
    },
    practitioner: {
      id: practitioner.id,
      slug: practitioner.slug,
      name: practitioner.name,
      title: wordsIn(language, practitioner.title),
    },
    service: { id: service.id, name: wordsIn(language, service.name), minutes: service.minutes },
    calendarId: view.calendarId,
    patientId: view.patient.id,
    payer: view.payer,
    price: euros(view.priceCents),
    version: view.version,
    answerDueAt: view.answerDueAt?.toString() ?? null,
    cancelDeadline: view.cancelDeadline?.toString() ?? null,
    ...(view.status === 'cancelled' && { late: view.lateCancel }),
    links: {
      self,
      manage: `${site}${pathTo(language, '/appointments/', view.id)}`,
      ics: `${self}/ics`,
      ...calendarLinks(view, language),
    },
  };
}
