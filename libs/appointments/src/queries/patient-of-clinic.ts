import { type StaffActor, within } from '#libs/access';
import type { Tx } from '#libs/platform';

/** Whether a clinic keeps a patient's record or has had an appointment with them: the relation that lets staff see them. */
export async function patientOfClinic(tx: Pick<Tx, 'query'>, clinicId: string, patientId: string): Promise<boolean> {
  const rows = await tx.query(
    `select from patient p
      where p.id = $2
        and (p.clinic_id = $1 or exists (select from appointment a where a.patient_id = p.id and a.clinic_id = $1))`,
    [clinicId, patientId],
  );
  return rows.length === 1;
}

/** Whether staff may see only people who have had an appointment with their practitioners, or in their branches (F059). */
export function isBound(staff: StaffActor): boolean {
  const { branchIds, practitionerIds } = within(staff, 'patients.read');
  return branchIds !== null || practitionerIds !== null;
}

/**
 * SQL for "an appointment (`a`) that relates a patient to staff". Parameter 1 is the clinic, 2 and 3 are what
 * `boundsOf` gives.
 */
export const relates = `a.clinic_id = $1
  and ($2::uuid[] is null or a.branch_id = any($2)) and ($3::uuid[] is null or a.resource_id = any($3))`;

/** Parameters 1 to 3 of `relates`. */
export function boundsOf(staff: StaffActor): unknown[] {
  const { branchIds, practitionerIds } = within(staff, 'patients.read');
  return [staff.clinicId, branchIds, practitionerIds];
}

/** Whether staff may see this person: one of the clinic's, and for whoever is bound, one of theirs. */
export async function patientOfStaff(tx: Pick<Tx, 'query'>, staff: StaffActor, patientId: string): Promise<boolean> {
  if (!isBound(staff)) return patientOfClinic(tx, staff.clinicId, patientId);
  const rows = await tx.query(`select from appointment a where ${relates} and a.patient_id = $4 limit 1`, [
    ...boundsOf(staff),
    patientId,
  ]);
  return rows.length === 1;
}
