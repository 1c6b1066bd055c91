import type { StaffRole } from './rules/permissions.js';
import type { Rights } from './rules/rights.js';

/** Rights as the columns below bring them. */
export interface RightsRow {
  role: StaffRole;
  practitionerId: string | null;
  /** Whom an assistant assists, until the day, included. */
  assists: string[];
  /** YYYY-MM-DD, included. */
  assistsUntil: string | null;
  /** Null: bound to no branch. */
  branchIds: string[] | null;
}

/** The columns of a member of staff (`m`). */
export const rightsOfMember = `m.role, m.practitioner_id as "practitionerId",
  array(select p.practitioner_id from staff_practitioner p where p.staff_member_id = m.id) as assists,
  (select max(p.valid_to)::text from staff_practitioner p where p.staff_member_id = m.id) as "assistsUntil",
  case when m.bound_to_branches then
    array(select b.branch_id from staff_branch b where b.staff_member_id = m.id) end as "branchIds"`;

/** The columns of an invitation (`i`). */
export const rightsOfInvitation = `i.role, i.practitioner_id as "practitionerId",
  array(select p.practitioner_id from staff_invitation_practitioner p where p.invitation_id = i.id) as assists,
  (select max(p.valid_to)::text from staff_invitation_practitioner p where p.invitation_id = i.id) as "assistsUntil",
  case when i.bound_to_branches then
    array(select b.branch_id from staff_invitation_branch b where b.invitation_id = i.id) end as "branchIds"`;

/** The rights of a row, and what else is in it. */
export function rightsOfRow<Row extends RightsRow>(row: Row): [rights: Rights, rest: Omit<Row, keyof RightsRow>] {
  const { role, practitionerId, assists, assistsUntil, branchIds, ...rest } = row;
  const until = assistsUntil === null ? null : Temporal.PlainDate.from(assistsUntil);
  return [{ role, practitionerId, assists, assistsUntil: until, branchIds }, rest];
}
