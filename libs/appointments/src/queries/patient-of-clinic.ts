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
