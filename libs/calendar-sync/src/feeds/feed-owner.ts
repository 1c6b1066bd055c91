import { type Actor, requireAccount } from '#libs/access';
import { Refusal } from '#libs/platform';

/** Whose visits a feed shows: those of a person and theirs, or those of a practitioner at their clinic. */
export type FeedOwner = { accountId: string } | { staffMemberId: string; clinicId: string };

/**
 * Whose feed this actor may make, renew and stop: their own, whoever they are.
 * @throws Refusal `not-signed-in`; `not-allowed` for a member of staff who receives nobody
 */
export function ownerOf(actor: Actor): FeedOwner {
  if (actor.kind !== 'staff') return { accountId: requireAccount(actor).accountId };
  if (actor.practitionerId === null) throw new Refusal('not-allowed', { roles: ['practitioner'] });
  return { staffMemberId: actor.staffMemberId, clinicId: actor.clinicId };
}

/** The columns of an owner, in the order account_id, clinic_id, staff_member_id. */
export const columnsOf = (owner: FeedOwner): [string | null, string | null, string | null] =>
  'accountId' in owner ? [owner.accountId, null, null] : [null, owner.clinicId, owner.staffMemberId];
