import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { type Actor, requireStaff, type StaffActor } from './actor.js';
import { writeInvitation } from './invite-staff.js';
import { endRenewals, endSessions, lockedMember } from './locked-member.js';
import { rightsOfRole } from './rules/rights.js';
import { dayOf } from './staff-record.js';
import { requireKeeper, writeStaffEvent } from './staff-rights.js';

/**
 * Forgets somebody's password and second factor, for a lost telephone or a password that others know: their sessions
 * die, and a letter lets them choose both anew. Refusals: `not-allowed` also for oneself, `not-found`, `too-many`,
 * `invalid` (`role`) when nobody would be left, here or at
 * another clinic of theirs, who can sign in and give rights.
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
      for (const each of await clinicsOfAdmin(tx, member.accountId)) await requireKeeper(tx, each);
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

/** Where they are an admin: one clinic must not lock the last one of another out. */
async function clinicsOfAdmin(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx.query<{ clinicId: string }>(
    `select clinic_id as "clinicId" from staff_member
      where account_id = $1 and role = 'admin' and active_to is null order by clinic_id`,
    [accountId],
  );
  return rows.map(({ clinicId }) => clinicId);
}
