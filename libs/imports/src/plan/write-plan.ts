import { bringInCalendars, bringInHours, bringInOffers, bringInResources } from '#libs/calendars';
import type { Tx } from '#libs/platform';
import { bringInBranches, bringInPractitioners, bringInServices } from '#libs/profiles';
import type { Known } from '../known.js';
import type { Plan } from './plan.js';

/** The resources whose calendars change: to be locked first of all. Practitioners who come now are nobody else's to lock. */
export const resourcesOfPlan = (plan: Plan, known: Known): string[] => [
  ...plan.calendars.map((each) => each.resourceId),
  ...plan.offers.flatMap((each) => known.calendars.byId.get(each.calendarId)?.resourceId ?? []),
  ...plan.hours.map((each) => each.resourceId),
];

/**
 * Who must exist before calendars are written: practitioners and their resources. The resources that existed are locked:
 * whoever ends a service or a role changes it under their locks, too.
 */
export async function writePeople(tx: Tx, plan: Plan, known: Known): Promise<void> {
  const { clinicId, now } = known;
  const { branches, practitioners, services } = plan;
  if (branches.added.length + branches.changed.length > 0) await bringInBranches(tx, clinicId, branches);
  await bringInPractitioners(tx, clinicId, practitioners, now);
  await bringInServices(tx, clinicId, services);
  await bringInResources(tx, [
    ...new Set([...practitioners.added.map(({ id }) => id), ...plan.calendars.map((each) => each.resourceId)]),
  ]);
}

/** Calendars, what they offer, and their hours, which are published; then the keys of all. The resources are locked. */
export async function writeCalendars(tx: Tx, plan: Plan, known: Known): Promise<void> {
  const { clinicId, now } = known;
  await bringInCalendars(tx, clinicId, plan.calendars, now);
  await bringInOffers(tx, clinicId, plan.offers);
  for (const { calendarId, hours } of plan.hours) await bringInHours(tx, calendarId, hours, now);
  await tx.query(
    `insert into import_key (clinic_id, kind, key, id)
     select $1, k.kind, k.key, k.id from unnest($2::text[], $3::text[], $4::uuid[]) as k(kind, key, id)
     on conflict on constraint import_key_pkey do update set id = excluded.id`,
    [clinicId, plan.keys.map((each) => each.kind), plan.keys.map((each) => each.key), plan.keys.map((each) => each.id)],
  );
}
