import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { resourcesOfOwner } from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, Refusal } from '#libs/platform';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { moveCase } from './move-case.js';
import { findOffer, freeOffers, settleAffected } from './offers.js';
import { openCase } from './open-case.js';
import { orTaken } from './or-taken.js';
import { peekTarget } from './target-slot.js';

/**
 * Takes one of the times that are held for a patient: the visit moves into it, and the other is free, in one transaction.
 * Staff may answer for a patient who calls. Of two who press at once one is answered `wrong-state`.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `offer-lapsed` the time to answer has passed, `wrong-state` it was
 * answered already, `slot-taken` and `not-bookable` where the clinic has closed it meanwhile, `patient-busy`,
 * `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class AcceptOffer {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the appointment's id */
  async run(wish: { actor: Actor; offerId: string; request: Request }): Promise<{ id: string }> {
    return inTurn(wish.request, () => orTaken(this.accept(wish)));
  }

  private accept({ actor, offerId, request }: { actor: Actor; offerId: string; request: Request }) {
    return this.database.transaction(async (tx) => {
      const peeked = await findOffer(tx, offerId);
      if (!peeked) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
      const id = peeked.appointmentId;
      if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
      const target = await peekTarget(tx, peeked, this.clock.now());
      const { appointment, now } = await openCase(tx, this.clock, {
        actor,
        id,
        permission: 'appointments.change',
        otherResources: [...target.resources, ...(await resourcesOfOwner(tx, offerId))],
      });
      const offer = await findOffer(tx, offerId);
      if (Temporal.Instant.compare(peeked.expiresAt, now) <= 0) throw new Refusal('offer-lapsed');
      if (offer?.state !== 'held') throw new Refusal('wrong-state');
      await freeOffers(tx, appointment, now, offerId);
      await settleAffected(tx, id, 'accepted', { actor, now });
      await moveCase(tx, this.jobs, { actor, appointment, target, isHeld: true, isOffered: true, now });
      return { id };
    });
  }
}
