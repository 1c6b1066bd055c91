import type { Status } from '#libs/appointments';

/** How long a visit that is over, or that was cancelled, is still shown. */
export const daysShown = 30;

/** From when on a feed shows visits. */
export const shownSince = (now: Temporal.Instant): Temporal.Instant => now.subtract({ hours: daysShown * 24 });

/**
 * Whether a feed shows a visit. A cancelled one stays in it as cancelled for thirty days after, so that every program that
 * looks now and then has seen it go; some never drop what is merely gone.
 * @param visit.changed when its last step was
 */
export function standsInFeed(
  visit: { status: Status; start: Temporal.Instant; changed: Temporal.Instant },
  now: Temporal.Instant,
): boolean {
  const since = shownSince(now);
  if (Temporal.Instant.compare(visit.start, since) < 0) return false;
  const isOff = visit.status === 'cancelled' || visit.status === 'entered-in-error';
  return !isOff || Temporal.Instant.compare(visit.changed, since) >= 0;
}
