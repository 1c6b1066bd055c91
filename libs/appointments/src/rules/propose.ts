import { type Interval, localDate, overlaps } from '#libs/time';

/** A free time that a visit could move to. */
export interface Candidate {
  calendarId: string;
  serviceId: string;
  resourceId: string;
  /** The branch's zone. */
  zone: string;
  /** How near it is to what was booked: 0 the same practitioner, 1 the same branch, 2 the same city. */
  rank: 0 | 1 | 2;
  visit: Interval;
  /** The visit with its buffers. */
  taken: Interval;
}

/** A visit that needs another time. */
export interface Wish {
  id: string;
  patientId: string;
  visit: Interval;
  candidates: readonly Candidate[];
}

const { compare } = Temporal.Instant;

const distance = (a: Temporal.Instant, b: Temporal.Instant): number =>
  Math.abs(a.epochMilliseconds - b.epochMilliseconds);

/** The same practitioner first, then the same branch, then the city; later times before earlier ones; then the nearest. */
const nearestFirst =
  ({ visit }: Wish) =>
  (a: Candidate, b: Candidate): number => {
    const isEarlier = (each: Candidate): number => (compare(each.visit.start, visit.start) < 0 ? 1 : 0);
    return (
      a.rank - b.rank ||
      isEarlier(a) - isEarlier(b) ||
      distance(a.visit.start, visit.start) - distance(b.visit.start, visit.start)
    );
  };

/**
 * Proposes times for many visits at once, so that no two proposals collide: neither in a practitioner's time nor for a
 * patient. Everybody gets their first one before anybody gets a second; further ones are on other days where possible.
 * @param each how many for each visit
 * @param busy the other visits of the patients
 */
export function propose(
  wishes: readonly Wish[],
  { each, busy }: { each: number; busy: ReadonlyMap<string, readonly Interval[]> },
): Map<string, Candidate[]> {
  const taken = new Map<string, Interval[]>();
  const patients = new Map([...busy].map(([id, visits]) => [id, [...visits]]));
  const proposed = new Map<string, Candidate[]>(wishes.map(({ id }) => [id, []]));
  const open = wishes
    .map((wish) => ({ ...wish, candidates: [...wish.candidates].sort(nearestFirst(wish)) }))
    .sort((a, b) => compare(a.visit.start, b.visit.start));
  for (let round = 0; round < each; round++) {
    for (const { id, patientId, candidates } of open) {
      const own = proposed.get(id) ?? [];
      const isFree = ({ resourceId, taken: wanted, visit }: Candidate): boolean =>
        !(taken.get(resourceId) ?? []).some((other) => overlaps(other, wanted)) &&
        !(patients.get(patientId) ?? []).some((other) => overlaps(other, visit));
      const days = new Set(own.map(dayOf));
      const free = candidates.filter(isFree);
      const chosen = free.find((candidate) => !days.has(dayOf(candidate))) ?? free[0];
      if (!chosen) continue;
      own.push(chosen);
      taken.set(chosen.resourceId, [...(taken.get(chosen.resourceId) ?? []), chosen.taken]);
      patients.set(patientId, [...(patients.get(patientId) ?? []), chosen.visit]);
    }
  }
  return proposed;
}

const dayOf = ({ visit, zone }: Candidate): string => localDate(visit.start, zone).toString();
