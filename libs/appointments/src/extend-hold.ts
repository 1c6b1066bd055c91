import { Inject, Injectable } from '@nestjs/common';
import { calendarTerms, findHold, keepTimeUntil, lockResources, resourcesOfOwner } from '#libs/calendars';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { type HoldProof, requireHolder, requireLiveHold } from './hold-proof.js';
import { holdEnds, holdMinutesInAll } from './rules/deadlines.js';
import { endHold } from './target-slot.js';

/**
 * Lets a hold last ten minutes from now, an hour in all.
 * Refusals: `hold-expired` it has ended, `not-found` it is someone else's.
 */
@Injectable()
export class ExtendHold {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ holdId, proof }: { holdId: string; proof: HoldProof }): Promise<{
    id: string;
    expiresAt: Temporal.Instant;
    extendableUntil: Temporal.Instant;
  }> {
    return this.database.transaction(async (tx) => {
      const peeked = await findHold(tx, holdId);
      if (!peeked) throw new Refusal('hold-expired');
      await lockResources(tx, [peeked.resourceId, ...(await resourcesOfOwner(tx, holdId))]);
      const now = this.clock.now();
      const hold = requireLiveHold(await findHold(tx, holdId), proof, now);
      const expiresAt = holdEnds(hold.heldAt, now);
      await keepTimeUntil(tx, holdId, expiresAt);
      return { id: holdId, expiresAt, extendableUntil: hold.heldAt.add({ minutes: holdMinutesInAll }) };
    });
  }
}

/**
 * Gives a held slot back. Releasing what has ended already is no error.
 * Refusals: `not-found` it is someone else's.
 */
@Injectable()
export class ReleaseHold {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ holdId, proof }: { holdId: string; proof: HoldProof }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const hold = await findHold(tx, holdId);
      if (!hold) return;
      requireHolder(hold, proof);
      await lockResources(tx, await resourcesOfOwner(tx, holdId));
      await endHold(tx, hold, this.clock.now());
    });
  }
}

/** A hold with its offer, for the page on which the form is filled. */
@Injectable()
export class HoldOf {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `hold-expired`, `not-found` */
  async run(holdId: string, proof: HoldProof) {
    const { reader } = this.database;
    const hold = requireLiveHold(await findHold(reader, holdId), proof, this.clock.now());
    const terms = await calendarTerms(reader, hold.calendarId, hold.serviceId);
    if (!terms) throw new Refusal('hold-expired');
    return { ...hold, extendableUntil: hold.heldAt.add({ minutes: holdMinutesInAll }), terms };
  }
}
