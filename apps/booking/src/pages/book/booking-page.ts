import { Inject, Injectable } from '@nestjs/common';
import { HoldOf } from '#libs/appointments';
import { CLOCK, type Clock, type Language, Refusal, translate } from '#libs/platform';
import { ConditionsOfService, type ServiceConditions, type VisitFacts, VisitWords } from '#libs/profiles';
import { flash, Pages, pathTo, seeOther, type SeeOther, type WebRequest } from '#libs/web';
import { familyPath } from '../family/family.form.js';
import type { Held } from './book.view.js';
import { NearbyTimes } from './nearby-times.js';
import { proofOf } from './proof-of.js';
import { rememberedHolds } from './remembered-holds.js';

/** A live hold with its words, and what its service asks. */
export interface HeldVisit {
  held: Held;
  facts: VisitFacts;
  service: ServiceConditions;
}

/** What every step of a booking begins with, and what it answers when the time is no longer kept. */
@Injectable()
export class BookingPage {
  constructor(
    private readonly pages: Pages,
    private readonly holdOf: HoldOf,
    private readonly words: VisitWords,
    private readonly conditions: ConditionsOfService,
    private readonly nearby: NearbyTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  now(): Temporal.Instant {
    return this.clock.now();
  }

  /** The live hold with its words, or undefined when it has ended. @throws Refusal `not-found`: it is someone else's */
  async held(request: WebRequest, holdId: string): Promise<HeldVisit | undefined> {
    try {
      const held = await this.holdOf.run(holdId, await proofOf(request, holdId));
      const facts = await this.words.run(held.terms);
      const service = await this.conditions.run(held.serviceId);
      return facts && service && { held, facts, service };
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'hold-expired') return undefined;
      throw thrown;
    }
  }

  /** The booking that this browser already made of the hold, or the page that says what else is free. */
  async ended(
    request: WebRequest,
    language: Language,
    holdId: string,
    code: 'hold-expired' | 'slot-taken' = 'hold-expired',
  ): Promise<string | SeeOther> {
    const known = rememberedHolds(request).find(({ id }) => id === holdId);
    if (known?.appointmentId) return seeOther(pathTo(language, '/appointments/', known.appointmentId, '/done'));
    if (known?.togetherId) return seeOther(pathTo(language, '/family/', known.togetherId, '/done'));
    if (known?.people !== undefined) {
      flash(request, { kind: 'error', key: 'together.family.ended' });
      const { calendarId: calendar, serviceId: service, people } = known;
      return seeOther(pathTo(language, familyPath({ calendar, service, people })));
    }
    const isTaken = code === 'slot-taken';
    const title = translate(language, isTaken ? 'booking.taken.title' : 'booking.expired.title');
    const text = translate(language, isTaken ? 'booking.taken.text' : 'booking.expired.text');
    const gone = await this.nearby.gone(language, known);
    return this.pages.render(
      'booking/time-is-gone',
      { title, text, ...gone },
      { request, title, status: isTaken ? 409 : 410 },
    );
  }
}
