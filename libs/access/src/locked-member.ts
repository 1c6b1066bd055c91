import { type Language, Refusal, type Tx } from '#libs/platform';
import type { Rights } from './rules/rights.js';
import { rightsOfMember, rightsOfRow, type RightsRow } from './rights-row.js';
import { lockKeepers } from './staff-rights.js';

/** A member of staff as verbs read them. */
interface Member {
  id: string;
  accountId: string;
  version: number;
  name: string;
  email: string | null;
  language: Language;
  activeFrom: string;
  activeTo: string | null;
  rights: Rights;
}

/** The member of staff, locked together with the admins of the clinic. @throws Refusal `not-found` */
export async function lockedMember(tx: Tx, clinicId: string, id: string): Promise<Member> {
  await lockKeepers(tx, clinicId);
  await tx.query(`select id from staff_member where id = $1 and clinic_id = $2 for update`, [id, clinicId]);
  const [row] = await tx.query<Omit<Member, 'rights'> & RightsRow>(
    `select m.id, m.account_id as "accountId", m.version, m.display_name as name, a.email, a.language,
            m.active_from::text as "activeFrom", m.active_to::text as "activeTo",
            ${rightsOfMember}
       from staff_member m join account a on a.id = m.account_id
      where m.id = $1 and m.clinic_id = $2`,
    [id, clinicId],
  );
  if (!row) throw new Refusal('not-found');
  const [rights, member] = rightsOfRow(row);
  return { ...member, rights };
}

/** Signs an account out of the staff app everywhere, in the transaction of what took its rights (ASVS 7.4.2). */
export const endSessions = (tx: Tx, accountId: string): Promise<unknown> =>
  tx.query(`delete from session where account_id = $1 and app = 'clinic'`, [accountId]);

/** Takes back letters that would let somebody begin anew. */
export const endRenewals = (tx: Tx, staffMemberId: string, now: Temporal.Instant): Promise<unknown> =>
  tx.query(
    `update staff_invitation set withdrawn_at = $2
      where staff_member_id = $1 and accepted_at is null and withdrawn_at is null`,
    [staffMemberId, now.toString()],
  );
