import type { Client } from 'pg';
import { history, type PlannedAppointment } from './appointment-plan.js';
import type { PlannedCalendar } from './calendar-plan.js';
import { CopyIn } from './copy-in.js';
import type { AppointmentRows } from './load-appointments.js';
import type { PlannedOpening } from './opening-plan.js';
import type { PatientContact } from './patient-plan.js';
import { idsOf, randomOf } from './random.js';

const minute = 60_000;
const day = 86_400_000;
/** Sessions are planned for the coming weeks. */
const weeks = 5;

/** The sessions of vaccination lines, one after another through their hours, and who has a seat: fewer the later it is. */
export async function loadSessions(
  client: Client,
  rows: AppointmentRows,
  lines: readonly PlannedCalendar[],
  plan: {
    openingsOf: (calendar: PlannedCalendar) => readonly PlannedOpening[];
    patientOf: (appointment: PlannedAppointment) => PatientContact;
    midnight: number;
    createdMs: number;
  },
): Promise<number> {
  const session = new CopyIn(client, 'group_session', [
    'id',
    'clinic_id',
    'calendar_id',
    'service_id',
    'starts_at',
    'ends_at',
    'seats',
  ]);
  const id = idsOf('sessions', plan.createdMs);
  const { midnight } = plan;
  for (const calendar of lines) {
    const [offer] = calendar.offers;
    const seats = offer?.service.kind.seats;
    if (!offer || seats === undefined) continue;
    const random = randomOf('sessions', midnight, calendar.id);
    const length = offer.minutes * minute;
    for (const opening of plan.openingsOf(calendar)) {
      if (opening.start < midnight + day || opening.start > midnight + weeks * 7 * day) continue;
      const share = Math.max(0.1, 0.85 - (opening.start - midnight) / (30 * day));
      for (let start = opening.start; start + length <= opening.end; start += length) {
        const end = start + length;
        const sessionId = id();
        const iso = (at: number): string => new Date(at).toISOString();
        const { clinic } = calendar.workplace;
        session.add(sessionId, clinic.id, calendar.id, offer.service.id, iso(start), iso(end), seats);
        rows.addSession(sessionId, { calendar, start, end });
        for (let number = 1; number <= seats; number++) {
          if (!random.chance(share)) continue;
          const told = history(calendar, start, end, midnight, random);
          const planned = { calendar, offer, start, end, offset: opening.offset, ...told };
          rows.add(planned, plan.patientOf(planned), random, { seat: { sessionId, number, seats } });
        }
      }
    }
  }
  await session.flush();
  await rows.flush();
  return session.rows;
}
