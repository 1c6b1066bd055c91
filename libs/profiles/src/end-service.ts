import { Refusal, type Tx } from '#libs/platform';

/**
 * Ends a service for good, inside the transaction of the change that has already taken it out of the clinic's calendars and
 * decided about the people in it. Repeating it is harmless.
 * @throws Refusal `not-found` for another clinic's service
 */
export async function endServiceOfClinic(
  tx: Tx,
  clinicId: string,
  serviceId: string,
  now: Temporal.Instant,
): Promise<void> {
  const rows = await tx.query(
    `update service set active = false, ended_at = coalesce(ended_at, $3) where clinic_id = $1 and id = $2 returning id`,
    [clinicId, serviceId, now.toString()],
  );
  if (rows.length === 0) throw new Refusal('not-found');
}
