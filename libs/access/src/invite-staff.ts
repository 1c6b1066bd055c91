import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, type Language, Refusal, type Tx, violated } from '#libs/platform';
import { type Actor, requireStaff, type StaffActor } from './actor.js';
import { mistakesInRights, type Rights, rightsOfRole } from './rules/rights.js';
import { orWrongChoice, rightsAsDetails, writeStaffEvent } from './staff-rights.js';
import { dayOf, isStaffOn } from './staff-record.js';

export interface InvitationWish {
  /** Already normalised: one address, lower case. */
  email: string;
  name: string;
  language: Language;
  rights: Rights;
}

/** How long the link of an invitation holds, and how many letters one clinic may ask for in a day. */
export const invitationDays = 7;
const mostADay = 100;

/**
 * Writes an invitation and the job of its letter. The caller has checked who may.
 * @throws Refusal `too-many`; `invalid` (`email`, `staff.errors.invited-already`) while another one is open
 */
export async function writeInvitation(
  tx: Tx,
  jobs: Jobs,
  invitation: {
    staff: StaffActor;
    purpose: 'join' | 'renew';
    staffMemberId: string | null;
    wish: InvitationWish;
    now: Temporal.Instant;
  },
): Promise<string> {
  const { staff, purpose, staffMemberId, wish, now } = invitation;
  const { clinicId } = staff;
  const [asked] = await tx.query<{ n: number }>(
    `select count(*)::integer as n from staff_invitation where clinic_id = $1 and created_at > $2`,
    [clinicId, now.subtract({ hours: 24 }).toString()],
  );
  if ((asked?.n ?? 0) >= mostADay) throw new Refusal('too-many', { retryAfterSeconds: 3600 });
  // One whose time is over would stand in the way of the next.
  await tx.query(
    `update staff_invitation set withdrawn_at = $3
      where clinic_id = $1 and email = $2 and accepted_at is null and withdrawn_at is null and expires_at <= $3`,
    [clinicId, wish.email, now.toString()],
  );
  const id = randomUUID();
  const { role, practitionerId, branchIds, assists, assistsUntil } = wish.rights;
  try {
    await tx.query(
      `insert into staff_invitation (id, clinic_id, purpose, staff_member_id, email, display_name, language, role,
                                     practitioner_id, bound_to_branches, created_at, created_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        id,
        clinicId,
        purpose,
        staffMemberId,
        wish.email,
        wish.name,
        wish.language,
        role,
        practitionerId,
        branchIds !== null,
        now.toString(),
        staff.staffMemberId,
        now.add({ hours: 24 * invitationDays }).toString(),
      ],
    );
  } catch (thrown) {
    if (violated(thrown) !== 'staff_invitation_open_once') throw thrown;
    throw new Refusal('invalid', { errors: [{ path: 'email', code: 'staff.errors.invited-already' }] });
  }
  await tx.query(
    `insert into staff_invitation_branch (invitation_id, clinic_id, branch_id) select $1, $2, unnest($3::uuid[])`,
    [id, clinicId, branchIds ?? []],
  );
  await tx.query(
    `insert into staff_invitation_practitioner (invitation_id, clinic_id, practitioner_id, valid_to)
     select $1, $2, unnest($3::uuid[]), $4`,
    [id, clinicId, assists, assistsUntil?.toString() ?? dayOf(now)],
  );
  await jobs.send(tx, 'staff-invited', { invitationId: id });
  return id;
}

/** @throws Refusal `invalid` (`email`, `staff.errors.works-here`) for the address of somebody who works there today */
export async function requireNotHere(tx: Tx, clinicId: string, email: string, today: string): Promise<void> {
  const here = await tx.query(
    `select from staff_member m join account a on a.id = m.account_id
      where m.clinic_id = $1 and a.email = $2 and ${isStaffOn('$3::date')}`,
    [clinicId, email, today],
  );
  if (here.length > 0) throw new Refusal('invalid', { errors: [{ path: 'email', code: 'staff.errors.works-here' }] });
}

/**
 * Invites somebody to work at a clinic: a letter with a link goes to them, and nothing is theirs before they accept.
 * Refusals: `not-allowed`, `invalid` beside the field (`email` of somebody who works there or is invited; what
 * `mistakesInRights` says; a branch or practitioner that is not the clinic's), `too-many`.
 */
@Injectable()
export class InviteStaff {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    wish,
  }: {
    actor: Actor;
    clinicId: string;
    wish: InvitationWish;
  }): Promise<{ id: string }> {
    const staff = requireStaff(actor, clinicId, 'staff.edit');
    const now = this.clock.now();
    const today = dayOf(now);
    const rights = rightsOfRole(wish.rights);
    const errors = mistakesInRights(rights, Temporal.PlainDate.from(today));
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    return orWrongChoice(
      this.database.transaction(async (tx) => {
        await requireNotHere(tx, clinicId, wish.email, today);
        const invitation = { staff, purpose: 'join', staffMemberId: null, wish: { ...wish, rights }, now } as const;
        const id = await writeInvitation(tx, this.jobs, invitation);
        await writeStaffEvent(tx, {
          clinicId,
          at: now,
          kind: 'invited',
          actorId: staff.staffMemberId,
          invitationId: id,
          details: rightsAsDetails(rights),
        });
        return { id };
      }),
    );
  }
}
