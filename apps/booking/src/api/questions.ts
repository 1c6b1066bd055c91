import { payers, type Payer } from '#libs/calendars';
import { Choice, DayText, Id, InstantText, Text, Whole } from './fields.js';

/** The search for a time. All members narrow it; `payer` is strict. */
export class PractitionersQuestion {
  @Text({ optional: true, max: 200, description: 'Words of a name, specialty, service or clinic; accents optional' })
  q?: string;
  @Text({ optional: true, max: 80, description: 'Id of a specialty' }) specialty?: string;
  @Id({ optional: true }) service?: string;
  @Text({ optional: true, max: 80, example: 'Rīga' }) city?: string;
  @Id({ optional: true }) branch?: string;
  @Id({ optional: true }) clinic?: string;
  @Choice(payers, { optional: true }) payer?: Payer;
  @Text({ optional: true, max: 80, description: 'Id of an insurer' }) insurer?: string;
  @Text({ optional: true, max: 3, min: 2, description: 'A language that the practitioner speaks' }) language?: string;
  @DayText({ optional: true, description: 'The first day, in the zone of the branch' }) from?: Temporal.PlainDate;
  @Whole({ optional: true, min: 1, max: 100, typed: true }) limit?: number;
  @Text({ optional: true, max: 200, description: '`next` of the page before' }) cursor?: string;
}

export class ServicesQuestion {
  @Id({ optional: true }) clinic?: string;
  @Text({ optional: true, max: 80 }) specialty?: string;
}

export class ClinicsQuestion {
  @Text({ optional: true, max: 80, description: 'Id of an insurer that the clinic works with' }) insurer?: string;
}

/** One payer's calendars only: the other's are left out. */
export class PayerQuestion {
  @Choice(payers, { optional: true }) payer?: Payer;
}

export class SuggestQuestion {
  @Text({ max: 200, min: 0, description: 'At least two letters for an answer' }) q: string;
  @Choice(payers, { optional: true, description: 'Insurers are suggested only where the visit may be paid' })
  payer?: Payer;
}

/** From and to are days in the branch's zone, both included, or instants, the second excluded. */
export class SlotsQuestion {
  @Id() service: string;
  @Text({ optional: true, max: 40, example: '2026-12-01', description: 'A day or a date-time; now unless told' })
  from?: string;
  @Text({ optional: true, max: 40, example: '2026-12-31', description: 'A day or a date-time; 31 days unless told' })
  to?: string;
  @Choice(payers, { optional: true, description: 'The payer that was chosen; a calendar of the other one is refused' })
  payer?: Payer;
  @Id({ optional: true, description: 'An appointment of one’s own whose time counts as free' }) moving?: string;
}

export class AppointmentsQuestion {
  @Id({ optional: true }) patientId?: string;
  @InstantText({ optional: true }) from?: Temporal.Instant;
  @InstantText({ optional: true }) to?: Temporal.Instant;
  @Whole({ optional: true, min: 1, max: 100, typed: true }) limit?: number;
  @Text({ optional: true, max: 200 }) cursor?: string;
}

export class NoticesQuestion {
  @Whole({ optional: true, min: 1, max: 100, typed: true }) limit?: number;
  @Text({ optional: true, max: 200, description: '`next` of the page before' }) cursor?: string;
}
