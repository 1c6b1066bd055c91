import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, type Language, Refusal, type Tx } from '#libs/platform';
import { type Actor, requireStaff, type StaffActor } from './actor.js';
import { writeInvitation } from './invite-staff.js';
import type { StaffRole } from './rules/permissions.js';
import { mistakesInRights, type Rights, rightsOfRole } from './rules/rights.js';
import { dayOf } from './staff-record.js';
import {
  lockKeepers,
  orWrongChoice,
  requireKeeper,
  rightsAsDetails,
  writeReach,
  writeStaffEvent,
} from './staff-rights.js';

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

interface MemberRow extends Omit<Member, 'rights'> {
  role: StaffRole;
  practitionerId: string | null;
  assists: string[];
  assistsUntil: string | null;
  branchIds: string[] | null;
}

/** The member of staff, locked together with the admins of the clinic. @throws Refusal `not-found` */
async function lockedMember(tx: Tx, clinicId: string, id: string): Promise<Member> {
  await lockKeepers(tx, clinicId);
  await tx.query(`select id from staff_member where id = $1 and clinic_id = $2 for update`, [id, clinicId]);
  const [row] = await tx.query<MemberRow>(
    `select m.id, m.account_id as "accountId", m.version, m.display_name as name, a.email, a.language,
            m.active_from::text as "activeFrom", m.active_to::text as "activeTo", m.role,
            m.practitioner_id as "practitionerId",
            array(select p.practitioner_id from staff_practitioner p where p.staff_member_id = m.id) as assists,
            (select max(p.valid_to)::text from staff_practitioner p where p.staff_member_id = m.id) as "assistsUntil",
            case when m.bound_to_branches then
              array(select b.branch_id from staff_branch b where b.staff_member_id = m.id) end as "branchIds"
       from staff_member m join account a on a.id = m.account_id
      where m.id = $1 and m.clinic_id = $2`,
    [id, clinicId],
  );
  if (!row) throw new Refusal('not-found');
  const { role, practitionerId, assists, assistsUntil, branchIds, ...member } = row;
  const until = assistsUntil === null ? null : Temporal.PlainDate.from(assistsUntil);
  return { ...member, rights: { role, practitionerId, assists, assistsUntil: until, branchIds } };
}

/**
 * Gives a member of staff another role, reach or last day. It holds from their next request, also in an open session.
 * Refusals: `not-allowed`, `not-found`, `state-changed` somebody else changed them meanwhile, `invalid` beside the field
 * (what `mistakesInRights` says; `activeTo` before they began; `role`: the last admin stays one).
 */
@Injectable()
export class ChangeStaff {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    id,
    version,
    rights: wanted,
    activeTo,
  }: {
    actor: Actor;
    clinicId: string;
    id: string;
    version: number;
    rights: Rights;
    /** Their last day, included; null: no end is known. */
    activeTo: Temporal.PlainDate | null;
  }): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'staff.edit');
    const now = this.clock.now();
    const today = dayOf(now);
    const rights = rightsOfRole(wanted);
    const errors = mistakesInRights(rights, Temporal.PlainDate.from(today));
    if (activeTo && activeTo.toString() < today) errors.push({ path: 'activeTo', code: 'past' });
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    await orWrongChoice(
      this.database.transaction(async (tx) => {
        const before = await lockedMember(tx, clinicId, id);
        if (before.version !== version) throw new Refusal('state-changed');
        await tx.query(
          `update staff_member set role = $2, practitioner_id = $3, bound_to_branches = $4, active_to = $5,
                                   version = version + 1 where id = $1`,
          [id, rights.role, rights.practitionerId, rights.branchIds !== null, activeTo?.toString() ?? null],
        );
        await writeReach(tx, { id, clinicId }, rights, today);
        if (before.rights.role === 'admin') await requireKeeper(tx, clinicId);
        await writeStaffEvent(tx, {
          clinicId,
          at: now,
          kind: 'changed',
          actorId: staff.staffMemberId,
          staffMemberId: id,
          details: {
            from: { ...rightsAsDetails(before.rights), activeTo: before.activeTo },
            to: { ...rightsAsDetails(rights), activeTo: activeTo?.toString() ?? null },
          },
        });
      }),
    );
  }
}

/** Signs an account out of the staff app everywhere, in the transaction of what took its rights (ASVS 7.4.2). */
const endSessions = (tx: Tx, accountId: string): Promise<unknown> =>
  tx.query(`delete from session where account_id = $1 and app = 'clinic'`, [accountId]);

/** Takes back letters that would let somebody begin anew. */
const endRenewals = (tx: Tx, staffMemberId: string, now: Temporal.Instant): Promise<unknown> =>
  tx.query(
    `update staff_invitation set withdrawn_at = $2
      where staff_member_id = $1 and accepted_at is null and withdrawn_at is null`,
    [staffMemberId, now.toString()],
  );

/**
 * Ends somebody's work at a clinic at once: their sessions die with it, and their last day was yesterday. Refusals:
 * `not-allowed`, `not-found`, `invalid` (`role`) of the last admin.
 */
@Injectable()
export class EndStaff {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'staff.edit');
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const member = await lockedMember(tx, clinicId, id);
      const yesterday = Temporal.PlainDate.from(dayOf(now)).subtract({ days: 1 }).toString();
      await tx.query(
        `update staff_member set active_from = least(active_from, $2::date), active_to = $2, version = version + 1
          where id = $1`,
        [id, yesterday],
      );
      if (member.rights.role === 'admin') await requireKeeper(tx, clinicId);
      await endSessions(tx, member.accountId);
      await endRenewals(tx, id, now);
      await writeStaffEvent(tx, {
        clinicId,
        at: now,
        kind: 'ended',
        actorId: staff.staffMemberId,
        staffMemberId: id,
        details: { from: { activeTo: member.activeTo }, to: { activeTo: yesterday } },
      });
    });
  }
}

/**
 * Forgets somebody's password and second factor, for a lost telephone or a password that others know: their sessions
 * die, and a letter lets them choose both anew. Refusals: `not-allowed` also for oneself, `not-found`, `too-many`,
 * `invalid` (`role`) when nobody would be left who can sign in and give rights.
 */
@Injectable()
export class ResetSecondFactor {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    const staff: StaffActor = requireStaff(actor, clinicId, 'staff.edit');
    if (staff.staffMemberId === id) throw new Refusal('not-allowed');
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const member = await lockedMember(tx, clinicId, id);
      const hasLeft = member.activeTo !== null && member.activeTo < dayOf(now);
      if (member.email === null || hasLeft) throw new Refusal('not-found');
      await tx.query(`delete from staff_credential where account_id = $1`, [member.accountId]);
      if (member.rights.role === 'admin') await requireKeeper(tx, clinicId);
      await endSessions(tx, member.accountId);
      await endRenewals(tx, id, now);
      const { email, name, language, rights } = member;
      const wish = { email, name, language, rights: rightsOfRole(rights) };
      const invitationId = await writeInvitation(tx, this.jobs, {
        staff,
        purpose: 'renew',
        staffMemberId: id,
        wish,
        now,
      });
      const event = { clinicId, at: now, actorId: staff.staffMemberId, staffMemberId: id, invitationId };
      await writeStaffEvent(tx, { ...event, kind: 'second-factor-reset' });
    });
  }
}
