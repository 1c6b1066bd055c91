// Whose visit it is: of the account that booked it, or of the proven address that the clinic wrote down for it. The same
// rule as in appointments, in two directions, each of which finds its rows by an index.

/** SQL for the ids (`id`) of the accounts that a visit `a` is of. */
export const ownersOfVisit = `(
  select a.account_id as id where a.account_id is not null
  union all
  select x.id from account x
   where a.account_id is null and x.email = a.contact_email and x.email_verified_at is not null)`;

/** SQL for the visits of the account of a connection `n` that end after parameter 1. */
export const visitsOfOwner = `(
  select v.id, v.status, v.version from appointment v where v.account_id = n.account_id and v.ends_at > $1
  union all
  select v.id, v.status, v.version
    from account x join appointment v on v.account_id is null and v.contact_email = x.email and v.ends_at > $1
   where x.id = n.account_id and x.email_verified_at is not null)`;
