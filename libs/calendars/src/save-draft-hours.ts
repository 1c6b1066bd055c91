import { Injectable } from '@nestjs/common';
import { Database, Refusal, type Tx } from '#libs/platform';
import { requireStaff, type Actor } from '#libs/access';
import { forgetDraft, writeDraft } from './hours-rows.js';
import { type PublishedCalendar, publishedCalendar } from './openings-of-calendar.js';
import type { DayHours, WeeklyRange } from './rules/calendar-hours.js';
import { dayMistakes, hoursMistakes } from './rules/hours-mistakes.js';

/** The calendar, if the actor may change its hours, with its row held for the rest of the transaction. */
async function calendarToDraft(tx: Tx, actor: Actor, calendarId: string): Promise<PublishedCalendar> {
  const calendar = await publishedCalendar(tx, calendarId);
  if (!calendar) throw new Refusal('not-found');
  requireStaff(actor, calendar.clinicId, 'hours.edit', {
    practitionerId: calendar.resourceId,
    branchId: calendar.branchId,
  });
  await tx.query(`select id from calendar where id = $1 for no key update`, [calendarId]);
  return calendar;
}

/**
 * Keeps a calendar's weekly hours and single days as a draft, in place of any other draft. Patients see nothing of it
 * until it is published. No hours at all are a draft, too: published, the calendar offers nothing.
 * Refusals: `not-found` another clinic's calendar, `not-allowed`, `invalid` (paths `hours.<index>` and `days.<index>`,
 * codes `order`, `overlap`, `twice`, `choice`) for ranges that end before they begin or overlap on a day that both have,
 * a single day that is named twice, and services that the calendar does not have.
 */
@Injectable()
export class SaveDraftHours {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    calendarId,
    hours,
    days = [],
  }: {
    actor: Actor;
    calendarId: string;
    hours: readonly WeeklyRange[];
    days?: readonly DayHours[];
  }): Promise<void> {
    refuse([
      ...hoursMistakes(hours).map(({ index, code }) => ({ path: `hours.${index}`, code })),
      ...dayMistakes(days).map(({ index, code }) => ({ path: `days.${index}`, code })),
    ]);
    await this.database.transaction(async (tx) => {
      const calendar = await calendarToDraft(tx, actor, calendarId);
      const offered = await tx.query<{ id: string }>(
        `select service_id as id from calendar_service where calendar_id = $1`,
        [calendarId],
      );
      const known = new Set(offered.map(({ id }) => id));
      const isKnown = ({ serviceIds }: { serviceIds?: readonly string[] }): boolean =>
        serviceIds === undefined || (serviceIds.length > 0 && serviceIds.every((id) => known.has(id)));
      refuse([
        ...hours.flatMap((each, n) => (isKnown(each) ? [] : [{ path: `hours.${n}`, code: 'choice' }])),
        ...days.flatMap(({ ranges }, n) => (ranges.every(isKnown) ? [] : [{ path: `days.${n}`, code: 'choice' }])),
      ]);
      await writeDraft(tx, calendar, { weekly: hours, days });
    });
  }
}

function refuse(errors: { path: string; code: string }[]): void {
  if (errors.length > 0) throw new Refusal('invalid', { errors });
}

/** Drops a calendar's draft: what is published stays. Refusals: `not-found`, `not-allowed`. */
@Injectable()
export class ForgetDraftHours {
  constructor(private readonly database: Database) {}

  async run({ actor, calendarId }: { actor: Actor; calendarId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      await calendarToDraft(tx, actor, calendarId);
      await forgetDraft(tx, calendarId);
    });
  }
}
