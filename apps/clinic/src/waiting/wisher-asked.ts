import { Inject, Injectable } from '@nestjs/common';
import { CalendarsOfClinic } from '#libs/calendars';
import { checkPatient, normaliseName } from '#libs/people';
import { CLOCK, type Clock, type FieldError, Refusal } from '#libs/platform';
import { localDate } from '#libs/time';
import type { Wisher } from '#libs/waiting-list';
import { type Identity, identityOf } from '../book/identity.js';
import type { RegisterForm } from './waiting.form.js';

/** Where a mistake stands on the page: code and birth date are one field there. */
const fieldOf = (path: string): string => {
  if (path === 'phone' || path === 'email') return path;
  return ['personCode.code', 'birthDate'].includes(path) ? 'patient.identity' : `patient.${path}`;
};

/** Whom a form of a request speaks of. */
@Injectable()
export class WisherAsked {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Somebody known; somebody new with a code or a birth date, who becomes a record of the clinic's; or only a name, which has
   * to come with a contact. Else what is wrong, by field.
   * @throws Refusal `invalid` where nobody is named
   */
  async of(value: RegisterForm, clinicId: string): Promise<Wisher | { errors: FieldError[] }> {
    const { patientId, patient, email, phone } = value;
    if (patientId) return { id: patientId };
    if (!patient) throw new Refusal('invalid');
    const code = patient.personCode?.code;
    if (!patient.identity && !code && !patient.birthDate) return this.named(value);
    const home = (await this.calendars.branches(clinicId))[0]?.country ?? 'LV';
    const today = localDate(this.clock.now(), 'Europe/Riga');
    const identity: Identity | Record<string, never> = patient.identity
      ? identityOf(patient.identity, home, today)
      : {};
    if ('mistake' in identity) return { errors: [{ path: 'patient.identity', code: identity.mistake }] };
    const checked = checkPatient(
      {
        givenName: patient.givenName,
        familyName: patient.familyName,
        ...(code && { personCode: { country: patient.personCode?.country ?? home, code } }),
        ...(patient.birthDate && { birthDate: Temporal.PlainDate.from(patient.birthDate) }),
        ...identity,
        ...(email && { email }),
        ...(phone && { phone }),
      },
      patient.language,
      today,
      home,
    );
    if (checked.ok) return checked.details;
    return { errors: checked.errors.map(({ path, code: wrong }) => ({ path: fieldOf(path), code: wrong })) };
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
