import type { Actor } from '#libs/access';
import { allChanged, freeTime, resourcesOfOwner } from '#libs/calendars';
import type { Tx } from '#libs/platform';
import type { AffectedState } from './absence.entity.js';
import { type AppointmentRow, historyActor } from './appointment-rows.js';
import type { OfferState } from './offer.entity.js';

/** A time held for a patient, as verbs see it. */
export interface OfferRow {
  id: string;
  appointmentId: string;
  affectedVisitId: string;
  calendarId: string;
  serviceId: string;
  start: Temporal.Instant;
  expiresAt: Temporal.Instant;
  state: OfferState;
}

export async function findOffer(reader: Pick<Tx, 'query'>, id: string): Promise<OfferRow | undefined> {
  const [row] = await reader.query<Omit<OfferRow, 'start' | 'expiresAt'> & { starts_at: Date; expires_at: Date }>(
    `select id, appointment_id as "appointmentId", affected_visit_id as "affectedVisitId", calendar_id as "calendarId",
            service_id as "serviceId", starts_at, expires_at, state
       from offer where id = $1`,
    [id],
  );
  if (!row) return undefined;
  const { starts_at: start, expires_at: expires, ...rest } = row;
  return { ...rest, start: start.toTemporalInstant(), expiresAt: expires.toTemporalInstant() };
}

/** The resources whose time is held for an appointment's patient: a peek, to know what to lock. */
export async function resourcesOfOffers(
  reader: Pick<Tx, 'query'>,
  { offerIds }: Pick<AppointmentRow, 'offerIds'>,
): Promise<string[]> {
  const resources: string[] = [];
  for (const id of offerIds) resources.push(...(await resourcesOfOwner(reader, id)));
  return resources;
}

/**
 * Gives back every time that is held for an appointment's patient. The caller has opened its case, which locked them.
 * @param accepted the one that the patient takes
 */
export async function freeOffers(
  tx: Tx,
  { offerIds }: Pick<AppointmentRow, 'offerIds'>,
  now: Temporal.Instant,
  accepted: string | null = null,
): Promise<void> {
  if (offerIds.length === 0) return;
  for (const id of offerIds) await allChanged(tx, await freeTime(tx, id, 'offer'), now);
  await tx.query(
    `update offer set state = case when id = $2 then 'accepted' else 'freed' end where id = any($1) and state = 'held'`,
    [offerIds, accepted],
  );
}

/** Writes down what a patient whose visit lies in an absence came to; nothing where nobody waits for them. */
export async function settleAffected(
  tx: Tx,
  appointmentId: string,
  state: AffectedState,
  by: { actor: Actor; now: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `update affected_visit set state = $2, answered_at = $3, answered_by_kind = $4
      where appointment_id = $1 and state in ('waiting', 'offered', 'nothing-free', 'no-answer')`,
    [appointmentId, state, by.now.toString(), historyActor(by.actor).kind],
  );
}

/** The held times with some resources; with `lost`, only those whose opening is gone. */
async function heldWith(
  reader: Pick<Tx, 'query'>,
  resourceIds: readonly string[],
  { lost }: { lost: boolean },
): Promise<string[]> {
  const rows = await reader.query<{ id: string }>(
    `select f.id from offer f join calendar c on c.id = f.calendar_id
      where f.state = 'held' and c.resource_id = any($1)
        and (not $2 or not exists (
               select from calendar_service s
                where s.calendar_id = f.calendar_id and s.service_id = f.service_id and s.active
                  and exists (
                    select from opening o
                     where o.calendar_id = f.calendar_id and o.during @> tstzrange(f.starts_at, f.ends_at))
                  and not exists (
                    select from opening_limit l
                     where l.calendar_id = f.calendar_id and l.during && tstzrange(f.starts_at, f.ends_at)
                       and not f.service_id = any (l.service_ids))))
      order by f.id`,
    [resourceIds, lost],
  );
  return rows.map(({ id }) => id);
}

/** Everything that has to be locked before `dropLostOffers`: rooms and devices of what is held with these resources. */
export async function resourcesOfHeld(reader: Pick<Tx, 'query'>, resourceIds: readonly string[]): Promise<string[]> {
  return resourcesOfOffers(reader, { offerIds: await heldWith(reader, resourceIds, { lost: false }) });
}

/** A time that was offered and is closed now can be taken by nobody: it is no longer shown. */
export async function dropLostOffers(tx: Tx, resourceIds: readonly string[], now: Temporal.Instant): Promise<void> {
  await freeOffers(tx, { offerIds: await heldWith(tx, resourceIds, { lost: true }) }, now);
}
