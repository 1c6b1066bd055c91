import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import {
  allChanged,
  calendarTerms,
  type CalendarTerms,
  findHold,
  type HeldTime,
  holdOfSession,
  liveHoldsOfAddress,
  lockResources,
  type Payer,
  resourcesOf,
  resourcesOfOwner,
  takeHold,
  takenOf,
  visitOf,
} from '#libs/calendars';
import { CLOCK, type Clock, Database, derive, rangeOf, Refusal, tokenHash, type Tx, violated } from '#libs/platform';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { holdEnds, holdMinutesInAll } from './rules/deadlines.js';
import { claimTarget, endHold } from './target-slot.js';

/** A slot kept for one visitor. Price in cents. */
export interface Hold {
  id: string;
  /** Proves that the hold is theirs; derived from the id, so that a repeated answer shows it again. */
  token: string;
  expiresAt: Temporal.Instant;
  /** The latest moment to which it can be extended. */
  extendableUntil: Temporal.Instant;
  start: Temporal.Instant;
  end: Temporal.Instant;
  calendarId: string;
  serviceId: string;
  payer: Payer;
  priceCents: number;
}

export const tokenOfHold = (holdId: string): string => derive('hold', holdId).toString('base64url');

const holdOf = (held: HeldTime, terms: CalendarTerms): Hold => ({
  id: held.id,
  token: tokenOfHold(held.id),
  expiresAt: held.expiresAt,
  extendableUntil: held.heldAt.add({ minutes: holdMinutesInAll }),
  start: held.visit.start,
  end: held.visit.end,
  calendarId: held.calendarId,
  serviceId: held.serviceId,
  payer: terms.payer,
  priceCents: terms.priceCents,
});

/**
 * Keeps a slot for one visitor for ten minutes (promises 1 to 4). A browser session has one hold at a time: another one
 * gives the earlier one back. Minimum notice and horizon do not bind the clinic's own staff.
 * Refusals: `not-found` no such offer, `slot-taken`, `not-bookable` with why, `too-many-holds` from one address,
 * `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class HoldSlot {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(wish: {
    actor: Actor;
    sessionId: string | null;
    addressIndex: Buffer | null;
    calendarId: string;
    serviceId: string;
    start: Temporal.Instant;
    request?: Request;
  }): Promise<Hold> {
    const { request } = wish;
    return request ? inTurn(request, () => this.hold(wish)) : this.hold(wish);
  }

  private async hold(wish: Parameters<HoldSlot['run']>[0]): Promise<Hold> {
    const { actor, request } = wish;
    const { reader } = this.database;
    const terms = await calendarTerms(reader, wish.calendarId, wish.serviceId);
    if (!terms) throw new Refusal('not-found');
    const record = { practitionerId: terms.resourceId, branchId: terms.branchId };
    const staff = actor.kind === 'staff' ? requireStaff(actor, terms.clinicId, 'appointments.book', record) : null;
    if (!terms.bySession && (await this.isTakenByOthers(terms.resourceId, takenOf(terms, wish.start), wish)))
      throw new Refusal('slot-taken');
    const holdId = randomUUID();
    try {
      return await this.database.transaction(async (tx) => {
        const before = request && (await carriedOutBefore(tx, request, holdId, this.clock.now()));
        if (before) return this.again(tx, before, terms);
        const earlier = wish.sessionId ? await holdOfSession(tx, wish.sessionId) : undefined;
        const resources = await resourcesOf(tx, terms);
        await lockResources(tx, [...resources, ...(earlier ? await resourcesOfOwner(tx, earlier.id) : [])]);
        const now = this.clock.now();
        if (earlier) await endHold(tx, earlier, now);
        const target = { terms, visit: visitOf(terms, wish.start), hold: null, resources };
        const claim = await claimTarget(tx, target, { actor, now, ignored: null, isHeld: false });
        if (wish.addressIndex && !staff) {
          const live = await liveHoldsOfAddress(tx, terms.calendarId, wish.addressIndex, now);
          if (live >= terms.holdsPerAddress) throw new Refusal('too-many-holds', { retryAfterSeconds: 60 });
        }
        const held: HeldTime = {
          id: holdId,
          clinicId: terms.clinicId,
          calendarId: terms.calendarId,
          serviceId: terms.serviceId,
          resourceId: terms.resourceId,
          visit: target.visit,
          people: 1,
          tokenHash: tokenHash(tokenOfHold(holdId)),
          sessionId: wish.sessionId,
          staffMemberId: staff?.staffMemberId ?? null,
          heldAt: now,
          expiresAt: holdEnds(now, now),
        };
        const isOurs = await takeHold(tx, { ...held, addressIndex: wish.addressIndex }, claim);
        if (!isOurs) throw new Refusal('slot-taken');
        await allChanged(tx, claim.touched, now);
        return holdOf(held, terms);
      });
    } catch (thrown) {
      // Two tabs of one browser at the same instant.
      if (violated(thrown) === 'hold_once_per_session') throw new Refusal('in-progress', { retryAfterSeconds: 1 });
      throw thrown;
    }
  }

  /** A look without a lock: of two hundred who want one slot, most get their answer here and disturb nobody. */
  private async isTakenByOthers(
    resourceId: string,
    taken: { start: Temporal.Instant; end: Temporal.Instant },
    { sessionId, request }: { sessionId: string | null; request?: Request },
  ): Promise<boolean> {
    const rows = await this.database.read(
      `select from occupation o
        where o.resource_id = $1 and o.during && $2::tstzrange and (o.expires_at is null or o.expires_at > $3)
          and not exists (select from hold h where h.id = o.owner_id and h.session_id = $4)
          and not exists (select from idempotency_key k where k.actor = $5 and k.endpoint = $6 and k.key = $7)
        limit 1`,
      [
        resourceId,
        rangeOf(taken),
        this.clock.now().toString(),
        sessionId,
        request?.actor ?? null,
        request?.endpoint ?? null,
        request?.key ?? null,
      ],
    );
    return rows.length > 0;
  }

  private async again(tx: Tx, holdId: string, terms: CalendarTerms): Promise<Hold> {
    const held = await findHold(tx, holdId);
    if (!held || Temporal.Instant.compare(held.expiresAt, this.clock.now()) <= 0) throw new Refusal('hold-expired');
    return holdOf(held, terms);
  }
}
