import type { Look, StaffActor } from '#libs/access';

/** A visit with the person whom a list names. */
interface Named {
  id: string;
  patient: { id: string };
}

/**
 * What the access log keeps of a list that names people: a look at each of them (promise 10).
 * @param action which list it was, a short stable word
 */
export const looksAtVisits = (actor: StaffActor, visits: readonly Named[], action: string): Look[] =>
  visits.map(({ id: appointmentId, patient }) => ({
    actor,
    patientId: patient.id,
    appointmentId,
    action,
    purpose: 'booking',
  }));
