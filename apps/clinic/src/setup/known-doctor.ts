import { Refusal } from '#libs/platform';
import type { ClinicInSetup, PractitionerInSetup } from '#libs/profiles';

/** Somebody who works at the clinic. @throws Refusal `not-found`: nobody else exists for its admin */
export function knownDoctor(clinic: ClinicInSetup, id: string): PractitionerInSetup {
  const doctor = clinic.practitioners.find((each) => each.id === id);
  if (!doctor) throw new Refusal('not-found');
  return doctor;
}
