import { rangeOf, type Tx } from '#libs/platform';
import { type Interval, localDate } from '#libs/time';
import { timeChanged } from './ledger.js';
import { daysChanged } from './openings-of-calendar.js';

/** The time that an appointment of an import takes; tariff in cents. */
export interface TakenBroughtIn {
  appointmentId: string;
  resourceId: string;
  calendarId: string;
  serviceId: string;
  /** The visit with its buffers. */
  during: Interval;
  visit: Interval;
  tariffCents: number;
}

/**
 * Takes the time of many appointments at once, in lane 0. The caller holds the locks of all resources and calls
 * `freeDaysChanged` at the end.
 * @throws the database's violation of `occupation_taken_once` when any of it is taken
 */
export async function bringInTaken(tx: Tx, clinicId: string, taken: readonly TakenBroughtIn[]): Promise<void> {
  await tx.query(
    `insert into occupation (resource_id, during, owner_kind, owner_id, clinic_id, calendar_id, service_id, visit, tariff_cents)
     select t.resource_id, t.during, 'appointment', t.owner_id, $1, t.calendar_id, t.service_id, t.visit, t.tariff
       from unnest($2::uuid[], $3::tstzrange[], $4::uuid[], $5::uuid[], $6::uuid[], $7::tstzrange[], $8::integer[])
            as t(resource_id, during, owner_id, calendar_id, service_id, visit, tariff)`,
    [
      clinicId,
      taken.map((each) => each.resourceId),
      taken.map((each) => rangeOf(each.during)),
      taken.map((each) => each.appointmentId),
      taken.map((each) => each.calendarId),
      taken.map((each) => each.serviceId),
      taken.map((each) => rangeOf(each.visit)),
      taken.map((each) => each.tariffCents),
    ],
  );
}

/** The rooms and devices that visits of these services at these branches may take: to be locked before. */
export async function roomsOfServices(
  reader: Pick<Tx, 'query'>,
  clinicId: string,
  branchIds: readonly string[],
  serviceIds: readonly string[],
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `select distinct r.id
       from resource r join service_need n on n.clinic_id = r.clinic_id and n.capability = r.capability
      where r.clinic_id = $1 and r.active and r.branch_id = any($2) and n.service_id = any($3)`,
    [clinicId, branchIds, serviceIds],
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes the first free room or device of each capability that a visit's service needs, as a booking would.
 * @returns false when one is missing; the caller rolls back
 */
export async function bringInRooms(
  tx: Tx,
  place: { clinicId: string; branchId: string },
  taken: TakenBroughtIn,
  now: Temporal.Instant,
): Promise<boolean> {
  const rooms = await tx.query<{ id: string | null }>(
    `select free_resource($1, $2, n.capability, $4, $5, null) as id
       from service_need n where n.clinic_id = $1 and n.service_id = $3`,
    [place.clinicId, place.branchId, taken.serviceId, rangeOf(taken.during), now.toString()],
  );
  for (const { id } of rooms) {
    if (id === null) return false;
    await tx.query(
      `insert into occupation (resource_id, during, owner_kind, owner_id, clinic_id) values ($1, $2, 'appointment', $3, $4)`,
      [id, rangeOf(taken.during), taken.appointmentId, place.clinicId],
    );
    await timeChanged(tx, id, [taken.during], now);
  }
  return true;
}

/**
 * Brings a resource's free days up to date once, from the first to the last instant that an import touched; with a quota,
 * which is felt in all of its month, those whole months.
 */
export async function freeDaysChanged(
  tx: Tx,
  resourceId: string,
  touched: Interval,
  zone: string,
  now: Temporal.Instant,
): Promise<void> {
  const [first, last] = [localDate(touched.start, zone), localDate(touched.end, zone)];
  const quotas = await tx.query(`select from quota where resource_id = $1 limit 1`, [resourceId]);
  if (quotas.length === 0) return daysChanged(tx, resourceId, first, last, now);
  await daysChanged(tx, resourceId, first.with({ day: 1 }), last.with({ day: last.daysInMonth }), now);
}
