import { Injectable } from '@nestjs/common';
import { TermsOfCalendar } from '#libs/calendars';
import { type Language, Refusal, translate, wordsIn } from '#libs/platform';
import { BranchBoard, ConditionsOfService } from '#libs/profiles';
import { Pages, pathTo, type WebRequest } from '#libs/web';
import { NearbyTimes } from './nearby-times.js';
import type { RememberedHold } from './remembered-holds.js';

/** What a visitor reads whose answer stopped the booking: the clinic's advice, where to go, and what else is free. */
@Injectable()
export class AdvicePage {
  constructor(
    private readonly pages: Pages,
    private readonly conditions: ConditionsOfService,
    private readonly terms: TermsOfCalendar,
    private readonly board: BranchBoard,
    private readonly nearby: NearbyTimes,
  ) {}

  /** @throws Refusal `not-found` when the clinic has taken the question away meanwhile */
  async show(request: WebRequest, language: Language, hold: RememberedHold): Promise<string> {
    const service = await this.conditions.run(hold.serviceId);
    const question = service?.questions.find(({ id }) => id === hold.stoppedBy);
    const terms = await this.terms.run(hold.calendarId, hold.serviceId);
    const place = terms && (await this.board.run(terms.branchId));
    if (!question || !place) throw new Refusal('not-found');
    const near = await this.nearby.run(language, hold);
    const title = translate(language, 'services.advice.title');
    const model = {
      title,
      advice: wordsIn(language, question.advice),
      clinic: place.clinic,
      phone: place.phone,
      phoneLink: `tel:${place.phone}`,
      emergency: place.emergency,
      emergencyLink: `tel:${place.emergency.phone}`,
      near,
      searchHref: near?.searchHref ?? pathTo(language, '/find'),
    };
    return this.pages.render('booking/book-advice', model, { request, title });
  }
}
