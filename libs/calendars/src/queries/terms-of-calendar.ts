import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import { calendarTerms, type CalendarTerms } from './calendar-terms.js';

/** What booking a service in a calendar means, for pages that show it before anything is taken. */
@Injectable()
export class TermsOfCalendar {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the calendar has no such active service */
  run(calendarId: string, serviceId: string): Promise<CalendarTerms | undefined> {
    const query = this.database.read.bind(this.database);
    return calendarTerms({ query }, calendarId, serviceId);
  }
}
