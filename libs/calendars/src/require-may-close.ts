import { type Actor, requireStaff, type StaffActor } from '#libs/access';
import type { Tx } from '#libs/platform';
import type { ClosureScope } from './calendar-change.js';

/**
 * Who may close and reopen a scope. Closing a practitioner or a room closes everything that they do at the clinic, so
 * whoever is bound to branches may do it only where all of that is in theirs.
 * @throws Refusal `not-signed-in`, `not-found` another clinic, `not-allowed`
 */
export async function requireMayClose(
  reader: Pick<Tx, 'query'>,
  actor: Actor,
  { clinicId, branchId, resourceId }: ClosureScope,
): Promise<StaffActor> {
  const isBound = actor.kind === 'staff' && actor.branchIds !== null;
  if (!isBound || resourceId === null || branchId !== null)
    return requireStaff(actor, clinicId, 'closures.edit', { practitionerId: resourceId, branchId });
  const places = await reader.query<{ id: string }>(
    `select branch_id as id from calendar where clinic_id = $1 and resource_id = $2
      union
     select branch_id from resource where clinic_id = $1 and id = $2 and branch_id is not null`,
    [clinicId, resourceId],
  );
  // Who works nowhere yet is nobody's but the whole clinic's.
  const staff = requireStaff(actor, clinicId, 'closures.edit', {
    practitionerId: resourceId,
    branchId: places[0]?.id ?? null,
  });
  for (const { id } of places)
    requireStaff(actor, clinicId, 'closures.edit', { practitionerId: resourceId, branchId: id });
  return staff;
}
