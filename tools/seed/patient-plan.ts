import type { Country } from '#libs/holidays';
import type { Language } from '#libs/platform';
import type { PlannedClinic } from './clinic-plan.js';
import type { PatientGroup } from './content/specialties.js';
import { fold } from './fold.js';
import { personName } from './people-names.js';
import { personCodeOf } from './person-code.js';
import { randomOf, uuidOf } from './random.js';

export interface PlannedPatient {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: Temporal.PlainDate;
  /** Null for the few that were registered without one: their name and birth date are their identity. */
  readonly personCode: { readonly country: Country; readonly code: string } | null;
  readonly email: string | null;
  readonly phone: string;
  readonly language: Language;
}

/** What an appointment needs of its patient; cheap to make again, so that nobody keeps half a million people in memory. */
export type PatientContact = Pick<PlannedPatient, 'id' | 'email' | 'phone' | 'language'>;

const years: Readonly<Record<PatientGroup, readonly [youngest: number, spread: number]>> = {
  anyone: [18, 70],
  children: [0, 17],
  women: [18, 55],
};

const domains = ['example.com', 'example.org', 'example.net'];

/** A mobile number of a block that is given out to nobody in this portal, in the national form. */
const phoneOf = (country: Country, number: number): string =>
  country === 'LV'
    ? `+37120${String(number % 1_000_000).padStart(6, '0')}`
    : `+37255${String(number % 1_000_000).padStart(6, '0')}`;

function contactOf(clinic: PlannedClinic, group: PatientGroup, number: number) {
  const { country } = clinic.data;
  const random = randomOf('patient', clinic.data.slug, group, number);
  const id = uuidOf(random);
  const sex = group === 'women' || random.chance(0.54) ? 'woman' : 'man';
  const name = personName(country, sex, clinic.branches[0]?.city.russianNames ?? 0, random);
  const address = `${fold(name.givenName)}.${fold(name.familyName)}${random.below(9000) + 1000}@${random.pick(domains)}`;
  const contact: PatientContact = {
    id,
    email: random.chance(0.88) ? address : null,
    phone: phoneOf(country, random.below(1_000_000)),
    language: random.chance(0.03) ? 'en' : name.language,
  };
  return { contact, name, random };
}

/** The contact of the n-th patient of a clinic's group; always the same for the same three. */
export const patientContact = (clinic: PlannedClinic, group: PatientGroup, number: number): PatientContact =>
  contactOf(clinic, group, number).contact;

/** All patients of a clinic's group, no person code twice. `taken` holds the clinic's codes and grows. */
export function* patientsOf(
  clinic: PlannedClinic,
  group: PatientGroup,
  count: number,
  today: Temporal.PlainDate,
  taken: Set<string>,
): Generator<PlannedPatient> {
  const { country } = clinic.data;
  const [youngest, spread] = years[group];
  for (let number = 0; number < count; number++) {
    const { contact, name, random } = contactOf(clinic, group, number);
    const birthDate = today.subtract({ years: youngest, days: 1 + random.below(365 * spread) });
    let code: string;
    do code = personCodeOf(country, birthDate, name.sex, random);
    while (taken.has(code));
    taken.add(code);
    // Foreigners have no code of either country (S-3.5); their birth dates differ, so that no two are the same person.
    const foreigner = number % 50 === 49;
    yield {
      ...contact,
      givenName: name.givenName,
      familyName: name.familyName,
      birthDate,
      personCode: foreigner ? null : { country, code },
    };
  }
}
