import type { Client } from 'pg';
import { planAppointments } from './appointment-plan.js';
import { type PlannedCalendar, type PractitionersCalendar, visitsInAWeek } from './calendar-plan.js';
import type { PlannedClinic } from './clinic-plan.js';
import type { PatientGroup } from './content/specialties.js';
import type { DemoPatient } from './demo-patient.js';
import { AppointmentRows } from './load-appointments.js';
import { loadSessions } from './load-sessions.js';
import type { PlannedOpening } from './opening-plan.js';
import { patientChooser } from './patient-choice.js';
import type { PlannedPractitioner } from './practitioner-plan.js';
import { randomOf } from './random.js';
import { isLine, type PlannedRooms } from './room-plan.js';

/** Plans and writes the appointments, practitioner by practitioner; the next are planned while the last are sent. */
export async function loadAllAppointments(
  client: Client,
  plan: {
    today: Temporal.PlainDate;
    practitioners: readonly PlannedPractitioner[];
    calendars: readonly PractitionersCalendar[];
    rooms: PlannedRooms;
    openingsOf: (calendar: PlannedCalendar) => readonly PlannedOpening[];
    groupsOf: (clinic: PlannedClinic) => ReadonlyMap<PatientGroup, number>;
    demoPatient: DemoPatient;
    appointments: number | undefined;
    createdMs: number;
  },
  say: (what: string) => void,
): Promise<void> {
  const midnight = plan.today.toZonedDateTime('Europe/Riga').epochMilliseconds;
  const patientOf = patientChooser((clinic, group) => plan.groupsOf(clinic).get(group) ?? 0);
  const calendarsOf = Map.groupBy(plan.calendars, ({ practitioner }) => practitioner);
  const resources: readonly { name: string | number; calendars: readonly PlannedCalendar[] }[] = [
    ...plan.practitioners.map((each) => ({ name: each.number, calendars: calendarsOf.get(each) ?? [] })),
    ...plan.rooms.calendars
      .filter((calendar) => !isLine(calendar))
      .map((calendar) => ({ name: calendar.id, calendars: [calendar] })),
  ];
  const rows = new AppointmentRows(client, plan.createdMs);
  let sent: Promise<void> = Promise.resolve();
  let appointmentsLeft = plan.appointments ?? Infinity;
  let visitsLeft = resources.flatMap((each) => each.calendars).reduce((sum, each) => sum + visitsInAWeek(each), 0);
  for (const [number, { name, calendars }] of resources.entries()) {
    const random = randomOf('appointments', plan.today.toString(), name);
    const visits = calendars.reduce((sum, calendar) => sum + visitsInAWeek(calendar), 0);
    const wanted = Math.round((appointmentsLeft * visits) / visitsLeft);
    const own = calendars.map((calendar) => ({ calendar, openings: plan.openingsOf(calendar) }));
    const planned = planAppointments(own, midnight, wanted, random);
    for (const each of planned) {
      const deviceId = plan.rooms.deviceOf(each.calendar, each.offer.service);
      rows.add(each, plan.demoPatient.takes(each, midnight) ?? patientOf(each), random, { deviceId });
    }
    appointmentsLeft -= planned.length;
    visitsLeft -= visits;
    if (rows.isFull) {
      await sent;
      sent = rows.flush();
    }
    if ((number + 1) % 1000 === 0) say(`${rows.rows.appointments} appointments of ${number + 1} resources`);
  }
  await sent;
  await rows.flush();
  const lines = plan.rooms.calendars.filter(isLine);
  const { openingsOf, createdMs } = plan;
  const sessions = await loadSessions(client, rows, lines, { openingsOf, patientOf, midnight, createdMs });
  say(`${sessions} sessions`);
  const { appointments, occupations, events } = rows.rows;
  say(`${appointments} appointments, ${occupations} occupations, ${events} steps of history`);
}
