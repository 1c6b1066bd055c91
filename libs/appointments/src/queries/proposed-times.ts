import type { Payer } from '#libs/calendars';
import type { Tx } from '#libs/platform';
import { earlier, type Interval, later } from '#libs/time';
import { type Candidate, propose, type Wish } from '../rules/propose.js';

type Reader = Pick<Tx, 'query'>;

/** A visit that needs another time, and where and for whom it stands. */
export interface Displaced {
  id: string;
  patientId: string;
  serviceId: string;
  payer: Payer;
  resourceId: string;
  branchId: string;
  city: string;
  start: Temporal.Instant;
  end: Temporal.Instant;
}

/** So many days after the last displaced visit are looked through. */
const daysAhead = 42;

/**
 * Free times of the same service, payer and city for visits of one clinic, nearest first; no two collide. Reads whatever the
 * caller's transaction sees: with a change in it, no time that the change takes away is proposed.
 * @param each how many for each visit
 * @param notBefore no earlier start is proposed
 */
export async function proposedTimes(
  reader: Reader,
  clinicId: string,
  visits: readonly Displaced[],
  { each, now, notBefore = now }: { each: number; now: Temporal.Instant; notBefore?: Temporal.Instant },
): Promise<Map<string, Candidate[]>> {
  const wishes: Wish[] = [];
  const groups = Map.groupBy(visits, ({ serviceId, payer, city }) => `${serviceId} ${payer} ${city}`);
  for (const group of groups.values()) {
    const times = await freeTimes(reader, clinicId, group, { now, notBefore });
    for (const { id, patientId, start, end, resourceId, branchId } of group) {
      const candidates = times.map((time): Candidate => {
        const rank = time.resourceId === resourceId ? 0 : time.branchId === branchId ? 1 : 2;
        return { ...time, rank };
      });
      wishes.push({ id, patientId, visit: { start, end }, candidates });
    }
  }
  return propose(wishes, { each, busy: await otherVisits(reader, visits, now) });
}

type FreeTime = Omit<Candidate, 'rank'> & { branchId: string };

async function freeTimes(
  reader: Reader,
  clinicId: string,
  group: readonly Displaced[],
  { now, notBefore }: { now: Temporal.Instant; notBefore: Temporal.Instant },
): Promise<FreeTime[]> {
  const [one] = group;
  if (!one) return [];
  const first = later(notBefore, group.map(({ start }) => start).reduce(earlier));
  const last = group
    .map(({ start }) => start)
    .reduce(later, notBefore)
    .add({ hours: 24 * daysAhead });
  const after = await timesBetween(reader, clinicId, one, { from: first, to: last, now });
  // Earlier times are asked for only where too few come after.
  return after.length >= group.length * 3
    ? after
    : [...after, ...(await timesBetween(reader, clinicId, one, { from: notBefore, to: first, now }))];
}

async function timesBetween(
  reader: Reader,
  clinicId: string,
  { serviceId, payer, city }: Displaced,
  { from, to, now }: { from: Temporal.Instant; to: Temporal.Instant; now: Temporal.Instant },
): Promise<FreeTime[]> {
  const rows = await reader.query<{
    calendarId: string;
    resourceId: string;
    branchId: string;
    zone: string;
    before: number;
    after: number;
    starts_at: Date;
    ends_at: Date;
  }>(
    `select c.id as "calendarId", c.resource_id as "resourceId", c.branch_id as "branchId", b.zone,
            cs.buffer_before as before, cs.buffer_after as after, f.starts_at, f.ends_at
       from calendar c
       join branch b on b.id = c.branch_id
       join calendar_service cs on cs.calendar_id = c.id and cs.active
      cross join lateral (
        select * from free_starts(c.resource_id, c.id, cs.service_id, $5, $6, $7, null) limit 300) f
      where c.clinic_id = $1 and c.published and cs.service_id = $2 and c.payer = $3 and b.city = $4
      order by f.starts_at, c.id`,
    [clinicId, serviceId, payer, city, from.toString(), to.toString(), now.toString()],
  );
  return rows.map(({ before, after, starts_at: starts, ends_at: ends, ...row }) => {
    const visit = { start: starts.toTemporalInstant(), end: ends.toTemporalInstant() };
    const taken = { start: visit.start.subtract({ minutes: before }), end: visit.end.add({ minutes: after }) };
    return { ...row, serviceId, visit, taken };
  });
}

/** Where the patients are otherwise expected. */
async function otherVisits(
  reader: Reader,
  visits: readonly Displaced[],
  now: Temporal.Instant,
): Promise<Map<string, Interval[]>> {
  const rows = await reader.query<{ patientId: string; starts_at: Date; ends_at: Date }>(
    `select patient_id as "patientId", starts_at, ends_at from appointment
      where patient_id = any($1) and not id = any($2) and ends_at > $3
        and status in ('pending', 'booked', 'arrived', 'checked-in')`,
    [visits.map(({ patientId }) => patientId), visits.map(({ id }) => id), now.toString()],
  );
  const busy = new Map<string, Interval[]>();
  for (const { patientId, starts_at: start, ends_at: end } of rows) {
    const visit = { start: start.toTemporalInstant(), end: end.toTemporalInstant() };
    busy.set(patientId, [...(busy.get(patientId) ?? []), visit]);
  }
  return busy;
}
