import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import {
  allChanged,
  calendarTerms,
  type CalendarTerms,
  holdOfSession,
  keepHold,
  liveHoldsOfAddress,
  lockResources,
  resourcesOf,
  resourcesOfOwner,
  takeTime,
  visitOf,
} from '#libs/calendars';
import { CLOCK, type Clock, Database, Refusal, tokenHash, type Tx, violated } from '#libs/platform';
import { tokenOfHold } from './hold-slot.js';
import { mayComeTogether } from './queries/may-come-together.js';
import { holdEnds } from './rules/deadlines.js';
import { fewestTogether, mostTogether, startsOfRun } from './rules/runs.js';
import { claimTarget, endHold } from './target-slot.js';

/** What is wanted for a family: so many visits, one right after another. */
export interface WishTogether {
  actor: Actor;
  sessionId: string | null;
  addressIndex: Buffer | null;
  calendarId: string;
  serviceId: string;
  /** Of the first visit. */
  start: Temporal.Instant;
  /** 2 to 5. */
  people: number;
}

/**
 * Keeps visits for several people, one right after another, as one hold for ten minutes: all of them or none (F030). It is
 * extended, given back and expires as one.
 * Refusals: `not-found` no such offer, `invalid` for so many, `slot-taken` any of them, `not-bookable` with why
 * (`one-by-one`: each person has to be asked something), `too-many-holds`, `in-progress`.
 */
@Injectable()
export class HoldTogether {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(wish: WishTogether): Promise<{ id: string; token: string; expiresAt: Temporal.Instant }> {
    if (!Number.isInteger(wish.people) || wish.people < fewestTogether || wish.people > mostTogether)
      throw new Refusal('invalid', { errors: [{ path: 'people', code: 'choice' }] });
    const { reader } = this.database;
    const terms = await calendarTerms(reader, wish.calendarId, wish.serviceId);
    if (!terms) throw new Refusal('not-found');
    if (!(await mayComeTogether(reader, terms))) throw new Refusal('not-bookable', { why: 'one-by-one' });
    try {
      return await this.database.transaction((tx) => this.hold(tx, wish, terms));
    } catch (thrown) {
      const constraint = violated(thrown);
      // Two tabs of one browser at the same instant.
      if (constraint === 'hold_once_per_session') throw new Refusal('in-progress', { retryAfterSeconds: 1 });
      if (constraint === 'occupation_taken_once') throw new Refusal('slot-taken');
      throw thrown;
    }
  }

  private async hold(
    tx: Tx,
    { actor, sessionId, addressIndex, start, people }: WishTogether,
    terms: CalendarTerms,
  ): Promise<{ id: string; token: string; expiresAt: Temporal.Instant }> {
    const id = randomUUID();
    const earlier = sessionId ? await holdOfSession(tx, sessionId) : undefined;
    const resources = await resourcesOf(tx, terms);
    await lockResources(tx, [...resources, ...(earlier ? await resourcesOfOwner(tx, earlier.id) : [])]);
    const now = this.clock.now();
    if (earlier) await endHold(tx, earlier, now);
    if (addressIndex && (await liveHoldsOfAddress(tx, terms.calendarId, addressIndex, now)) >= terms.holdsPerAddress)
      throw new Refusal('too-many-holds', { retryAfterSeconds: 60 });
    const expiresAt = holdEnds(now, now);
    const owner = { kind: 'hold', id, clinicId: terms.clinicId, expiresAt } as const;
    const visits = startsOfRun(start, people, terms).map((each) => visitOf(terms, each));
    const touched = [];
    for (const visit of visits) {
      // The visits before it are in the ledger already: limits of the day and the month count them too.
      const target = { terms, visit, hold: null, resources };
      const claim = await claimTarget(tx, target, { actor, now, ignored: null, isHeld: false });
      if (!(await takeTime(tx, owner, claim.takes))) throw new Refusal('slot-taken');
      touched.push(...claim.touched);
    }
    const last = visits.at(-1);
    await keepHold(tx, {
      id,
      clinicId: terms.clinicId,
      calendarId: terms.calendarId,
      serviceId: terms.serviceId,
      resourceId: terms.resourceId,
      visit: { start, end: last?.end ?? start },
      people,
      tokenHash: tokenHash(tokenOfHold(id)),
      sessionId,
      staffMemberId: null,
      heldAt: now,
      expiresAt,
      addressIndex,
    });
    await allChanged(tx, touched, now);
    return { id, token: tokenOfHold(id), expiresAt };
  }
}
