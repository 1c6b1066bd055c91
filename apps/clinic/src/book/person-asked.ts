import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type FoundPatient, PatientsOfClinic } from '#libs/appointments';
import type { PatientCard, PatientDetails } from '#libs/people';
import { type FieldError, Refusal } from '#libs/platform';
import type { TimesForm } from './book.form.js';
import { CheckNewPatient } from './check-new-patient.js';

/** Somebody known, or the checked details of somebody new. */
export type Person = { card: PatientCard } | { details: PatientDetails };

/** Name, contacts and language, whether or not the clinic knows them. */
export const detailsOf = (person: Person): PatientCard | PatientDetails =>
  'card' in person ? person.card : person.details;

/** Whom a form of the booking for a caller speaks of. */
@Injectable()
export class PersonAsked {
  constructor(
    private readonly patients: PatientsOfClinic,
    private readonly newPatients: CheckNewPatient,
  ) {}

  /**
   * The known person, a look at whom is logged, or the new one's details, or what is wrong with them by field.
   * @throws Refusal `not-found` for somebody whom these staff may not see, `invalid` where nobody is named
   */
  async of(value: TimesForm, staff: StaffActor): Promise<Person | { errors: FieldError[] }> {
    if (value.patientId) return { card: await this.patients.card(staff, value.patientId, { purpose: 'booking' }) };
    const { patient } = value;
    if (!patient) throw new Refusal('invalid');
    return this.newPatients.of(patient, value, staff.clinicId);
  }

  /** Whom the clinic knows by this code, or else by a name like it and the birth date: no second record for one person. */
  async known(details: PatientDetails, staff: StaffActor): Promise<FoundPatient[]> {
    const { personCode, birthDate, givenName, familyName } = details;
    if (personCode) return this.patients.find(staff, personCode.code);
    return birthDate ? this.patients.find(staff, `${givenName} ${familyName} ${birthDate.toString()}`) : [];
  }
}
