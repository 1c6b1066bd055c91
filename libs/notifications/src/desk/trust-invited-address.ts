import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** Whoever invites somebody again answers for the address: nothing is held back from it any more. */
@Injectable()
export class TrustInvitedAddress {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat; it concerns the address of an invitation that is open, and does nothing where that one is not dead.
   * @throws Refusal `not-signed-in`, `not-found` another clinic, `not-allowed`
   */
  async run({
    actor,
    clinicId,
    invitationId,
  }: {
    actor: Actor;
    clinicId: string;
    invitationId: string;
  }): Promise<void> {
    const staff = requireStaff(actor, clinicId, 'staff.edit');
    await this.database.transaction((tx) =>
      tx.query(
        `update suppressed_address s set lifted_at = $3, lifted_why = 'staff', lifted_by = $4
           from notice n join staff_invitation i on i.id = n.invitation_id
          where i.id = $1 and i.clinic_id = $2 and i.accepted_at is null and i.withdrawn_at is null
            and n.channel = 'mail' and s.channel = 'mail' and s.address_index = n.address_index and s.lifted_at is null`,
        [invitationId, clinicId, this.clock.now().toString(), staff.staffMemberId],
      ),
    );
  }
}
