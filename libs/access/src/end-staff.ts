import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs } from '#libs/platform';
import { type Actor, requireStaff } from './actor.js';
import { endRenewals, endSessions, lockedMember } from './locked-member.js';
import { dayOf } from './staff-record.js';
import { requireKeeper, writeStaffEvent } from './staff-rights.js';
import { tellAccount } from './tell-account.js';

/**
 * Ends somebody's work at a clinic at once: their sessions die with it, their last day was yesterday, and they are told.
 * Refusals: `not-allowed`, `not-found`, `invalid` (`role`) of the last admin.
 */
@Injectable()
export class EndStaff {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'staff.edit');
    await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const member = await lockedMember(tx, clinicId, id);
      // Whoever left earlier left then, however often it is pressed.
      if (member.activeTo !== null && member.activeTo < dayOf(now)) return;
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
      const told = { accountId: member.accountId, clinicId, at: now };
      await tellAccount(tx, this.jobs, { ...told, kind: 'access-changed', change: 'rights-ended' });
    });
  }
}
