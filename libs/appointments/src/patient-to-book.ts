import type { Actor } from '#libs/access';
import { type Keeper, keepPatient, mayActFor, type PatientDetails } from '#libs/people';
import { Refusal, type Tx } from '#libs/platform';
import { patientOfClinic, patientOfStaff } from './queries/patient-of-clinic.js';

/**
 * Who is booked: one of the actor's own people, or somebody new among them.
 * @returns the patient's id
 * @throws Refusal `not-found` for a patient that the actor may not act for, and those of `keepPatient`
 */
export async function patientToBook(
  tx: Tx,
  actor: Actor,
  patient: { id: string } | PatientDetails,
  clinicId: string,
  now: Temporal.Instant,
): Promise<string> {
  const keeper: Keeper =
    actor.kind === 'guest' || actor.kind === 'patient' ? { accountId: actor.accountId } : { clinicId };
  if ('givenName' in patient) return keepPatient(tx, keeper, patient, now);
  const isTheirs =
    'accountId' in keeper
      ? await mayActFor(tx, keeper.accountId, patient.id)
      : actor.kind === 'staff'
        ? await patientOfStaff(tx, actor, patient.id)
        : await patientOfClinic(tx, keeper.clinicId, patient.id);
  if (!isTheirs) throw new Refusal('not-found');
  return patient.id;
}
