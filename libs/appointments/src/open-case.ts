import { type Actor, type Permission } from '#libs/access';
import { dropExpiredHolds, lockResources, resourcesOfOwner } from '#libs/calendars';
import { type Clock, Refusal, type Tx } from '#libs/platform';
import { type AppointmentRow, loadAppointment, lockAppointment, lockPatient } from './appointment-rows.js';
import { requireMayChange } from './may-change.js';
import { resourcesOfOffers } from './offers.js';
import { resourcesOfStand } from './stand.js';

/**
 * How every change of an appointment begins: peek, lock, load, compare (promise 2). The appointment's own resource, the one
 * it is moved to, the old one of a waiting move and those that are held for its patient are locked first, then the patient; after that nothing can change under
 * the verb. `now` is taken after the lock, so that expiry is judged by it (promise 3).
 * @param version what the actor saw; omitted by the system, which acts on what it finds
 * @throws Refusal `not-found`, `not-signed-in`, `not-allowed`, `state-changed`
 */
export async function openCase(
  tx: Tx,
  clock: Clock,
  wish: { actor: Actor; id: string; version?: number; permission: Permission; otherResources?: readonly string[] },
): Promise<{ appointment: AppointmentRow; now: Temporal.Instant }> {
  const peeked = await loadAppointment(tx, wish.id);
  if (!peeked) {
    throw new Refusal(wish.actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
  }
  await requireMayChange(tx, wish.actor, peeked, wish.permission);
  const resources = [
    peeked.resourceId,
    // Rooms and devices, seats, and the old time of a move that waits; of one beside another visit no row is kept.
    ...(await resourcesOfOwner(tx, wish.id)),
    ...(peeked.former ? resourcesOfStand(peeked.former) : []),
    ...(await resourcesOfOffers(tx, peeked)),
    ...(wish.otherResources ?? []),
  ];
  await lockResources(tx, resources);
  await lockPatient(tx, peeked.patientId);
  const appointment = await lockAppointment(tx, wish.id);
  if (
    !appointment ||
    appointment.version !== (wish.version ?? peeked.version) ||
    appointment.resourceId !== peeked.resourceId
  ) {
    throw new Refusal('state-changed');
  }
  const now = clock.now();
  for (const resourceId of new Set(resources)) await dropExpiredHolds(tx, resourceId, now);
  return { appointment, now };
}
