import { Injectable } from '@nestjs/common';
import { normaliseName } from '#libs/people';
import { type FieldError, Refusal } from '#libs/platform';
import type { Wisher } from '#libs/waiting-list';
import { CheckNewPatient } from '../book/check-new-patient.js';
import type { RegisterForm } from './waiting.form.js';

/** Whom a form of a request speaks of. */
@Injectable()
export class WisherAsked {
  constructor(private readonly newPatients: CheckNewPatient) {}

  /**
   * Somebody known; somebody new with a code or a birth date, who becomes a record of the clinic's; or only a name, which has
   * to come with a contact. Else what is wrong, by field.
   * @throws Refusal `invalid` where nobody is named
   */
  async of(value: RegisterForm, clinicId: string): Promise<Wisher | { errors: FieldError[] }> {
    const { patientId, patient, email, phone } = value;
    if (patientId) return { id: patientId };
    if (!patient) throw new Refusal('invalid');
    if (!patient.identity && !patient.personCode?.code && !patient.birthDate) return this.named(value);
    const checked = await this.newPatients.of(patient, { email, phone }, clinicId);
    return 'details' in checked ? checked.details : checked;
  }

  private named({ patient, email, phone }: RegisterForm): Wisher | { errors: FieldError[] } {
    const givenName = normaliseName(patient?.givenName ?? '');
    const familyName = normaliseName(patient?.familyName ?? '');
    const errors: FieldError[] = [];
    if (givenName === null) errors.push({ path: 'patient.givenName', code: 'name' });
    if (familyName === null) errors.push({ path: 'patient.familyName', code: 'name' });
    if (!email && !phone) errors.push({ path: 'phone', code: 'waiting.errors.contact' });
    return givenName !== null && familyName !== null && errors.length === 0 ? { givenName, familyName } : { errors };
  }
}
