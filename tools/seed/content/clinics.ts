import type { Country } from '#libs/holidays';
import type { AllWords } from '../words.js';
import { estonianClinics } from './clinics-of-estonia.js';
import { latvianClinics } from './clinics-of-latvia.js';

export interface BranchData {
  readonly slug: string;
  readonly name: string;
  readonly city: string;
  readonly address: string;
  readonly postalCode: string;
}

export interface ClinicData {
  readonly slug: string;
  readonly country: Country;
  readonly name: string;
  readonly registrationNumber: string;
  readonly about: AllWords;
  /** Codes of specialties that work here; absent: any but those of teeth. */
  readonly specialties?: readonly string[];
  /** A clinic whose name would tell the patient's trouble is not named in letters (S-2.40). */
  readonly nameTellsTrouble?: true;
  readonly branches: readonly BranchData[];
}

export const clinics: readonly ClinicData[] = [...latvianClinics, ...estonianClinics];
