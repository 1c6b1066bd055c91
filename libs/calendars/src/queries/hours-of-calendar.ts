import { Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import { hoursOf } from '../hours-rows.js';
import { publishedCalendar, type PublishedCalendar, yieldedOpenings } from '../openings-of-calendar.js';
import type { CalendarHours } from '../rules/calendar-hours.js';
import type { OpenTime } from '../rules/openings.js';

/** The hours of a calendar for its editor. */
@Injectable()
export class HoursOfCalendar {
  constructor(private readonly database: Database) {}

  private get reader(): { query: Database['read'] } {
    return { query: this.database.read.bind(this.database) };
  }

  /**
   * @returns the published hours, and the drafted ones or null: there is no draft
   * Refusals: `not-found` another clinic's calendar, `not-allowed`.
   */
  async run(
    actor: Actor,
    calendarId: string,
  ): Promise<{ calendar: PublishedCalendar; published: CalendarHours; draft: CalendarHours | null }> {
    const calendar = await publishedCalendar(this.reader, calendarId);
    if (!calendar) throw new Refusal('not-found');
    requireStaff(actor, calendar.clinicId, 'hours.read');
    const [state] = await this.database.read<{ drafted: boolean }>(
      `select has_draft_hours as drafted from calendar where id = $1`,
      [calendarId],
    );
    return {
      calendar,
      published: await hoursOf(this.reader, calendarId, true),
      draft: state?.drafted ? await hoursOf(this.reader, calendarId, false) : null,
    };
  }

  /** What hours would yield from `from` until `to` (exclusive), by the function that publishing asks. */
  async preview(
    calendar: PublishedCalendar,
    hours: CalendarHours,
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<OpenTime> {
    return yieldedOpenings(this.reader, calendar, hours, from, to);
  }
}
