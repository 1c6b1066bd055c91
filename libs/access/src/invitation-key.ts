import { timingSafeEqual } from 'node:crypto';
import { derive } from '#libs/platform';

/** The key in an invitation's link, derived where it is rendered or compared; neither row nor job holds it. */
export const invitationKey = (id: string, expiresAt: Temporal.Instant): string =>
  derive('staff-invitation', id, expiresAt.epochMilliseconds).toString('base64url');

/** Whether a link's key is the invitation's own. */
export function isInvitationKey(id: string, expiresAt: Temporal.Instant, given: string): boolean {
  const right = Buffer.from(invitationKey(id, expiresAt));
  const key = Buffer.from(given);
  return key.length === right.length && timingSafeEqual(key, right);
}
