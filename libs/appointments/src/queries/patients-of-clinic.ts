import { Injectable } from '@nestjs/common';
import { AccessLog, requireSomewhere, type StaffActor } from '#libs/access';
import { FindPatients, type PatientCard, type PatientLine, Patients } from '#libs/people';
import { Database, Refusal } from '#libs/platform';
import { boundsOf, isBound, patientOfStaff, relates } from './patient-of-clinic.js';

/**
 * People who have had an appointment, for whoever is bound with their practitioners or in their branches. For the others
 * only those who book for themselves: the clinic's own records are found anyway.
 */
const visitors = (isOnlyTheirs: boolean): string => `
  select distinct a.patient_id as id
    from appointment a ${isOnlyTheirs ? '' : 'join patient p on p.id = a.patient_id and p.account_id is not null'}
   where ${relates}
   limit 20000`;

/**
 * The people whom the staff of a clinic may find: those it keeps and those who have had an appointment there; whoever is
 * bound to practitioners or branches finds those who have had an appointment with them (F059).
 */
@Injectable()
export class PatientsOfClinic {
  constructor(
    private readonly database: Database,
    private readonly search: FindPatients,
    private readonly patients: Patients,
    private readonly accessLog: AccessLog,
  ) {}

  /** By name, person code or telephone number; diacritics optional, codes masked. */
  async find(staff: StaffActor, text: string): Promise<PatientLine[]> {
    requireSomewhere(staff, staff.clinicId, 'patients.read');
    const isOnlyTheirs = isBound(staff);
    const rows = await this.database.read<{ id: string }>(visitors(isOnlyTheirs), boundsOf(staff));
    const clinicId = isOnlyTheirs ? null : staff.clinicId;
    const { items } = await this.search.run({ clinicId, text, alsoIds: rows.map(({ id }) => id) });
    return items;
  }

  /**
   * One person's whole card, written to the access log (promise 10).
   * @throws Refusal `not-found` for somebody with whom the clinic, or whoever is bound, has no relation
   */
  async card(
    staff: StaffActor,
    patientId: string,
    look: { purpose: string; appointmentId?: string },
  ): Promise<PatientCard> {
    requireSomewhere(staff, staff.clinicId, 'patients.read');
    const reader = { query: <Row>(text: string, values?: readonly unknown[]) => this.database.read<Row>(text, values) };
    const isTheirs = await patientOfStaff(reader, staff, patientId);
    const [card] = isTheirs ? await this.patients.cardsOf([patientId]) : [];
    if (!card) throw new Refusal('not-found');
    await this.accessLog.looked(null, { actor: staff, patientId, action: 'patient-card', ...look });
    return card;
  }
}
