import type { Tx } from '#libs/platform';
import type { StaffActor } from '../actor.js';
import { type Permission, reachOf, staffRoles } from '../rules/permissions.js';
import { dayOf, isStaffOn } from '../staff-record.js';

/**
 * Whether anybody else at the clinic may do it to everything there today and can sign in: somebody of such a role without
 * branch limits who has a second factor.
 * @param staff whoever is not counted
 */
export async function mayAnybodyElse(
  reader: Pick<Tx, 'query'>,
  { clinicId, staffMemberId }: Pick<StaffActor, 'clinicId' | 'staffMemberId'>,
  permission: Permission,
  now: Temporal.Instant,
): Promise<boolean> {
  const roles = staffRoles.filter((role) => reachOf(role, permission) === 'clinic');
  const others = await reader.query(
    `select from staff_member m
      where m.clinic_id = $1 and m.id <> $2 and m.role = any($3) and not m.bound_to_branches and ${isStaffOn('$4::date')}
        and exists (select from staff_credential c where c.account_id = m.account_id)
      limit 1`,
    [clinicId, staffMemberId, roles, dayOf(now)],
  );
  return others.length > 0;
}
