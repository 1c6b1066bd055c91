import { faultOf, Refusal, sqlState, type Tx, violated } from '#libs/platform';
import type { StaffEventKind } from './staff-event.entity.js';
import type { Rights } from './rules/rights.js';

/** Rights as history keeps them: ids, roles and days. */
export const rightsAsDetails = (rights: Rights): Record<string, unknown> => ({
  role: rights.role,
  practitionerId: rights.practitionerId,
  assists: rights.assists,
  assistsUntil: rights.assistsUntil?.toString() ?? null,
  branchIds: rights.branchIds,
});

/** Writes down who gave whom what; nobody can change it afterwards. */
export async function writeStaffEvent(
  tx: Pick<Tx, 'query'>,
  event: {
    clinicId: string;
    at: Temporal.Instant;
    kind: StaffEventKind;
    actorId: string;
    staffMemberId?: string | null;
    invitationId?: string | null;
    details?: Record<string, unknown>;
  },
): Promise<void> {
  await tx.query(
    `insert into staff_event (clinic_id, at, kind, actor_id, staff_member_id, invitation_id, details)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      event.clinicId,
      event.at.toString(),
      event.kind,
      event.actorId,
      event.staffMemberId ?? null,
      event.invitationId ?? null,
      JSON.stringify(event.details ?? {}),
    ],
  );
}

/** Replaces the branches and the assisted practitioners of somebody; both are the clinic's, or the database says no. */
export async function writeReach(
  tx: Tx,
  member: { id: string; clinicId: string },
  rights: Rights,
  today: string,
): Promise<void> {
  const of = [member.id, member.clinicId];
  await tx.query(`delete from staff_branch where staff_member_id = $1 and clinic_id = $2`, of);
  await tx.query(`delete from staff_practitioner where staff_member_id = $1 and clinic_id = $2`, of);
  await tx.query(`insert into staff_branch (staff_member_id, clinic_id, branch_id) select $1, $2, unnest($3::uuid[])`, [
    ...of,
    rights.branchIds ?? [],
  ]);
  await tx.query(
    `insert into staff_practitioner (staff_member_id, clinic_id, practitioner_id, valid_from, valid_to)
     select $1, $2, unnest($3::uuid[]), $4, $5`,
    [...of, rights.assists, today, rights.assistsUntil?.toString() ?? today],
  );
}

/** An admin who answers for the whole clinic without an end and can sign in. */
const keeper = `m.role = 'admin' and not m.bound_to_branches and m.active_to is null
  and exists (select from staff_credential c where c.account_id = m.account_id)`;

/** Locks the clinic's admins, so that two who take each other's rights at once do not both succeed. */
export async function lockKeepers(tx: Tx, clinicId: string): Promise<void> {
  await tx.query(`select id from staff_member where clinic_id = $1 and role = 'admin' order by id for update`, [
    clinicId,
  ]);
}

/** @throws Refusal `invalid` (`role`, `staff.errors.last-admin`) when nobody is left who can give rights */
export async function requireKeeper(tx: Tx, clinicId: string): Promise<void> {
  const left = await tx.query(`select from staff_member m where m.clinic_id = $1 and ${keeper} limit 1`, [clinicId]);
  if (left.length === 0) throw new Refusal('invalid', { errors: [{ path: 'role', code: 'staff.errors.last-admin' }] });
}

/** Constraint → the field that named what the clinic does not have. */
const fields: Readonly<Record<string, string>> = {
  staff_branch_branch_fkey: 'branches',
  staff_invitation_branch_branch_fkey: 'branches',
  staff_practitioner_role_fkey: 'assists',
  staff_invitation_practitioner_role_fkey: 'assists',
  staff_invitation_practitioner_fkey: 'practitioner',
  staff_member_practitioner_of_clinic_fkey: 'practitioner',
};

/** Does work whose broken constraints are mistakes of a form. @throws Refusal `invalid` beside the field */
export async function orWrongChoice<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const path = faultOf(thrown).code === sqlState.foreignKeyViolation ? fields[violated(thrown) ?? ''] : undefined;
    if (path) throw new Refusal('invalid', { errors: [{ path, code: 'choice' }] });
    throw thrown;
  }
}
