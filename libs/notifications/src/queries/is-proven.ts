/**
 * Whether somebody answers for the e-mail address of the appointment `a`: it was proven with a code, or written down by the
 * clinic's own staff, or by a person whom an identity provider knows. No other is ever written to (faults.md H4).
 */
export const isProven = `(a.created_by_kind = 'staff'
  or exists (select from account x where x.email = lower(a.contact_email) and x.email_verified_at is not null)
  or exists (select from identity i where i.account_id = a.account_id))`;
