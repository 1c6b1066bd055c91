import type { AllWords } from '../words.js';
import { servicesOfExaminations } from './services-of-examinations.js';
import { servicesOfRooms } from './services-of-rooms.js';
import { servicesOfTreatments } from './services-of-treatments.js';
import { servicesOfVisits } from './services-of-visits.js';
import type { Preparation } from './preparations.js';
import type { PatientGroup } from './specialties.js';

export interface ServiceKind {
  readonly code: string;
  readonly name: AllWords;
  /** Length of the visit in minutes; a narrow specialty may need longer, see `minutesOf`. */
  readonly minutes: number;
  /** Minutes kept free before and after, for cleaning and disinfection. */
  readonly buffers?: readonly [before: number, after: number];
  /** Paid price in euro cents in Latvia; Estonia is dearer, see `prices.ts`. Absent: by the specialty's tier. */
  readonly cents?: number;
  readonly preparation?: Preparation;
  /** Specialties that offer it; `'all'`: every one that receives patients for a talk; none: a room is booked for it. */
  readonly specialties: 'all' | readonly string[];
  /** Only from own pocket: the state does not pay. */
  readonly paidOnly?: true;
  readonly remote?: true;
  /** It is given in sessions with so many seats. */
  readonly seats?: number;
  /** Who comes, where it is fewer than come to the specialty. */
  readonly patients?: PatientGroup;
}

export const services: readonly ServiceKind[] = [
  ...servicesOfVisits,
  ...servicesOfExaminations,
  ...servicesOfTreatments,
  ...servicesOfRooms,
];
