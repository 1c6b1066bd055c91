import { Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import type { Interval, WeeklyHours } from '#libs/time';
import { hoursOf, publishedCalendar, type PublishedCalendar, yieldedOpenings } from '../openings-of-calendar.js';

/** The weekly hours of a calendar for its editor. */
@Injectable()
export class HoursOfCalendar {
  constructor(private readonly database: Database) {}

  private get reader(): { query: Database['read'] } {
    return { query: this.database.read.bind(this.database) };
  }

  /** Refusals: `not-found` another clinic's calendar, `not-allowed`. */
  async run(
    actor: Actor,
    calendarId: string,
  ): Promise<{ calendar: PublishedCalendar; published: WeeklyHours[]; draft: WeeklyHours[] }> {
    const calendar = await publishedCalendar(this.reader, calendarId);
    if (!calendar) throw new Refusal('not-found');
    requireStaff(actor, calendar.clinicId, 'hours.read');
    return {
      calendar,
      published: await hoursOf(this.reader, calendarId, true),
      draft: await hoursOf(this.reader, calendarId, false),
    };
  }

  /** The openings that hours would yield from `from` until `to` (exclusive), for a preview before publishing. */
  async preview(
    calendar: PublishedCalendar,
    hours: readonly WeeklyHours[],
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<Interval[]> {
    return yieldedOpenings(this.reader, calendar, hours, from, to);
  }
}
