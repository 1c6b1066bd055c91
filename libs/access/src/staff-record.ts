import type { StaffRoleOfSession } from './actor.js';

/** A row of `staffColumns`. */
export type StaffRecord = StaffRoleOfSession & { accountId: string };

/** Both countries of the portal keep the same day. */
export const dayOf = (now: Temporal.Instant): string => now.toZonedDateTimeISO('Europe/Riga').toPlainDate().toString();

/**
 * Who a member of staff (`m`) is on a day, as one object. The last day of an assistant is a day of theirs.
 * @param day the statement's parameter that holds the day, for example `$3`
 */
export const staffAs = (day: string): string => `jsonb_build_object(
  'accountId', m.account_id, 'staffMemberId', m.id, 'clinicId', m.clinic_id, 'role', m.role,
  'practitionerId', m.practitioner_id, 'name', m.display_name,
  'practitionerIds', case
    when m.role = 'assistant' then (
      select coalesce(jsonb_agg(p.practitioner_id order by p.practitioner_id), '[]') from staff_practitioner p
       where p.staff_member_id = m.id and p.valid_from <= ${day} and p.valid_to >= ${day})
    when m.practitioner_id is not null then jsonb_build_array(m.practitioner_id)
    else '[]'::jsonb end,
  'branchIds', case when m.bound_to_branches then (
    select coalesce(jsonb_agg(b.branch_id order by b.branch_id), '[]') from staff_branch b where b.staff_member_id = m.id) end)`;

/** Whether a member of staff (`m`) is one on a day. */
export const isStaffOn = (day: string): string =>
  `m.active_from <= ${day} and (m.active_to is null or m.active_to >= ${day})`;
