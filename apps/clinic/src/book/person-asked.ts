import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type FoundPatient, PatientsOfClinic } from '#libs/appointments';
import { CalendarsOfClinic } from '#libs/calendars';
import { checkPatient, type PatientCard, type PatientDetails, type PersonCodeCountry } from '#libs/people';
import { CLOCK, type Clock, type FieldError, type Language, Refusal } from '#libs/platform';
import { localDate } from '#libs/time';
import type { TimesForm } from './book.form.js';
import { type Identity, identityOf } from './identity.js';

/** Somebody known, or the checked details of somebody new. */
export type Person = { card: PatientCard } | { details: PatientDetails };

export const detailsOf = (person: Person): PatientCard | PatientDetails =>
  'card' in person ? person.card : person.details;

/** Where a mistake of a new patient stands on the page: code and birth date are one field there. */
const fieldOf = (path: string): string => {
  if (path === 'phone' || path === 'email') return path;
  return ['personCode.code', 'birthDate'].includes(path) ? 'patient.identity' : `patient.${path}`;
};

/** Whom a form of the booking for a caller speaks of. */
@Injectable()
export class PersonAsked {
  constructor(
    private readonly patients: PatientsOfClinic,
    private readonly calendars: CalendarsOfClinic,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The known person, a look at whom is logged, or the new one's details, or what is wrong with them by field.
   * @throws Refusal `not-found` for somebody whom these staff may not see, `invalid` where nobody is named
   */
  async of(value: TimesForm, staff: StaffActor, language: Language): Promise<Person | { errors: FieldError[] }> {
    if (value.patientId) return { card: await this.patients.card(staff, value.patientId, { purpose: 'booking' }) };
    const { patient } = value;
    if (!patient) throw new Refusal('invalid');
    const home = (await this.calendars.branches(staff.clinicId))[0]?.country ?? 'LV';
    const today = localDate(this.clock.now(), 'Europe/Riga');
    const { personCode } = patient;
    const code = personCode?.code;
    const country: PersonCodeCountry = personCode?.country ?? home;
    const isApart = Boolean(code) || patient.birthDate !== undefined;
    const identity: Identity | Record<string, never> = isApart ? {} : identityOf(patient.identity, home, today);
    if ('mistake' in identity) return { errors: [{ path: 'patient.identity', code: identity.mistake }] };
    const checked = checkPatient(
      {
        givenName: patient.givenName,
        familyName: patient.familyName,
        ...(code && { personCode: { country, code } }),
        ...(patient.birthDate && { birthDate: Temporal.PlainDate.from(patient.birthDate) }),
        ...identity,
        ...(value.email && { email: value.email }),
        ...(value.phone && { phone: value.phone }),
      },
      patient.language ?? language,
      today,
      home,
    );
    if (checked.ok) return { details: checked.details };
    return { errors: checked.errors.map(({ path, code: wrong }) => ({ path: fieldOf(path), code: wrong })) };
  }

  /** Whom the clinic knows by this code, or else by a name like it and the birth date: no second record for one person. */
  async known(details: PatientDetails, staff: StaffActor): Promise<FoundPatient[]> {
    const { personCode, birthDate, givenName, familyName } = details;
    if (personCode) return this.patients.find(staff, personCode.code);
    return birthDate ? this.patients.find(staff, `${givenName} ${familyName} ${birthDate.toString()}`) : [];
  }
}
