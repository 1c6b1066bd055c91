import type { Tour } from './portal.js';
import { lookAtWhatIsAsked } from './tour-of-asking.js';
import { bookAsGuest, type Booked, bookInOtherLanguages, lookAround, missATime } from './tour-of-booking.js';
import { lookAsDoctor, workAtTheDesk } from './tour-of-clinic.js';
import { setTheClinicUp } from './tour-of-setup.js';

/**
 * Goes through every page of both apps as people do, by clicking, and calls `look` at each: a guest books, moves and
 * cancels, misses a time, the desk answers requests. A part that cannot be gone to its end is told, and the next begins.
 */
export async function goThroughThePortal(tour: Tour): Promise<Booked | undefined> {
  await attempt(tour, 'pages for everybody', () => lookAround(tour));
  const booked = await attempt(tour, 'booking as a guest', () => bookAsGuest(tour));
  await attempt(tour, 'what is asked', () => lookAtWhatIsAsked(tour));
  await attempt(tour, 'a time that somebody else took', () => missATime(tour));
  await attempt(tour, 'the desk', () => workAtTheDesk(tour, booked));
  await attempt(tour, 'the doctor', () => lookAsDoctor(tour));
  await attempt(tour, 'setting the clinic up', () => setTheClinicUp(tour));
  await attempt(tour, 'other languages', () => bookInOtherLanguages(tour));
  return booked;
}

/** The part's answer, or nothing when it could not be gone to its end. Its visitors leave. */
export async function attempt<Answer>(
  tour: Tour,
  what: string,
  part: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await part();
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    tour.miss(`${what}: ${why}`);
    return undefined;
  } finally {
    await tour.everybodyLeaves();
  }
}
