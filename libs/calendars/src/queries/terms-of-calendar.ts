import { Injectable } from '@nestjs/common';
import { Database, Refusal } from '#libs/platform';
import type { Payer } from '../calendar.entity.js';
import { calendarTerms, type CalendarTerms } from './calendar-terms.js';

/** What booking a service in a calendar means, for pages that show it before anything is taken. */
@Injectable()
export class TermsOfCalendar {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the calendar has no such active service */
  run(calendarId: string, serviceId: string): Promise<CalendarTerms | undefined> {
    return calendarTerms(this.database.reader, calendarId, serviceId);
  }

  /**
   * Nobody who chose one payer is led to a time of the other, whatever the address or form says (promise 7).
   * @param chosen undefined: the visitor made no choice. @throws Refusal `other-payer`
   */
  async requirePayer(calendarId: string, serviceId: string, chosen: Payer | undefined): Promise<void> {
    if (chosen === undefined) return;
    const terms = await this.run(calendarId, serviceId);
    if (terms && terms.payer !== chosen) throw new Refusal('other-payer');
  }
}
