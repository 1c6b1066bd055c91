import { type Language, Refusal, type Tx } from '#libs/platform';
import { type Actor, requireStaff, type StaffActor } from './actor.js';
import { rightsOfInvitation, rightsOfRow, type RightsRow } from './rights-row.js';
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

type Row = Omit<OpenInvitation, 'rights' | 'expiresAt'> & RightsRow & { expires_at: Date };

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
            i.display_name as name, i.language, i.expires_at, ${rightsOfInvitation}
       from staff_invitation i
      where i.id = $1 and i.accepted_at is null and i.withdrawn_at is null
      ${isLocked ? 'for update of i' : ''}`,
    [id],
  );
  if (!row) return undefined;
  const [rights, { expires_at: expires, ...rest }] = rightsOfRow(row);
  return { ...rest, rights, expiresAt: expires.toTemporalInstant() };
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

/** The invitation, if the actor may decide on it, locked. @throws Refusal `not-found` also of one that ended */
export async function theirInvitation(
  tx: Tx,
  actor: Actor,
  clinicId: string,
  id: string,
): Promise<{ staff: StaffActor; invitation: OpenInvitation }> {
  const staff = requireStaff(actor, clinicId, 'staff.edit');
  const invitation = await findInvitation(tx, id, { isLocked: true });
  if (invitation?.clinicId !== clinicId) throw new Refusal('not-found');
  return { staff, invitation };
}
