import { Injectable } from '@nestjs/common';
import { Database, Refusal } from '#libs/platform';
import { requireStaff, type Actor } from '#libs/access';
import type { WeeklyHours } from '#libs/time';
import { publishedCalendar } from './openings-of-calendar.js';
import { hoursMistakes } from './rules/hours-mistakes.js';

/**
 * Keeps a calendar's weekly hours as a draft. Patients see nothing of it until it is published.
 * Refusals: `not-found` another clinic's calendar, `not-allowed`, `invalid` (paths `hours.<index>`,
 * codes `order`, `overlap`) for ranges that end before they begin or overlap on a day that both have.
 */
@Injectable()
export class SaveDraftHours {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    calendarId,
    hours,
  }: {
    actor: Actor;
    calendarId: string;
    hours: readonly WeeklyHours[];
  }): Promise<void> {
    const mistakes = hoursMistakes(hours);
    if (mistakes.length > 0) {
      throw new Refusal('invalid', { errors: mistakes.map(({ index, code }) => ({ path: `hours.${index}`, code })) });
    }
    await this.database.transaction(async (tx) => {
      const calendar = await publishedCalendar(tx, calendarId);
      if (!calendar) throw new Refusal('not-found');
      requireStaff(actor, calendar.clinicId, 'hours.edit', { practitionerId: calendar.resourceId });
      await tx.query(`select id from calendar where id = $1 for no key update`, [calendarId]);
      await tx.query(`delete from working_hours where calendar_id = $1 and not published`, [calendarId]);
      await tx.query(
        `insert into working_hours
           (clinic_id, calendar_id, weekday, starts, ends, valid_from, valid_to, every_nth_week, week_anchor, published)
         select $1, $2, w.weekday, w.starts, w.ends, w.valid_from, w.valid_to, w.nth, w.anchor, false
           from unnest($3::smallint[], $4::time[], $5::time[], $6::date[], $7::date[], $8::smallint[], $9::date[])
                as w(weekday, starts, ends, valid_from, valid_to, nth, anchor)`,
        [
          calendar.clinicId,
          calendarId,
          hours.map((each) => each.weekday),
          hours.map((each) => each.starts),
          hours.map((each) => each.ends),
          hours.map((each) => each.validFrom.toString()),
          hours.map((each) => each.validTo?.toString() ?? null),
          hours.map((each) => each.everyNthWeek),
          hours.map((each) => each.weekAnchor.toString()),
        ],
      );
    });
  }
}
