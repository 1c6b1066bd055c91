import { type Interval, localDate } from '#libs/time';

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

/** Times as milliseconds: thousands are compared, and comparing two of Temporal's instants costs many times as much. */
interface Span {
  start: number;
  end: number;
}

const spanOf = ({ start, end }: Interval): Span => ({ start: start.epochMilliseconds, end: end.epochMilliseconds });
const meets =
  (wanted: Span) =>
  (other: Span): boolean =>
    other.start < wanted.end && wanted.start < other.end;

/** A candidate as it is weighed. */
interface Weighed {
  candidate: Candidate;
  visit: Span;
  taken: Span;
}

/** The same practitioner first, then the same branch, then the city; later times before earlier ones; then the nearest. */
const nearestFirst =
  (start: number) =>
  (a: Weighed, b: Weighed): number =>
    a.candidate.rank - b.candidate.rank ||
    Number(a.visit.start < start) - Number(b.visit.start < start) ||
    Math.abs(a.visit.start - start) - Math.abs(b.visit.start - start);

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
  const taken = new Map<string, Span[]>();
  const patients = new Map([...busy].map(([id, visits]) => [id, visits.map(spanOf)]));
  const proposed = new Map<string, Candidate[]>(wishes.map(({ id }) => [id, []]));
  const dayOf = daysByStart();
  const open = wishes
    .map(({ id, patientId, visit, candidates }) => {
      const start = visit.start.epochMilliseconds;
      const weighed = candidates.map((candidate): Weighed => {
        return { candidate, visit: spanOf(candidate.visit), taken: spanOf(candidate.taken) };
      });
      return { id, patientId, start, candidates: weighed.sort(nearestFirst(start)) };
    })
    .sort((a, b) => a.start - b.start);
  for (let round = 0; round < each; round++) {
    for (const { id, patientId, candidates } of open) {
      const own = proposed.get(id) ?? [];
      const isFree = ({ candidate, taken: wanted, visit }: Weighed): boolean =>
        !(taken.get(candidate.resourceId) ?? []).some(meets(wanted)) &&
        !(patients.get(patientId) ?? []).some(meets(visit));
      const days = new Set(own.map(dayOf));
      const free = candidates.filter(isFree);
      const chosen = free.find(({ candidate }) => !days.has(dayOf(candidate))) ?? free[0];
      if (!chosen) continue;
      const { resourceId } = chosen.candidate;
      own.push(chosen.candidate);
      taken.set(resourceId, [...(taken.get(resourceId) ?? []), chosen.taken]);
      patients.set(patientId, [...(patients.get(patientId) ?? []), chosen.visit]);
    }
  }
  return proposed;
}

/** The local day of each candidate. Many wishes share their candidates, and asking a zone is slow: each start is asked once. */
function daysByStart(): (candidate: Candidate) => string {
  const days = new Map<string, string>();
  return ({ visit, zone }) => {
    const key = `${visit.start.epochMilliseconds} ${zone}`;
    const known = days.get(key);
    if (known !== undefined) return known;
    const day = localDate(visit.start, zone).toString();
    days.set(key, day);
    return day;
  };
}
