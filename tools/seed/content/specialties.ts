import type { Country } from '#libs/holidays';
import type { AllWords } from '../words.js';
import { specialtiesOfBodies } from './specialties-of-bodies.js';
import { specialtiesOfHands } from './specialties-of-hands.js';
import { specialtiesOfSenses } from './specialties-of-senses.js';
import { specialtiesOfTherapy } from './specialties-of-therapy.js';

/** Who comes to a specialty: anyone, only children, only women. */
export type PatientGroup = 'anyone' | 'children' | 'women';

export interface Specialty {
  readonly code: string;
  readonly name: AllWords;
  /** Everyday words that people type instead of the official one, comma-separated. */
  readonly synonyms: AllWords;
  /** One sentence for the profile of a practitioner. */
  readonly focus: AllWords;
  /** Price level of a paid visit: 1 family doctor or nurse, 2 usual, 3 narrow specialty, 4 surgery and the like. */
  readonly tier: 1 | 2 | 3 | 4;
  /** Does a state-paid first visit need a referral (LV: Cabinet rules No. 555; EE: Health Insurance Act § 70). */
  readonly referral: Readonly<Record<Country, boolean>>;
  readonly patients?: PatientGroup;
  /** No doctor's title before the name: nurses, therapists, psychologists. */
  readonly withoutTitle?: true;
  /** How often the specialty occurs among practitioners. */
  readonly weight: number;
}

export const specialties: readonly Specialty[] = [
  ...specialtiesOfBodies,
  ...specialtiesOfSenses,
  ...specialtiesOfHands,
  ...specialtiesOfTherapy,
];
