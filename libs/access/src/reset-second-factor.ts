import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, Refusal } from '#libs/platform';
import { type Actor, requireStaff, type StaffActor } from './actor.js';
import { writeInvitation } from './invite-staff.js';
import { endRenewals, endSessions, lockedMember } from './locked-member.js';
import { rightsOfRole } from './rules/rights.js';
import { dayOf } from './staff-record.js';
import { requireKeeper, writeStaffEvent } from './staff-rights.js';

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
