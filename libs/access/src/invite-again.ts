import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs, Refusal } from '#libs/platform';
import type { Actor } from './actor.js';
import { requireNotHere, writeInvitation } from './invite-staff.js';
import { theirInvitation, withdraw } from './open-invitation.js';
import { dayOf } from './staff-record.js';
import { writeStaffEvent } from './staff-rights.js';

/**
 * Sends an invitation again with a new link and a new end; the former link opens nothing any more. Nobody at the clinic is
 * shown a link: whoever has it begins in the place of the invited. Refusals: `not-allowed`, `not-found` also when it ended,
 * `too-many`; with another address also `not-found` for somebody who works here, whose address is their own, and `invalid`
 * beside `email`.
 */
@Injectable()
export class InviteAgain {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param email the right address, normalised, where it went to a wrong one */
  async run({
    actor,
    clinicId,
    id,
    email,
  }: {
    actor: Actor;
    clinicId: string;
    id: string;
    email?: string;
  }): Promise<{ id: string }> {
    return this.database.transaction(async (tx) => {
      const { staff, invitation } = await theirInvitation(tx, actor, clinicId, id);
      const now = this.clock.now();
      await withdraw(tx, id, now);
      const { purpose, staffMemberId, ...former } = invitation;
      if (email !== undefined) {
        if (purpose !== 'join') throw new Refusal('not-found');
        await requireNotHere(tx, clinicId, email, dayOf(now));
      }
      const wish = { ...former, email: email ?? former.email };
      const again = await writeInvitation(tx, this.jobs, { staff, purpose, staffMemberId, wish, now });
      const event = { clinicId, at: now, actorId: staff.staffMemberId, staffMemberId, invitationId: again };
      await writeStaffEvent(tx, { ...event, kind: 'invited-again' });
      return { id: again };
    });
  }
}
