import { Inject, Injectable } from '@nestjs/common';
import { CalendarsOfClinic } from '#libs/calendars';
import { checkPatient, type PatientDetails } from '#libs/people';
import { CLOCK, type Clock, type FieldError } from '#libs/platform';
import { localDate } from '#libs/time';
import { type Identity, identityOf } from './identity.js';
import type { NewPatient } from './new-patient.form.js';

/** Where a mistake stands on the page: code and birth date are one field there. */
const fieldOf = (path: string): string => {
  if (path === 'phone' || path === 'email') return path;
  return ['personCode.code', 'birthDate'].includes(path) ? 'patient.identity' : `patient.${path}`;
};

/** What the desk types of somebody whom the clinic does not know, by the rules of the clinic's country. */
@Injectable()
export class CheckNewPatient {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The details as they are kept, or what is wrong with them, by the form's field. */
  async of(
    patient: NewPatient,
    { email, phone }: { email?: string | undefined; phone?: string | undefined },
    clinicId: string,
  ): Promise<{ details: PatientDetails } | { errors: FieldError[] }> {
    const home = (await this.calendars.branches(clinicId))[0]?.country ?? 'LV';
    const today = localDate(this.clock.now(), 'Europe/Riga');
    const code = patient.personCode?.code;
    const isApart = Boolean(code) || patient.birthDate !== undefined;
    const identity: Identity | Record<string, never> = isApart ? {} : identityOf(patient.identity, home, today);
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
    if (checked.ok) return { details: checked.details };
    return { errors: checked.errors.map(({ path, code: wrong }) => ({ path: fieldOf(path), code: wrong })) };
  }
}
