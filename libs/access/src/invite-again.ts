import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs } from '#libs/platform';
import type { Actor } from './actor.js';
import { writeInvitation } from './invite-staff.js';
import { theirInvitation, withdraw } from './open-invitation.js';
import { writeStaffEvent } from './staff-rights.js';

/**
 * Sends an invitation again with a new link and a new end; the former link opens nothing any more. Refusals: `not-allowed`,
 * `not-found` also when it ended, `too-many`.
 */
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
