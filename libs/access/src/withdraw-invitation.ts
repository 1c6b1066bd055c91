import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';
import type { Actor } from './actor.js';
import { theirInvitation, withdraw } from './open-invitation.js';
import { writeStaffEvent } from './staff-rights.js';

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
