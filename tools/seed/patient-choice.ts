import type { PlannedAppointment } from './appointment-plan.js';
import type { PlannedClinic } from './clinic-plan.js';
import type { PatientGroup } from './content/specialties.js';
import { type PatientContact, patientContact } from './patient-plan.js';
import { randomOf } from './random.js';

/**
 * Gives each appointment a patient of its clinic and group, nobody twice on one day: a patient is in one place at a time
 * (promise 1), and the exclusion constraint would refuse anything else.
 */
export function patientChooser(
  sizeOf: (clinic: PlannedClinic, group: PatientGroup) => number,
): (appointment: PlannedAppointment) => PatientContact {
  const asked = new Map<string, number>();
  return ({ calendar, offer, start, offset }) => {
    const { clinic } = calendar.workplace;
    const day = Math.floor((start + offset) / 86_400_000);
    const key = `${clinic.number} ${offer.patients} ${day}`;
    const before = asked.get(key) ?? 0;
    asked.set(key, before + 1);
    const size = sizeOf(clinic, offer.patients);
    if (before >= size) throw new Error(`too few patients: ${key}`);
    const first = randomOf('day', key).below(size);
    return patientContact(clinic, offer.patients, (first + before) % size);
  };
}
