import { type Language, languages } from '#libs/platform';
import { payers, type Payer } from '#libs/calendars';
import { personCodeCountries, type PersonCodeCountry } from '#libs/people';
import { AnswerText, Choice, DayText, Id, InstantText, Part, Parts, Text, Whole, YesOrNo } from './fields.js';

/** What the bodies of posts hold. Members that are not declared are refused. */

export class VerificationOrder {
  @Text({ max: 254, example: 'ilze@example.com' }) email: string;
  @Choice(languages, { description: 'Of the letter with the code' }) language: Language;
}

export class CodeOrder {
  @Text({ max: 12, example: '123456', description: 'The six digits of the letter' }) code: string;
}

export class HoldOrder {
  @Id() calendarId: string;
  @Id() serviceId: string;
  @InstantText() start: Temporal.Instant;
  @Choice(payers, { optional: true, description: 'The payer that was chosen; a time of the other one is refused' })
  payer?: Payer;
}

class PersonCodeOrder {
  @Choice(personCodeCountries) country: PersonCodeCountry;
  @Text({ max: 40, description: 'With or without hyphen and spaces' }) code: string;
}

class PatientOrder {
  @Text({ max: 400 }) givenName: string;
  @Text({ max: 400 }) familyName: string;
  @Part(() => PersonCodeOrder, { optional: true }) personCode?: PersonCodeOrder;
  @DayText({ optional: true, description: 'Needed where there is no person code' }) birthDate?: Temporal.PlainDate;
}

class ContactOrder {
  @Text({ max: 254 }) email: string;
  @Text({ optional: true, max: 40 }) phone?: string;
  @YesOrNo({
    optional: true,
    description: 'To be reminded by SMS; true without a mobile number is refused; absent: as the account has chosen',
  })
  sms?: boolean;
}

class TermsOrder {
  @Text({ max: 40, description: 'The version of GET /terms that the person agreed to' }) version: string;
}

class AnswerOrder {
  @Text({ max: 80, description: 'A question of GET /services/{id}' }) questionId: string;
  @AnswerText() value: string;
}

class ReferrerOrder {
  @Text({ max: 200 }) name: string;
  @Text({ max: 200 }) institution: string;
  @Text({ optional: true, max: 40 }) phone?: string;
  @Text({ optional: true, max: 254 }) email?: string;
}

class ReferralOrder {
  @Text({ optional: true, max: 80, description: 'Needed where the service needs a referral; one visit at a time' })
  number?: string;
  @DayText({ description: 'Of its issue' }) date: Temporal.PlainDate;
  @Text({ optional: true, max: 40, description: '`planned`, `urgent`, or a code of the system it comes from' })
  priority?: string;
  @Part(() => ReferrerOrder) referrer: ReferrerOrder;
}

export class AppointmentOrder {
  @Id() holdId: string;
  @Id({ optional: true, description: 'Someone of GET /me/patients; else `patient`' }) patientId?: string;
  @Part(() => PatientOrder, { optional: true }) patient?: PatientOrder;
  @Part(() => ContactOrder) contact: ContactOrder;
  @Choice(languages, { description: 'Of the letters' }) language: Language;
  @Part(() => TermsOrder) terms: TermsOrder;
  @Text({ optional: true, max: 1000, min: 0, description: 'Why the person comes; kept sealed, never in a letter' })
  reason?: string;
  @Parts(() => AnswerOrder, { optional: true, most: 50 }) answers?: AnswerOrder[];
  @Part(() => ReferralOrder, { optional: true }) referral?: ReferralOrder;
}

/** What a patient may say; the clinic's own reasons are not theirs to give. */
export const patientReasons = ['patient-asked', 'patient-ill', 'duplicate', 'other'] as const;

export class CancelOrder {
  @Whole({ min: 1, max: 2_147_483_647, description: 'Of the appointment as it was last read' }) version: number;
  @Choice(patientReasons, { optional: true }) reason?: (typeof patientReasons)[number];
}

export class MoveOrder {
  @Whole({ min: 1, max: 2_147_483_647 }) version: number;
  @Id({ optional: true, description: 'A hold of one’s own; else calendar, service and start' }) holdId?: string;
  @Id({ optional: true }) calendarId?: string;
  @Id({ optional: true }) serviceId?: string;
  @InstantText({ optional: true }) start?: Temporal.Instant;
}
