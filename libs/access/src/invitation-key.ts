import { derive, isSameSecret } from '#libs/platform';

/** The key in an invitation's link, derived where it is rendered or compared; neither row nor job holds it. */
export const invitationKey = (id: string, expiresAt: Temporal.Instant): string =>
  derive('staff-invitation', id, expiresAt.epochMilliseconds).toString('base64url');

/** Whether a link's key is the invitation's own. */
export const isInvitationKey = (id: string, expiresAt: Temporal.Instant, given: string): boolean =>
  isSameSecret(given, invitationKey(id, expiresAt));
