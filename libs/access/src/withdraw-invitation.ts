import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { type Actor, requireStaff, type StaffActor } from './actor.js';
import { writeInvitation } from './invite-staff.js';
import { findInvitation, type OpenInvitation, withdraw } from './open-invitation.js';
import { writeStaffEvent } from './staff-rights.js';

/** The invitation, if the actor may decide on it, locked. @throws Refusal `not-found` also of one that ended */
async function theirInvitation(
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

/** Takes an invitation back: its link opens nothing any more. Refusals: `not-allowed`, `not-found` also when it ended. */
@Injectable()
export class WithdrawInvitation {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { staff } = await theirInvitation(tx, actor, clinicId, id);
      const now = this.clock.now();
      await withdraw(tx, id, now);
      const event = { clinicId, at: now, actorId: staff.staffMemberId, invitationId: id };
      await writeStaffEvent(tx, { ...event, kind: 'invitation-withdrawn' });
    });
  }
}

/** Sends an invitation again with a new link and a new end; the former link opens nothing any more. Refusals: as above. */
@Injectable()
export class InviteAgain {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<{ id: string }> {
    return this.database.transaction(async (tx) => {
      const { staff, invitation } = await theirInvitation(tx, actor, clinicId, id);
      const now = this.clock.now();
      await withdraw(tx, id, now);
      const { purpose, staffMemberId, ...wish } = invitation;
      const again = await writeInvitation(tx, this.jobs, { staff, purpose, staffMemberId, wish, now });
      const event = { clinicId, at: now, actorId: staff.staffMemberId, staffMemberId, invitationId: again };
      await writeStaffEvent(tx, { ...event, kind: 'invited-again' });
      return { id: again };
    });
  }
}
