import { type Language, Refusal, type Tx } from '#libs/platform';
import type { StaffRole } from './rules/permissions.js';
import type { Rights } from './rules/rights.js';

/** An invitation as verbs read it. */
export interface OpenInvitation {
  id: string;
  clinicId: string;
  purpose: 'join' | 'renew';
  staffMemberId: string | null;
  email: string;
  name: string;
  language: Language;
  rights: Rights;
  expiresAt: Temporal.Instant;
}

interface Row extends Omit<OpenInvitation, 'rights' | 'expiresAt'> {
  role: StaffRole;
  practitionerId: string | null;
  assists: string[];
  assistsUntil: string | null;
  branchIds: string[] | null;
  expires_at: Date;
}

/**
 * An invitation that was neither accepted nor withdrawn; its time may be over.
 * @param isLocked holds its row for the rest of the transaction
 */
export async function findInvitation(
  reader: Pick<Tx, 'query'>,
  id: string,
  { isLocked = false }: { isLocked?: boolean } = {},
): Promise<OpenInvitation | undefined> {
  const [row] = await reader.query<Row>(
    `select i.id, i.clinic_id as "clinicId", i.purpose, i.staff_member_id as "staffMemberId", i.email,
            i.display_name as name, i.language, i.role, i.practitioner_id as "practitionerId", i.expires_at,
            array(select p.practitioner_id from staff_invitation_practitioner p where p.invitation_id = i.id) as assists,
            (select max(p.valid_to)::text from staff_invitation_practitioner p where p.invitation_id = i.id) as "assistsUntil",
            case when i.bound_to_branches then
              array(select b.branch_id from staff_invitation_branch b where b.invitation_id = i.id) end as "branchIds"
       from staff_invitation i
      where i.id = $1 and i.accepted_at is null and i.withdrawn_at is null
      ${isLocked ? 'for update of i' : ''}`,
    [id],
  );
  if (!row) return undefined;
  const { expires_at: expires, role, practitionerId, assists, assistsUntil, branchIds, ...rest } = row;
  const until = assistsUntil === null ? null : Temporal.PlainDate.from(assistsUntil);
  return {
    ...rest,
    rights: { role, practitionerId, assists, assistsUntil: until, branchIds },
    expiresAt: expires.toTemporalInstant(),
  };
}

/** Ends an invitation that nobody accepted. @throws Refusal `link-expired` when it ended meanwhile */
export async function withdraw(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  const rows = await tx.query(
    `update staff_invitation set withdrawn_at = $2
      where id = $1 and accepted_at is null and withdrawn_at is null returning id`,
    [id, now.toString()],
  );
  if (rows.length === 0) throw new Refusal('link-expired');
}
